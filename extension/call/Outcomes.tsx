import type { Call, CallEnd } from '#shared/call'

import type { IconName } from '../../shared/style/icons'
import { Icon } from '../panel/Icon'
import { countOf } from '../panel/time-words'
import type { CallModel } from './call'
import { OTHER_ENDS } from './call-words'

const THINGS = ['Number', 'Name', 'Reason', 'Other'] as const

/** Each tap adds one; Undo takes the last one back. */
export function AskedAgain({ call, onAsked }: { call: Call; onAsked(thing: string): void }) {
  const total = [...call.askedAgain.values()].reduce((sum, each) => sum + each, 0)
  return (
    <fieldset class="asked">
      <legend class="vh">Asked me again</legend>
      <p class="line" aria-hidden="true">
        <Icon name="again" /> <b class="grow">Asked me again</b>{' '}
        <span class="soft num">{total === 0 ? 'not yet' : countOf(total, 'time')}</span>
      </p>
      <div class="four">
        {THINGS.map((thing) => {
          const count = call.askedAgain.get(thing.toLowerCase()) ?? 0
          return (
            <button
              class={count > 0 ? 'chip call is-used' : 'chip call'}
              type="button"
              key={thing}
              onClick={() => onAsked(thing.toLowerCase())}
            >
              {thing} {count > 0 && <b class="num">{count}</b>}
            </button>
          )
        })}
      </div>
    </fieldset>
  )
}

const ENDS: { how: CallEnd; icon: IconName; words: string }[] = [
  { how: 'callback', icon: 'callback', words: 'Callback' },
  { how: 'voicemail', icon: 'voicemail', words: 'Voicemail' },
  { how: 'dead-end', icon: 'deadend', words: 'Dead end' },
  { how: 'dropped', icon: 'drop', words: 'Dropped' },
  { how: 'self-served', icon: 'check', words: 'Solved' },
]

/** What happens now. */
export function Outcomes({ call, model }: { call: Call; model: CallModel }) {
  return (
    <fieldset class="outs">
      <legend class="vh">What happens now</legend>
      <button
        type="button"
        aria-pressed={call.hold !== null}
        onClick={() => void model.toggleHold()}
      >
        <Icon name="hold" /> On hold
      </button>
      <button type="button" onClick={() => void model.person()}>
        <Icon name="human" /> A person
      </button>
      <button type="button" onClick={() => void model.transfer()}>
        <Icon name="transfer" />{' '}
        {call.transfers.length > 0 ? `Passed on ${call.transfers.length}×` : 'Passed on'}
      </button>
      {ENDS.map(({ how, icon, words }) => (
        <button type="button" key={how} onClick={() => void model.end(how)}>
          <Icon name={icon} /> {words}
        </button>
      ))}
      <div class="rarer">
        {OTHER_ENDS.map(({ how, words }) => (
          <button class="chip" type="button" key={how} onClick={() => void model.end(how)}>
            {words}
          </button>
        ))}
      </div>
    </fieldset>
  )
}
