import type { Call } from '#shared/call'
import { toClock } from '#shared/duration'

import { Icon } from '../panel/Icon'
import type { CallModel } from './call'
import { lastWords } from './call-words'

/** The keys pressed so far and when, in seconds of the call; the last tap of any kind can be undone. */
export function Path({ model, call }: { model: CallModel; call: Call }) {
  return (
    <div class="path">
      <span class="vh">What you pressed so far</span>
      <ol>
        <li class="start">
          {call.number === '' ? 'Dialled' : call.number}
          <small>0:00</small>
        </li>
        {call.path.map(({ choice, at, seq }) => (
          <li key={seq}>
            <kbd>
              {choice}
              <small>{toClock(at - call.dialledAt)}</small>
            </kbd>
          </li>
        ))}
      </ol>
      {call.steps.length > 0 && (
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
