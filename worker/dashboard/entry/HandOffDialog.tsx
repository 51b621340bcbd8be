import { useSignal } from '@preact/signals'

import { Sheet } from '../parts/Sheet'
import { FormEnd } from './FormEnd'
import { TextArea } from './TextArea'

interface HandOffDialogProps {
  from: string
  /** Whom it goes to; null for nobody. */
  to: string | null
  handOff: (reason: string) => Promise<void>
  onClose: () => void
}

/** One person sees it through to the end; where that cannot be, the reason stays in its history. */
export function HandOffDialog({ from, to, handOff, onClose }: HandOffDialogProps) {
  const reason = useSignal('')
  return (
    <Sheet title={to === null ? `${from} gives it up` : `From ${from} to ${to}`} onClose={onClose}>
      <form
        class="fields"
        onSubmit={(event) => {
          event.preventDefault()
          if (reason.value.trim() !== '') void handOff(reason.value.trim())
        }}
      >
        <TextArea
          id="hand-off"
          label="Why does it pass on?"
          hint="Hand-offs are counted, and each has a reason: customers feel every one of them."
          value={reason.value}
          first
          put={(value) => (reason.value = value)}
        />
        <FormEnd save="Pass it on" canSave={reason.value.trim() !== ''} leave={onClose} />
      </form>
    </Sheet>
  )
}
