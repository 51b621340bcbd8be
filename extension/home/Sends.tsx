import { NoteCard } from '../note/NoteCard'
import { Icon } from '../panel/Icon'
import { countOf, toDayAndTime } from '../panel/time-words'
import type { KeptNote } from '../storage/database'
import type { HomeModel } from './home'
import { type LateSend, lateSendsOf, recallWords } from './sends'

/** The way back: what was sent in the last 24 hours, a Send or a note at a time. */
export function Sends({ home, now }: { home: HomeModel; now(): number }) {
  const sends = lateSendsOf(home.notes.value, now())
  if (sends.length === 0) return null
  return (
    <section aria-labelledby="sends">
      <h2 id="sends">Sent lately</h2>
      <ul class="cards">
        {sends.map((send) => (
          <li key={send.sendId}>
            <OneSend send={send} now={now} onTakeBack={home.takeBack} />
          </li>
        ))}
      </ul>
      <p class="hint">{TAKEN_BACK_MEANS}</p>
    </section>
  )
}

/** Said wherever something can be taken back. */
export const TAKEN_BACK_MEANS =
  'Taking back deletes words and pictures at your team and here. Copies in backups lapse within 30 days.'

interface OneSendProps {
  send: LateSend
  now(): number
  onTakeBack(notes: readonly KeptNote[]): Promise<void>
}

function OneSend({ send: { notes, open, until }, now, onTakeBack }: OneSendProps) {
  return (
    <>
      <div class="line">
        <p>
          <b>{countOf(notes.length, 'note')}</b>
          <span class="meta">{wayBackWords(open.length, until, now())}</span>
        </p>
        {open.length > 0 && (
          <button class="btn small" type="button" onClick={() => void onTakeBack(open)}>
            <Icon name="undo" /> {open.length === 1 ? 'Take it back' : `Take ${open.length} back`}
          </button>
        )}
      </div>
      <details class="unfold" open={notes.length < 3}>
        <summary>Look at {notes.length === 1 ? 'it' : 'each'}</summary>
        <ul class="cards">
          {notes.map((note) => (
            <li key={note.id}>
              <NoteCard note={note} />
              {note.recallCode != null && <p class="hint">{recallWords(note.recallCode)}.</p>}
              {open.length > 1 && open.includes(note) && (
                <button
                  class="btn small quiet"
                  type="button"
                  aria-label={`Take it back: ${note.words}`}
                  onClick={() => void onTakeBack([note])}
                >
                  Take it back
                </button>
              )}
            </li>
          ))}
        </ul>
      </details>
    </>
  )
}

function wayBackWords(open: number, until: number | null, now: number): string {
  if (open === 0) return 'Nothing of it can be taken back any more.'
  return until === null
    ? 'Not arrived yet. They can be taken back.'
    : `Can be taken back until ${toDayAndTime(until, now)}.`
}
