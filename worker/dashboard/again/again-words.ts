import type { Again, WalkFigures } from '#shared/api/again'
import { toClock } from '#shared/duration'

import { count, toLongDay } from '../words'

const DONE_WORDS = { yes: 'yes', partly: 'partly', no: 'no' } as const

/** A measure of both walks. */
export interface Pair {
  name: string
  first: string
  second: string
}

/** Then and now; without a walk of before, now alone. */
export function figuresOf({ first, second }: Again['pairs'][number]): Pair[] {
  const measure = (name: string, say: (walk: WalkFigures) => string): Pair => ({
    name,
    first: first === null ? '–' : say(first),
    second: say(second),
  })
  return [
    measure('Start to end', ({ elapsedMs }) => toClock(elapsedMs)),
    measure('Waiting', ({ waitingMs }) => toClock(waitingMs)),
    measure('Pages', ({ pages }) => String(pages)),
    measure('Winces', ({ winces }) => String(winces)),
    measure('Got it done', ({ done }) => (done === null ? 'not said' : DONE_WORDS[done])),
  ]
}

/** `Asked of 3 leaders, last on 3 December 2026 by Rita. 1 has walked it, 2 have not yet.` */
export function askedInWords({ leaders, walked, open, last }: Again['asked']): string | null {
  if (last === null) return null
  const asked = `Asked of ${count(leaders, 'leader')}, last on ${toLongDay(last.at)} by ${last.by}.`
  const done = walked === 0 ? 'Nobody has walked it yet' : `${walked} walked it`
  return `${asked} ${done}${walked > 0 && open > 0 ? `, ${open} not yet` : ''}.`
}

/** What it means for a fix that new notes came after it. */
export function regressionsInWords(regressions: number): string | null {
  if (regressions === 0) return null
  const times = regressions === 1 ? 'once' : regressions === 2 ? 'twice' : `${regressions} times`
  return `It was closed, and a new note opened it again ${times}.`
}
