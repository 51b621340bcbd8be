import { useSignal } from '@preact/signals'

import { Sheet } from '../parts/Sheet'
import type { Chosen, ChosenEntry } from './chosen'

interface MergeSheetProps {
  two: readonly [ChosenEntry, ChosenEntry]
  chosen: Chosen
  onClose: () => void
}

/** Which of the two stays; the other's number leads there from then on. */
export function MergeSheet({ two, chosen, onClose }: MergeSheetProps) {
  const [one, other] = two
  const stays = useSignal(Math.min(one.number, other.number))
  const [into, gone] = stays.value === one.number ? [one, other] : [other, one]
  return (
    <Sheet title="Merge these 2" onClose={onClose}>
      <form
        class="fields"
        onSubmit={(event) => {
          event.preventDefault()
          onClose()
          void chosen.merge(gone, into)
        }}
      >
        <fieldset>
          <legend>Which of them stays?</legend>
          {two.map(({ number, title }) => (
            <label key={number} class="line">
              <input
                type="radio"
                name="stays"
                checked={stays.value === number}
                onChange={() => (stays.value = number)}
              />
              {number} · {title}
            </label>
          ))}
        </fieldset>
        <p class="hint">
          The notes of {gone.number} show in {into.number}. Its number leads there, and undo takes
          them apart again.
        </p>
        <div class="wrap">
          <button class="btn primary" type="submit">
            Merge
          </button>
          <button class="btn quiet" type="button" onClick={onClose}>
            Cancel
          </button>
        </div>
      </form>
    </Sheet>
  )
}
