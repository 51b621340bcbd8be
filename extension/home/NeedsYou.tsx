import { refusalWords } from '../note/refusal-words'
import { NoteCard } from '../note/NoteCard'
import { Icon } from '../panel/Icon'
import { countOf } from '../panel/time-words'
import type { QueuedOp } from '../storage/database'
import type { HomeModel } from './home'

interface NeedsYouProps {
  home: HomeModel
  onOpen(noteId: string): void
  onReview(): void
  onSaveAsFile(): void
}

/** What the server would not take, with its words: to be mended, sent again, or saved as a file. */
export function NeedsYou({ home, onOpen, onReview, onSaveAsFile }: NeedsYouProps) {
  const refused = home.refused.value
  const parts = home.refusedParts.value
  return (
    <section class="trouble" aria-labelledby="trouble">
      <h2 id="trouble">{needsWords(refused.length, parts.length)}</h2>
      <ul class="cards">
        {refused.map((note) => (
          <li key={note.id}>
            <NoteCard note={note} onOpen={() => onOpen(note.id)} />
            <p class="hint">
              Not taken: {refusalWords(note.refusedCode)}. Press its words to change them.
            </p>
            {note.attachments.length > 0 && (
              <button
                class="btn small quiet"
                type="button"
                onClick={() => void home.leavePictures(note)}
              >
                Leave the picture out
              </button>
            )}
          </li>
        ))}
        {parts.map((queued) => (
          <li key={queued.opId}>
            <p class="words">{partWords(queued)}</p>
            <p class="hint">Not taken: {refusalWords(queued.code)}.</p>
          </li>
        ))}
      </ul>
      <p class="notice late">
        <Icon name="warn" />
        <span>
          {home.othersArrived.value && 'The others arrived. '}
          {refused.length + parts.length === 1 ? 'Its' : 'Their'} words are still here.
        </span>
      </p>
      {refused.length > 0 ? (
        <button class="btn" type="button" onClick={onReview}>
          Look and send again
        </button>
      ) : (
        <button class="btn" type="button" onClick={() => void home.sendAgain(parts)}>
          Send again
        </button>
      )}
      <button class="btn quiet" type="button" onClick={onSaveAsFile}>
        <Icon name="download" /> Save as a file
      </button>
    </section>
  )
}

function needsWords(notes: number, parts: number): string {
  if (notes === 0) return parts === 1 ? 'A timeline needs you' : `${parts} timelines need you`
  return notes === 1 ? 'One note needs you' : `${notes} notes need you`
}

function partWords({ op }: QueuedOp): string {
  if (op.kind !== 'walk.part') return ''
  const { walk, steps } = op.payload
  return `The timeline of ${walk.errand ?? 'a walk'}, ${countOf(steps.length, 'step')}`
}

/** Notes that arrived without their picture. The words are there; nothing has to be done. */
export function WithoutPicture({ home }: { home: HomeModel }) {
  const notes = home.withoutPicture.value
  if (notes.length === 0) return null
  return (
    <section class="stack" aria-labelledby="without-picture">
      <h2 id="without-picture">Arrived without {notes.length === 1 ? 'its' : 'their'} picture</h2>
      <ul class="cards">
        {notes.map((note) => (
          <li key={note.id}>
            <NoteCard note={note} />
            <p class="hint">Your words are with your team. The server did not take the picture.</p>
            <button
              class="btn small"
              type="button"
              aria-label={`Leave it without the picture: ${note.words}`}
              onClick={() => void home.leavePictures(note)}
            >
              Leave it without the picture
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
