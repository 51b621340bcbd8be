import { MESSAGE_MAX_BYTES } from '#shared/api/message'
import { type Draft, SORRY_TEMPLATE } from '#shared/wording'

import { Notice } from '../parts/Notice'
import { Hints } from './Hints'
import type { Messages } from './messages'

/** A message while somebody writes it, with the wording check beside it. */
export function WriteMessage({ messages, draft }: { messages: Messages; draft: Draft }) {
  const said = messages.said.value
  return (
    <form
      class="msg"
      onSubmit={(event) => {
        event.preventDefault()
        void messages.save()
      }}
    >
      <div class="fields">
        <div class="field">
          <label htmlFor="you-said">You said</label>
          <input
            class="input"
            id="you-said"
            value={draft.youSaid}
            maxLength={250}
            autoComplete="off"
            onInput={(event) => messages.put({ youSaid: event.currentTarget.value })}
          />
        </div>
        <div class="field">
          <label htmlFor="we-tell">What we tell them</label>
          <textarea
            class="input"
            id="we-tell"
            rows={7}
            maxLength={MESSAGE_MAX_BYTES / 4}
            value={draft.words}
            onInput={(event) => messages.put({ words: event.currentTarget.value })}
          />
        </div>
        <div class="field">
          <label htmlFor="sorry-for">What we personally let somebody down in, if we did</label>
          <input
            class="input"
            id="sorry-for"
            value={draft.sorryFor}
            maxLength={250}
            autoComplete="off"
            aria-describedby="sorry-hint"
            onInput={(event) => messages.put({ sorryFor: event.currentTarget.value })}
          />
          <p class="hint" id="sorry-hint">
            Only then say sorry. Harm to a person follows your own disclosure policy, not this
            check.
          </p>
          {draft.words.trim() === '' && (
            <p>
              <button
                class="btn small"
                type="button"
                onClick={() => messages.put({ words: SORRY_TEMPLATE })}
              >
                Begin with a sorry
              </button>
            </p>
          )}
        </div>
        {said.what === 'failed' && (
          <Notice icon="warn" tone="late" live>
            <p>{said.sentence}</p>
          </Notice>
        )}
        <div class="wrap">
          <button class="btn primary" type="submit" disabled={!messages.canSave.value}>
            Save
          </button>
          <button class="btn quiet" type="button" onClick={messages.stop}>
            Leave it
          </button>
        </div>
      </div>
      <Hints hints={messages.hints.value} />
    </form>
  )
}
