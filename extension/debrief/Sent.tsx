import { Icon } from '../panel/Icon'
import { Screen } from '../panel/Screen'
import { countOf } from '../panel/time-words'
import { NoteCard } from '../note/NoteCard'
import { refusalWords } from '../note/refusal-words'
import type { SendFormModel } from './send-form'

interface SentProps {
  form: SendFormModel
  isOnline: boolean
  onHome(): void
  onTold(): void
  onSaveAsFile(): void
}

/** After Send: where each note is on its way. */
export function Sent({ form, isOnline, onHome, onTold, onSaveAsFile }: SentProps) {
  const notes = form.sent.value
  const arrived = notes.filter((note) => note.state === 'sent').length
  const refused = notes.filter((note) => note.state === 'refused')
  const waiting = notes.length - arrived - refused.length
  const team = form.pairing.value?.workspaceName ?? 'your team'
  return (
    <Screen
      title={waiting > 0 ? 'On their way' : 'Sent'}
      back={{ label: 'Back to home', go: onHome }}
      dock={
        <button class="btn primary wide" type="button" onClick={onHome}>
          Done
        </button>
      }
    >
      <span class={refused.length > 0 ? 'glyph late' : 'glyph'}>
        <Icon name={refused.length > 0 ? 'warn' : waiting > 0 ? 'clock' : 'check'} />
      </span>
      <output class="outcome">
        {notes.length === 0 ? (
          <h2>The walk is on its way to {team}</h2>
        ) : waiting > 0 ? (
          <>
            <h2>
              {isOnline
                ? `Sending ${countOf(waiting, 'note')} to ${team}`
                : `${countOf(waiting, 'note')} safe on this device`}
            </h2>
            <p class="soft">
              {isOnline
                ? 'You can close the panel.'
                : 'They go by themselves when you are online again.'}
            </p>
          </>
        ) : refused.length === 0 ? (
          <>
            <h2>
              {countOf(arrived, 'note')} reached {team}
            </h2>
            <p class="soft">Thank you. Each one joins an entry of the register, or opens one.</p>
          </>
        ) : (
          <>
            <h2>
              {arrived} of {countOf(notes.length, 'note')} sent
            </h2>
            <p class="notice late">
              <Icon name="warn" />
              <span>
                {refused.length === 1 ? 'This one needs you' : 'These need you'}.{' '}
                {arrived > 0 && 'The others arrived. '}Your words are still here.
              </span>
            </p>
          </>
        )}
      </output>
      <ul class="cards">
        {notes.map((note) => (
          <li key={note.id}>
            <NoteCard note={note} />
            {note.state === 'refused' && (
              <p class="hint">Not taken: {refusalWords(note.refusedCode)}.</p>
            )}
          </li>
        ))}
      </ul>
      <div class="acts">
        {refused.length > 0 && (
          <button class="btn wide" type="button" onClick={onSaveAsFile}>
            <Icon name="download" /> Save as a file
          </button>
        )}
        <button class="btn quiet wide" type="button" onClick={onTold}>
          <Icon name="shield" /> See what left this device
        </button>
      </div>
    </Screen>
  )
}
