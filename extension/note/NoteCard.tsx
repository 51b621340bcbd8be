import { KIND_WORDS } from '#shared/note'

import { Icon } from '../panel/Icon'
import type { KeptNote } from '../storage/database'
import { FindIt } from './FindIt'
import { MaskedPicture, pictureAlt } from './MaskedPicture'
import { isGone } from './notes'
import { WinceTile } from './WinceTile'
import { placeTitle } from './place-words'

/** A note as a card. Its words open it while it is not sent. */
export function NoteCard({ note, onOpen }: { note: KeptNote; onOpen?: () => void }) {
  const [attachment] = note.attachments
  const words =
    note.state === 'taken-back'
      ? 'A note that you took back'
      : note.words === ''
        ? 'A moment without words yet'
        : note.words
  const canOpen = onOpen !== undefined && !isGone(note)
  return (
    <article class={note.state === 'draft' ? 'note is-draft' : 'note'}>
      <WinceTile mood={note.mood} wince={note.wince} />
      <div class="words">
        {canOpen ? (
          <button class="open" type="button" onClick={onOpen}>
            {words}
          </button>
        ) : (
          words
        )}
        {note.kind !== null && <span class="meta">{KIND_WORDS[note.kind]}</span>}
        {note.sameAs != null && <span class="meta">Same as #{note.sameAs.number}</span>}
        <FindIt note={note} />
      </div>
      {attachment !== undefined && (
        <span class="thumb">
          <MaskedPicture
            attachment={attachment}
            alt={pictureAlt(attachment, placeTitle(note.place))}
          />
        </span>
      )}
      <NoteState note={note} />
    </article>
  )
}

/** Where a note is on its way; nothing for one that is simply kept here. */
function NoteState({ note }: { note: KeptNote }) {
  switch (note.state) {
    case 'draft':
      return <p class="meta">Draft, kept on this device</p>
    case 'queued':
      return (
        <span class="pill">
          <Icon name="clock" /> waits to be sent
        </span>
      )
    case 'sent':
      return (
        <span class="pill done">
          <Icon name="check" /> sent
        </span>
      )
    case 'refused':
      return (
        <span class="pill late">
          <Icon name="warn" /> needs you
        </span>
      )
    case 'recalling':
      return (
        <span class="pill">
          <Icon name="clock" /> being taken back
        </span>
      )
    case 'taken-back':
      return (
        <span class="pill done">
          <Icon name="check" /> taken back
        </span>
      )
    case 'kept':
    case 'removed':
      return null
  }
}
