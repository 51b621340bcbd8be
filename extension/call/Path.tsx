import { toClock } from '#shared/duration'

import { Icon } from '../panel/Icon'
import type { CallModel } from './call'
import type { CallState } from './call-state'

/** The keys pressed so far and when, in seconds of the call; the last tap of any kind can be undone. */
export function Path({ model, call }: { model: CallModel; call: CallState }) {
  return (
    <div class="path">
      <span class="vh">Keys pressed so far</span>
      <ol>
        <li class="start">
          {call.number === '' ? 'Dialled' : call.number}
          <small>0:00</small>
        </li>
        {call.keys.map(({ key, at, seq }) => (
          <li key={seq}>
            <kbd>
              {key}
              <small>{toClock(at - call.dialledAt)}</small>
            </kbd>
          </li>
        ))}
      </ol>
      {call.last !== null && (
        <button
          class="btn push"
          type="button"
          aria-label={`Undo ${lastWords(call)}`}
          onClick={() => void model.undo()}
        >
          <Icon name="undo" /> Undo
        </button>
      )}
    </div>
  )
}

function lastWords({ last }: CallState): string {
  switch (last?.kind) {
    case 'key':
      return `key ${last.key}`
    case 'hold':
      return 'the hold'
    case 'asked-again':
      return `“asked again”, ${last.thing}`
    case 'transfer':
      return 'the transfer'
    case 'call-end':
      return 'how it ended'
    default:
      return 'the last tap'
  }
}
