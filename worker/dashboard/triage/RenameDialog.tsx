import { useModel } from '@preact/signals'

import type { TriageNote } from '#shared/api/triage'

import { Sheet } from '../parts/Sheet'
import { Deciding } from './Deciding'
import type { Desk } from './desk'
import { RenameModel } from './entry-decisions'

interface RenameDialogProps {
  desk: Desk
  note: TriageNote
  onClose: () => void
}

export function RenameDialog({ desk, note, onClose }: RenameDialogProps) {
  const rename = useModel(() => new RenameModel(desk, note.entry))
  return (
    <Sheet title={`Rename #${note.entry.number}`} onClose={onClose}>
      <form
        class="fields"
        onSubmit={(event) => {
          event.preventDefault()
          void rename.rename().then((isDone) => isDone && onClose())
        }}
      >
        <div class="field">
          <label htmlFor="new-title">
            {note.mood === 'liked'
              ? 'What is worth keeping, in one line?'
              : 'What is the customer’s problem, in one line?'}
          </label>
          {/* oxlint-disable jsx-a11y/no-autofocus -- the dialog was opened to type here */}
          <input
            class="input"
            id="new-title"
            value={rename.title.value}
            maxLength={120}
            autoFocus
            autoComplete="off"
            onFocus={(event) => event.currentTarget.select()}
            onInput={(event) => rename.setTitle(event.currentTarget.value)}
          />
          {/* oxlint-enable jsx-a11y/no-autofocus */}
          <p class="hint">
            Leaders see a title once somebody has said it is right. Saving does that.
          </p>
        </div>
        <Deciding
          deciding={rename.deciding}
          queue={desk.queue}
          action={
            rename.title.value.trim() === note.entry.title && !note.entry.titleConfirmed
              ? 'Confirm the title'
              : 'Save the title'
          }
          working="Saving…"
          isReady={rename.canRename.value}
          onClose={onClose}
        />
      </form>
    </Sheet>
  )
}
