import { TAG_WORDS } from '#shared/contact'
import type { Step } from '#shared/step'
import { stepWords } from '#shared/step-words'

import { countOf } from '../panel/time-words'

const WAY_WORDS = { improve: 'improve the process', explain: 'explain why it stays' } as const

/** All that leaves of a contact, in one line. */
export function contactWords(step: Extract<Step, { kind: 'contact' }>): string {
  const { service, solved, treatedWell, reaction, screens, tags, exception } = step
  const { before, thing } = stepWords(step)
  return [
    `${before}${thing}`.trim(),
    service === null ? null : `service ${service}`,
    solved === null ? null : `solved ${solved}`,
    treatedWell === null ? null : `treated well ${treatedWell}`,
    reaction === null
      ? null
      : `left ${reaction < 0 ? `−${-reaction}` : `+${reaction}`.replace('+0', '0')}`,
    screens === null ? null : countOf(screens, 'screen'),
    ...tags.map((tag) => TAG_WORDS[tag]),
    exception === null ? null : exceptionWords(exception),
  ]
    .filter((each) => each !== null)
    .join(' · ')
}

function exceptionWords({
  words,
  way,
}: NonNullable<Extract<Step, { kind: 'contact' }>['exception']>): string {
  const what = words === '' ? 'a rule did not fit' : `“${words}”`
  return way === null ? what : `${what}, ${WAY_WORDS[way]}`
}
