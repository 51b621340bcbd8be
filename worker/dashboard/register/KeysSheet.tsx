import { Sheet } from '../parts/Sheet'
import { singleKeys, switchSingleKeys } from '../parts/single-keys'

const KEYS: readonly (readonly [key: string, words: string])[] = [
  ['/', 'Find an entry by its words or number'],
  ['J', 'Next entry'],
  ['K', 'Entry before'],
  ['Enter', 'Open it'],
  ['X', 'Choose it, or not any more'],
  ['I', 'Impact, of it or of all that are chosen'],
  ['E', 'Effort'],
  ['O', 'Owner'],
  ['N', 'New entry'],
  ['?', 'This list'],
]

/** All keys of the register and of the review meeting, and the switch that turns them off. */
export function KeysSheet({ onClose }: { onClose: () => void }) {
  return (
    <Sheet title="All keys" onClose={onClose}>
      <dl class="keytable">
        {KEYS.map(([key, words]) => (
          <div key={key}>
            <dt>
              <span class="key">{key}</span>
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
      <label class="line">
        <input
          type="checkbox"
          checked={singleKeys.value}
          onChange={(event) => switchSingleKeys(event.currentTarget.checked)}
        />
        Single keys do something in this browser
      </label>
      <p class="hint">They rest while you type, and while a dialog is open.</p>
    </Sheet>
  )
}
