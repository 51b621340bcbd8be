import { NoteCard } from '../note/NoteCard'
import { Icon } from '../panel/Icon'
import { capitalised, countOf, toDayAndTime } from '../panel/time-words'
import type { KeptWalk } from '../storage/database'
import type { HomeModel } from './home'
import { type LateSend, type Sent, lateSendsOf, recallWords, timelineWords } from './sends'

/** The way back: what was sent in the last 24 hours, a Send or a note at a time. */
export function Sends({ home, now }: { home: HomeModel; now(): number }) {
  const sends = lateSendsOf({ notes: home.notes.value, walks: home.walks.value }, now())
  if (sends.length === 0) return null
  return (
    <section aria-labelledby="sends">
      <h2 id="sends">Sent lately</h2>
      <ul class="cards">
        {sends.map((send) => (
          <li class="sent" key={send.sendId}>
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
  'Taking back deletes words, pictures and timelines at your team and here. Copies in backups lapse within 30 days.'

interface OneSendProps {
  send: LateSend
  now(): number
  onTakeBack(sent: Sent): Promise<void>
}

function OneSend({ send: { notes, walks, open, until }, now, onTakeBack }: OneSendProps) {
  const count = open.notes.length + open.walks.length
  return (
    <>
      <div class="line">
        <p>
          <b>{sentWords(notes.length, walks.length)}</b>
          <span class="meta">{wayBackWords(count, until, now())}</span>
        </p>
        {count > 0 && (
          <button class="btn small" type="button" onClick={() => void onTakeBack(open)}>
            <Icon name="undo" /> {count === 1 ? 'Take it back' : `Take ${count} back`}
          </button>
        )}
      </div>
      <details class="unfold" open={notes.length + walks.length < 3}>
        <summary>Look at {notes.length + walks.length === 1 ? 'it' : 'each'}</summary>
        <ul class="cards">
          {notes.map((note) => (
            <li key={note.id}>
              <NoteCard note={note} />
              {note.recallCode != null && <p class="hint">{recallWords(note.recallCode)}.</p>}
              {count > 1 && open.notes.includes(note) && (
                <button
                  class="btn small quiet"
                  type="button"
                  aria-label={`Take it back: ${note.words}`}
                  onClick={() => void onTakeBack({ notes: [note], walks: [] })}
                >
                  Take it back
                </button>
              )}
            </li>
          ))}
          {walks.map((walk) => (
            <li key={walk.id}>
              <TimelineCard walk={walk} />
              {count > 1 && open.walks.includes(walk) && (
                <button
                  class="btn small quiet"
                  type="button"
                  onClick={() => void onTakeBack({ notes: [], walks: [walk] })}
                >
                  Take only the timeline back
                </button>
              )}
            </li>
          ))}
        </ul>
      </details>
    </>
  )
}

/** A walk's timeline as a card, as a note has one. */
export function TimelineCard({ walk }: { walk: KeptWalk }) {
  return (
    <article class="note">
      <Icon name="walk" />
      <p class="words">{timelineWords(walk)}</p>
    </article>
  )
}

function sentWords(notes: number, walks: number): string {
  const timelines = walks === 1 ? 'a timeline' : `${walks} timelines`
  if (notes === 0) return capitalised(timelines)
  return countOf(notes, 'note') + (walks === 0 ? '' : ` and ${timelines}`)
}

function wayBackWords(open: number, until: number | null, now: number): string {
  if (open === 0) return 'Nothing of it can be taken back any more.'
  return until === null
    ? 'Not arrived yet. Can be taken back.'
    : `Can be taken back until ${toDayAndTime(until, now)}.`
}
