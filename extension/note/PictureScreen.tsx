import { createModel, useModel } from '@preact/signals'

import { Icon } from '../panel/Icon'
import { live } from '../panel/live'
import { Screen } from '../panel/Screen'
import { countOf } from '../panel/time-words'
import type { KeptNote, WinceDatabase } from '../storage/database'
import { MaskedPicture, coverWords, pictureAlt } from './MaskedPicture'
import { findNote, isGone } from './notes'
import { placeTitle } from './place-words'

interface PictureScreenProps {
  database: WinceDatabase
  noteId: string
  sha256: string
  onBack(): void
  onRemove(): void
}

/** The note that a picture belongs to, as it stands. */
const NoteOfPictureModel = createModel(
  ({ database, noteId }: { database: WinceDatabase; noteId: string }) => ({
    note: live<KeptNote | null>(
      ['note'],
      null,
      async () => (await findNote(database, noteId)) ?? null,
    ),
  }),
)

/** The masked picture, large: exactly what would leave with the note. */
export function PictureScreen({ database, noteId, sha256, onBack, onRemove }: PictureScreenProps) {
  const model = useModel(() => new NoteOfPictureModel({ database, noteId }))
  const note = model.note.value
  const attachment = note?.attachments.find((each) => each.sha256 === sha256)
  if (note === null || attachment === undefined) return null
  const isSent = isGone(note)
  return (
    <Screen
      title="The picture"
      aside={<p class="meta">{coverWords(attachment)}</p>}
      back={{ label: 'Back', go: onBack }}
      dock={
        <div class="call-dock">
          {isSent ? (
            <p class="meta">It was sent with its note.</p>
          ) : (
            <button class="btn" type="button" onClick={onRemove}>
              <Icon name="close" /> Remove the picture
            </button>
          )}
          <button class="btn primary" type="button" onClick={onBack}>
            Keep it
          </button>
        </div>
      }
    >
      <figure class="large">
        <MaskedPicture
          attachment={attachment}
          alt={pictureAlt(attachment, placeTitle(note.place))}
        />
      </figure>
      <ul class="ledger">
        <li>
          <Icon name="mask" />
          <span>
            {attachment.everythingCovered
              ? 'Everything is covered. What is under the covers was never kept, so it cannot be shown later.'
              : `${countOf(attachment.covered, 'thing')} covered before anything was kept.`}
            {attachment.uninspected > 0 &&
              ` ${countOf(attachment.uninspected, 'part')} could not be inspected and is covered whole.`}
          </span>
        </li>
        <li>
          <Icon name="eye" />
          <span>Covers fields and patterns, not every name: look before you send.</span>
        </li>
      </ul>
    </Screen>
  )
}
