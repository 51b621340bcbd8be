import { createModel, useModel } from '@preact/signals'

import { Icon } from '../panel/Icon'
import { live } from '../panel/live'
import type { PanelModel } from '../panel/panel'
import { Screen } from '../panel/Screen'
import { countOf } from '../panel/time-words'
import type { Attachment } from '#shared/attachment'

import { MaskedPicture, coverWords, pictureAlt } from '../note/MaskedPicture'
import { findNote, findPicture, isGone } from '../note/notes'
import { placeTitle } from '../note/place-words'
import { burnPicture } from '../picture/draw'
import type { KeptNote, WinceDatabase } from '../storage/database'
import { replacePicture } from './keep-picture'
import { PictureEditor } from './PictureEditor'

interface PictureScreenProps {
  database: WinceDatabase
  panel: Pick<PanelModel, 'screen' | 'shots' | 'composer' | 'toast' | 'removePicture'>
  noteId: string
  sha256: string
  onBack(): void
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

/** The picture of a note: to be worked on while it is here only, to be looked at once it was sent. */
export function PictureScreen({ database, panel, noteId, sha256, onBack }: PictureScreenProps) {
  const model = useModel(() => new NoteOfPictureModel({ database, noteId }))
  const note = model.note.value
  const attachment = note?.attachments.find((each) => each.sha256 === sha256)
  if (note === null || attachment === undefined) return null
  const title = placeTitle(note.place)
  if (isGone(note)) return <SentPicture attachment={attachment} title={title} onBack={onBack} />
  return (
    <PictureEditor
      noteId={noteId}
      attachment={attachment}
      proof={note.proofs?.find((each) => each.sha256 === sha256)}
      title={title}
      shots={panel.shots}
      openMasked={(hash) => openMasked(database, hash)}
      burn={burnPicture}
      keep={(made, proof) =>
        panel.composer.changePictures(noteId, () =>
          replacePicture(database, noteId, sha256, made, proof),
        )
      }
      onUsed={(used) => {
        panel.toast.say(`Picture kept: ${coverWords(used)}`, null)
        // Somebody may have gone elsewhere meanwhile.
        if (panel.screen.peek().at === 'picture') onBack()
      }}
      onBack={() => {
        const edits = panel.shots.edits.peek()
        if (edits?.noteId === noteId && edits.history.done.length > 0)
          panel.toast.say('The picture changes once you use it', null)
        onBack()
      }}
      onLeaveOut={() => void panel.removePicture(noteId, sha256).then(onBack)}
    />
  )
}

async function openMasked(
  database: WinceDatabase,
  sha256: string,
): Promise<ImageBitmap | undefined> {
  const picture = await findPicture(database, sha256)
  return picture && createImageBitmap(picture.blob)
}

/** Exactly what left with its note. */
function SentPicture(props: { attachment: Attachment; title: string; onBack(): void }) {
  const { attachment, title, onBack } = props
  const { everythingCovered, covered, uninspected } = attachment
  return (
    <Screen
      title="The picture"
      aside={<p class="meta">{coverWords(attachment)}</p>}
      back={{ label: 'Back', go: onBack }}
      dock={
        <div class="call-dock">
          <p class="meta">It was sent with its note.</p>
          <button class="btn primary" type="button" onClick={onBack}>
            Done
          </button>
        </div>
      }
    >
      <figure class="large">
        <MaskedPicture attachment={attachment} alt={pictureAlt(attachment, title)} />
      </figure>
      <ul class="ledger">
        <li>
          <Icon name="mask" />
          <span>
            {everythingCovered
              ? 'Everything is covered. What is under the covers was never kept, so it cannot be shown later.'
              : `${countOf(covered, 'thing')} covered before anything was kept.`}
            {uninspected > 0 &&
              ` ${countOf(uninspected, 'part')} could not be inspected and is covered whole.`}
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
