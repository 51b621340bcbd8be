import { Sheet } from '../parts/Sheet'
import { singleKeys, switchSingleKeys } from '../parts/single-keys'
import { TRIAGE_KEYS } from './keys'

/** All keys, and the switch that turns them off. */
export function KeysSheet({ onClose }: { onClose: () => void }) {
  return (
    <Sheet title="All keys" onClose={onClose}>
      <dl class="keytable">
        {TRIAGE_KEYS.map(({ key, words }) => (
          <div key={key}>
            <dt>
              <span class="key">{key.toUpperCase()}</span>
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
        <div>
          <dt>
            <span class="key">Ctrl</span> <span class="key">K</span>
          </dt>
          <dd>Everything by its name, and every entry</dd>
        </div>
        <div>
          <dt>
            <span class="key">Shift</span> click
          </dt>
          <dd>Choose everything from the note chosen last</dd>
        </div>
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
