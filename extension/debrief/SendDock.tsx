import { Icon } from '../panel/Icon'
import { countOf } from '../panel/time-words'
import type { SendFormModel } from './send-form'

interface SendDockProps {
  form: SendFormModel
  isOnline: boolean
  /** Something that belongs to the parcel is being written at this moment. */
  isBusy: boolean
  onConnect(): void
  onSaveAsFile(): void
}

/** The only way out: it names how much goes, and to whom. */
export function SendDock({ form, isOnline, isBusy, onConnect, onSaveAsFile }: SendDockProps) {
  const pairing = form.pairing.value
  const count = form.chosen.value.length
  if (pairing === null || pairing.disconnectedAt !== null) {
    return (
      <div class="send">
        <div class="two-ways">
          <button class="btn primary" type="button" onClick={onConnect}>
            <Icon name="link" /> {pairing === null ? 'Connect to your team' : 'Connect again'}
          </button>
          <button class="btn quiet" type="button" onClick={onSaveAsFile}>
            <Icon name="download" /> Save as a file
          </button>
        </div>
        <p class="meta">Nothing is sent by connecting.</p>
      </div>
    )
  }
  const isEmpty = (form.parcel.value?.payloads.length ?? 0) === 0
  const isAsleep = !form.isAwake.value || isBusy || isEmpty
  const what = count === 0 ? 'this walk' : countOf(count, 'note')
  return (
    <div class="send">
      <button
        class="btn primary wide"
        type="button"
        aria-disabled={isAsleep}
        aria-busy={form.status.value === 'sending'}
        onClick={(event) => {
          if (!isAsleep) void form.send(event.isTrusted)
        }}
      >
        <Icon name="send" />{' '}
        {form.status.value === 'sending'
          ? `Sending ${what}`
          : `Send ${what} to ${pairing.workspaceName}`}
      </button>
      {form.status.value === 'failed' && (
        <p class="meta is-late" role="alert">
          Not sent: this device could not write it down. Your notes are kept.
        </p>
      )}
      <p class="meta">
        {isEmpty
          ? 'Nothing to send: everything is left out.'
          : isOnline
            ? 'Look first. You can take them back for 24 hours.'
            : 'You are offline. They wait here and go by themselves.'}
      </p>
    </div>
  )
}
