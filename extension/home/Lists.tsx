import { toSpan } from '#shared/duration'

import { MaskedPicture, pictureAlt } from '../note/MaskedPicture'
import { placeTitle } from '../note/place-words'
import { Icon } from '../panel/Icon'
import { capitalised, countOf, toDayAndTime } from '../panel/time-words'
import type { KeptNote, KeptWalk } from '../storage/database'
import type { HomeModel } from './home'

/** Moments without words, and drafts. */
export function ToFinish({
  home,
  now,
  onOpen,
}: {
  home: HomeModel
  now(): number
  onOpen(id: string): void
}) {
  const notes = home.toFinish.value
  if (notes.length === 0) return null
  const drafts = notes.filter((note) => note.state === 'draft').length
  const moments = notes.length - drafts
  const parts = [
    ...(moments > 0 ? [`${countOf(moments, 'moment')} without words`] : []),
    ...(drafts > 0 ? [countOf(drafts, 'draft')] : []),
  ]
  return (
    <section aria-labelledby="finish">
      <h2 id="finish">
        To finish <span class="meta run">{parts.join(', ')}</span>
      </h2>
      <ul class="list">
        {notes.map((note) => (
          <li key={note.id}>
            <Thumb note={note} />
            <p class="grow">
              <b class="cut">{note.words === '' ? placeTitle(note.place) : note.words}</b>
              <span class="meta">
                {capitalised(toDayAndTime(note.at, now()))}
                {note.place.kind === 'call' &&
                  note.place.keys.length > 0 &&
                  `, at ${note.place.keys.join('\u00a0›\u00a0')}`}
              </span>
            </p>
            <button
              class="btn small"
              type="button"
              aria-label={`${finishWords(note)}: ${note.words === '' ? placeTitle(note.place) : note.words}, ${toDayAndTime(note.at, now())}`}
              onClick={() => onOpen(note.id)}
            >
              {finishWords(note)}
            </button>
            <button
              class="btn small quiet icon"
              type="button"
              aria-label={`Remove: ${placeTitle(note.place)}, ${toDayAndTime(note.at, now())}`}
              onClick={() => void home.remove(note)}
            >
              <Icon name="close" />
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

function finishWords(note: KeptNote): string {
  return note.words === '' ? 'Add words' : 'Go on'
}

function Thumb({ note }: { note: KeptNote }) {
  const [attachment] = note.attachments
  return attachment === undefined ? (
    <span class="thumb blank">
      <Icon name={note.place.kind === 'call' ? 'phone' : 'moment'} />
    </span>
  ) : (
    <span class="thumb">
      <MaskedPicture attachment={attachment} alt={pictureAlt(attachment, placeTitle(note.place))} />
    </span>
  )
}

interface WalksProps {
  home: HomeModel
  now(): number
  onDebrief(walkId: string): void
  onAnswer(walkId: string): void
  onSendSoFar(walkId: string): void
}

/** Walks that ended and were not sent, and errands that wait for an answer. */
export function Walks({ home, now, onDebrief, onAnswer, onSendSoFar }: WalksProps) {
  const waiting = home.waitingWalks.value
  const unsent = home.unsentWalks.value
  if (waiting.length + unsent.length === 0) return null
  return (
    <section aria-labelledby="walks">
      <h2 id="walks">Your walks</h2>
      <ul class="list">
        {waiting.map((walk) => (
          <li class="parked" key={walk.id}>
            <p class="grow">
              <b class="cut">{walkName(walk)}</b>
              <span class="meta">
                <Icon name="clock" small /> Waiting for them,{' '}
                <span class="num">{toSpan(home.clock.value - walk.startedAt)}</span> since the start
              </span>
            </p>
            <button
              class="btn small"
              type="button"
              aria-label={`They answered: ${walkName(walk)}`}
              onClick={() => onAnswer(walk.id)}
            >
              They answered
            </button>
            {home.hasUnsent(walk) && (
              <button
                class="btn small quiet"
                type="button"
                aria-label={`Send so far: ${walkName(walk)}`}
                onClick={() => onSendSoFar(walk.id)}
              >
                Send so far
              </button>
            )}
          </li>
        ))}
        {unsent.map((walk) => (
          <li key={walk.id}>
            <p class="grow">
              <b class="cut">{walkName(walk)}</b>
              <span class="meta">{capitalised(toDayAndTime(walk.startedAt, now()))}, not sent</span>
            </p>
            <button
              class="btn small"
              type="button"
              aria-label={`Debrief: ${walkName(walk)}`}
              onClick={() => onDebrief(walk.id)}
            >
              Debrief
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

function walkName(walk: KeptWalk): string {
  return walk.errand ?? walk.service ?? (walk.kind === 'shift' ? 'A desk shift' : 'A walk')
}

/** Nothing waits for the walker: says so once, and what is being done. */
export function AllDone({ home }: { home: HomeModel }) {
  if (!home.isAllDone.value) return null
  const fixing = home.fates.value
    .filter(
      ({ state }) =>
        state === 'accepted' || state === 'analyse' || state === 'progress' || state === 'check',
    )
    .reduce((sum, { noteIds }) => sum + noteIds.length, 0)
  return (
    <p class="notice done">
      <Icon name="check" />
      <span>
        All sent, all finished.
        {fixing > 0 && ` ${countOf(fixing, 'of your notes is', 'of your notes are')} being fixed.`}
      </span>
    </p>
  )
}
