import { Icon } from '../panel/Icon'
import { Screen } from '../panel/Screen'
import { countOf } from '../panel/time-words'
import { NoteCard } from '../note/NoteCard'
import { refusalWords } from '../note/refusal-words'
import { TAKEN_BACK_MEANS, TimelineCard } from '../home/Sends'
import { recallWords } from '../home/sends'
import type { KeptNote, KeptWalk } from '../storage/database'
import type { SendFormModel } from './send-form'
import { ThankTheDesk } from './ThankTheDesk'

interface SentProps {
  form: SendFormModel
  isOnline: boolean
  onHome(): void
  onTold(): void
  onCopy(text: string): void
  onSaveAsFile(): void
}

/** After Send: where each note is on its way. */
export function Sent({ form, isOnline, onHome, onTold, onCopy, onSaveAsFile }: SentProps) {
  const notes = form.sent.value
  const arrived = notes.filter((note) => note.state === 'sent').length
  const refused = notes.filter((note) => note.state === 'refused')
  const waiting = notes.filter((note) => note.state === 'queued').length
  const recalled = notes.length - arrived - refused.length - waiting
  const walks = form.sentWalks.value
  const openWalks = form.openWalks.value.length
  const open = arrived + waiting + openWalks
  const isTakenBack = recalled > 0 || (notes.length === 0 && openWalks < walks.length)
  const team = form.pairing.value?.workspaceName ?? 'your team'
  return (
    <Screen
      title={waiting > 0 ? 'On their way' : isTakenBack ? 'Taken back' : 'Sent'}
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
          <h2>
            {isTakenBack
              ? walkWords(walks)
              : `The ${walks.some(({ kind }) => kind === 'errand') ? 'walk' : 'shift'} is on its way to ${team}`}
          </h2>
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
        ) : recalled > 0 ? (
          <TakenBack notes={notes} />
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
            {note.recallCode != null && <p class="hint">{recallWords(note.recallCode)}.</p>}
            {note.state === 'refused' && (
              <p class="hint">Not taken: {refusalWords(note.refusedCode)}.</p>
            )}
          </li>
        ))}
        {walks.map(
          (walk) =>
            (walk.takenBack != null || walk.recallCode != null) && (
              <li key={walk.id}>
                <TimelineCard walk={walk} />
              </li>
            ),
        )}
      </ul>
      {walks.some(({ kind, state }) => kind === 'errand' && state === 'done') && (
        <ThankTheDesk
          leftBehind={walks.flatMap(({ debrief }) => debrief?.leftBehind ?? [])}
          onCopy={onCopy}
        />
      )}
      <div class="acts">
        {refused.length > 0 && (
          <button class="btn wide" type="button" onClick={onSaveAsFile}>
            <Icon name="download" /> Save as a file
          </button>
        )}
        {open > 0 && (
          <>
            <button class="btn wide" type="button" onClick={() => void form.takeBack()}>
              <Icon name="undo" /> {open === 1 ? 'Take it back' : 'Take them back'}
            </button>
            {openWalks > 0 && open > openWalks && (
              <button
                class="btn quiet wide"
                type="button"
                onClick={() => void form.takeBack('timeline')}
              >
                Take only the timeline back
              </button>
            )}
            <p class="hint">For 24 hours, also from home. {TAKEN_BACK_MEANS}</p>
          </>
        )}
        <button class="btn quiet wide" type="button" onClick={onTold}>
          <Icon name="shield" /> See what left this device
        </button>
      </div>
    </Screen>
  )
}

/** The same of a walk that was sent without notes. */
function walkWords(walks: readonly KeptWalk[]): string {
  if (walks.some(({ takenBack }) => takenBack === 'asked')) return 'Taking the timeline back'
  return walks.some(({ takenBack }) => takenBack === 'done')
    ? 'The timeline is taken back'
    : 'Not sent after all'
}

/** What has become of the wish to take them back; it is only done once the server said so. */
function TakenBack({ notes }: { notes: readonly KeptNote[] }) {
  const asked = notes.filter((note) => note.state === 'recalling').length
  const kept = notes.filter((note) => note.state === 'kept').length
  const gone = notes.filter((note) => note.state === 'taken-back').length
  return (
    <>
      <h2>
        {asked > 0
          ? `Taking ${countOf(asked, 'note')} back`
          : gone > 0
            ? `${countOf(gone, 'note')} taken back`
            : 'Not sent after all'}
      </h2>
      <p class="soft">
        {asked > 0 && 'Done as soon as the server says so; until then the words stay here too. '}
        {gone > 0 && 'Their words and pictures are deleted at your team and here. '}
        {kept > 0 &&
          `${countOf(kept, 'note')} never left and ${kept === 1 ? 'is' : 'are'} kept here.`}
      </p>
    </>
  )
}
