import { useSignal } from '@preact/signals'

import { Sheet } from '../parts/Sheet'

const REASONS = [
  'It works as it was agreed.',
  'We cannot change this ourselves.',
  'It was a test.',
  'It is nothing that we can act on.',
] as const
const MOST = 500

interface DeclineDialogProps {
  title: string
  /** `Decline 37 notes`. */
  action: string
  decline: (reason: string) => void
  onClose: () => void
}

/** Can't fix means explain why: the reason goes into the entry's history. */
export function DeclineDialog({ title, action, decline, onClose }: DeclineDialogProps) {
  const reason = useSignal('')
  const canDecline = reason.value.trim() !== ''
  return (
    <Sheet title={title} onClose={onClose}>
      <form
        class="fields"
        onSubmit={(event) => {
          event.preventDefault()
          if (canDecline) decline(reason.value.trim())
        }}
      >
        <div class="field">
          <label htmlFor="reason">Why will nothing be done about it?</label>
          {/* oxlint-disable jsx-a11y/no-autofocus -- the dialog was opened to say why */}
          <input
            class="input"
            id="reason"
            value={reason.value}
            maxLength={MOST}
            autoFocus
            autoComplete="off"
            onInput={(event) => {
              reason.value = event.currentTarget.value
            }}
          />
          {/* oxlint-enable jsx-a11y/no-autofocus */}
          <p class="hint">Its history keeps the reason. Declined can be undone.</p>
        </div>
        <div class="wrap">
          {REASONS.map((each) => (
            <button
              key={each}
              class="chip"
              type="button"
              aria-pressed={reason.value === each}
              onClick={() => {
                reason.value = each
              }}
            >
              {each.replace(/\.$/, '')}
            </button>
          ))}
        </div>
        <div class="wrap">
          <button class="btn primary" type="submit" disabled={!canDecline}>
            {action}
          </button>
          <button class="btn quiet" type="button" onClick={onClose}>
            Leave it
          </button>
        </div>
      </form>
    </Sheet>
  )
}
