import { PASTE_MAX } from '#shared/api/follow-up'

import { Notice } from '../parts/Notice'
import { PersonalWarning } from '../parts/PersonalWarning'
import { Sheet } from '../parts/Sheet'
import { count } from '../words'
import type { FollowUps } from './follow-ups'

/** One customer, or a pasted list of those who were hit at once. */
export function AddDialog({ followUps }: { followUps: FollowUps }) {
  const lines = followUps.lines.value
  const unknown = lines.flatMap((line) => line.unknown ?? [])
  const isOver = lines.length > PASTE_MAX
  const canAdd = lines.length > 0 && !isOver && !followUps.isWorking.value
  const said = followUps.said.value
  return (
    <Sheet title="Who waits to hear from us" onClose={followUps.stopAdding}>
      <form
        class="fields"
        onSubmit={(event) => {
          event.preventDefault()
          if (canAdd) void followUps.add()
        }}
      >
        <div class="field">
          <label htmlFor="who-waits">Customers, one a line</label>
          <textarea
            class="input"
            id="who-waits"
            rows={4}
            value={followUps.list.value}
            aria-describedby="who-waits-hint"
            placeholder="Ward nurse, Ward 7"
            onInput={(event) => {
              followUps.list.value = event.currentTarget.value
            }}
          />
          <p class="hint" id="who-waits-hint">
            A role and a place, no names. “Gate 12 → Desk manager” says who goes there.
          </p>
          <PersonalWarning text={followUps.list.value} />
          {unknown.length > 0 && (
            <p class="hint">
              Nobody here is called {unknown.slice(0, 3).join(', ')}. They are added without.
            </p>
          )}
          {isOver && <p class="hint">At most {PASTE_MAX} at once. Paste the rest after these.</p>}
        </div>
        {lines.length <= 1 && (
          <div class="field">
            <label htmlFor="their-number">The desk tool’s number</label>
            <input
              class="input"
              id="their-number"
              value={followUps.reference.value}
              maxLength={60}
              autoComplete="off"
              aria-describedby="their-number-hint"
              onInput={(event) => {
                followUps.reference.value = event.currentTarget.value
              }}
            />
            <p class="hint" id="their-number-hint">
              With their consent. Wince forgets it 30 days after this is settled.
            </p>
          </div>
        )}
        <div class="field">
          <label htmlFor="complained">When they complained</label>
          <input
            class="input"
            id="complained"
            type="datetime-local"
            value={followUps.since.value}
            aria-describedby="complained-hint"
            onInput={(event) => {
              followUps.since.value = event.currentTarget.value
            }}
          />
          <p class="hint" id="complained-hint">
            Empty means now. The clock of 24 hours starts there.
          </p>
        </div>
        {said.what === 'failed' && (
          <Notice icon="warn" tone="late" live>
            <p>{said.sentence}</p>
          </Notice>
        )}
        <div class="wrap">
          <button class="btn primary" type="submit" disabled={!canAdd}>
            {lines.length > 1 ? `Add ${count(lines.length, 'customer')}` : 'Add'}
          </button>
          <button class="btn quiet" type="button" onClick={followUps.stopAdding}>
            Not yet
          </button>
        </div>
      </form>
    </Sheet>
  )
}
