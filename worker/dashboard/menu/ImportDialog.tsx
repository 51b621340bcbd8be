import { useSignal } from '@preact/signals'

import { Notice } from '../parts/Notice'
import { Sheet } from '../parts/Sheet'
import type { Menu } from './menu'

interface ImportDialogProps {
  menu: Menu
  /** The design that counts now. */
  before: string | null
}

/** The menu as it was designed: pasted or from a file. All of it is taken, or the lines that are wrong are named. */
export function ImportDialog({ menu, before }: ImportDialogProps) {
  const text = useSignal(before ?? '')
  const importing = menu.importing.value
  const isWorking = importing.status === 'working'
  const canImport = text.value.trim() !== '' && !isWorking
  return (
    <Sheet title="Import the design" wide onClose={menu.stopImport}>
      <form
        class="fields"
        onSubmit={(event) => {
          event.preventDefault()
          if (canImport) void menu.importDesign(text.value)
        }}
      >
        <div class="field">
          <label htmlFor="design">The menu as it was designed</label>
          {/* oxlint-disable jsx-a11y/no-autofocus -- the dialog was opened to write this */}
          <textarea
            class="input mono design"
            id="design"
            rows={10}
            autoFocus
            spellcheck={false}
            placeholder={'1 A problem\n  1 Password\n  3 Wi-Fi\n2 A request'}
            aria-describedby="design-hint"
            value={text.value}
            onInput={(event) => {
              text.value = event.currentTarget.value
            }}
          />
          {/* oxlint-enable jsx-a11y/no-autofocus */}
          <p class="hint" id="design-hint">
            One option a line, what lies below it indented: a key, or “words”, and its name. Or a
            CSV with the columns path and name, where a path is 1 &gt; 3 &gt; 0. At most 1,000
            options.
          </p>
        </div>
        <div class="field">
          <label htmlFor="design-file">Or a file</label>
          <input
            class="input"
            id="design-file"
            type="file"
            accept=".txt,.csv,.tsv,text/plain,text/csv"
            onChange={(event) => {
              const file = event.currentTarget.files?.[0]
              if (file) void file.text().then((read) => (text.value = read))
            }}
          />
        </div>
        {importing.status === 'bad' && (
          <Notice icon="warn" tone="late" live>
            <p>Nothing was imported. Change these lines first:</p>
            <ul class="problems">
              {importing.problems.map(({ line, message }) => (
                <li key={`${line} ${message}`}>
                  <b>Line {line}</b> {message}
                </li>
              ))}
            </ul>
          </Notice>
        )}
        {importing.status === 'failed' && (
          <Notice icon="warn" tone="late" live>
            <p>{importing.sentence}</p>
          </Notice>
        )}
        <div class="wrap">
          <button class="btn primary" type="submit" disabled={!canImport} aria-busy={isWorking}>
            {isWorking ? 'Importing…' : 'Import'}
          </button>
          <button class="btn quiet" type="button" onClick={menu.stopImport}>
            Not now
          </button>
          {before !== null && (
            <button
              class="btn quiet"
              type="button"
              disabled={isWorking}
              onClick={() => void menu.removeDesign()}
            >
              Take the design away
            </button>
          )}
        </div>
      </form>
    </Sheet>
  )
}
