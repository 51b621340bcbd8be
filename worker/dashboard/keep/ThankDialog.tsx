import { useSignal } from '@preact/signals'

import { CopyButton } from '../parts/CopyButton'
import { Notice } from '../parts/Notice'
import { Sheet } from '../parts/Sheet'
import { count } from '../words'
import type { KeptEntry, Sharing } from './keep'

interface ThankDialogProps {
  entry: KeptEntry
  sharing: Sharing
  share: (words: string) => void
  onClose: () => void
}

/** The words that thank the team: to be copied to wherever the team reads, and kept here. */
export function ThankDialog({ entry, sharing, share, onClose }: ThankDialogProps) {
  const words = useSignal(firstWords(entry))
  const isWorking = sharing.status === 'working'
  const canShare = words.value.trim() !== '' && !isWorking
  return (
    <Sheet title="Thank the team" onClose={onClose}>
      <form
        class="fields"
        onSubmit={(event) => {
          event.preventDefault()
          if (canShare) share(words.value.trim())
        }}
      >
        <div class="field">
          <label htmlFor="thanks">What you tell them about “{entry.title}”</label>
          {/* oxlint-disable jsx-a11y/no-autofocus -- the dialog was opened to write this */}
          <textarea
            class="input"
            id="thanks"
            rows={5}
            maxLength={1000}
            autoFocus
            value={words.value}
            onInput={(event) => {
              words.value = event.currentTarget.value
            }}
          />
          {/* oxlint-enable jsx-a11y/no-autofocus */}
          <p class="hint">
            Wince sends nothing by itself. Copy it to where the team reads, then say that you did.
          </p>
        </div>
        {sharing.status === 'failed' && (
          <Notice icon="warn" tone="late" live>
            <p>{sharing.sentence}</p>
          </Notice>
        )}
        <div class="wrap">
          <button class="btn primary" type="submit" disabled={!canShare} aria-busy={isWorking}>
            {isWorking ? 'Saving…' : 'The team was thanked'}
          </button>
          <CopyButton text={words.value} words="Copy the words" />
          <button class="btn quiet" type="button" onClick={onClose}>
            Not yet
          </button>
        </div>
      </form>
    </Sheet>
  )
}

/** A beginning in the voice of the product: thanks first, and nobody's name. */
function firstWords({ title, leaders, service }: KeptEntry): string {
  const where = service === null ? '' : ` at ${service}`
  const who = leaders === 1 ? 'A leader' : count(leaders, 'leader')
  return `Thank you. ${who} walked in our customers’ shoes and liked this${where}: “${title}”. Please keep it.`
}
