import type { WalkNote } from '#shared/api/walk'
import { toClock } from '#shared/duration'
import { KIND_WORDS } from '#shared/note'
import { numberKey } from '#shared/place-key'
import type { Row } from '#shared/playback'
import { STATE_WORDS } from '#shared/sync'

import { Picture } from '../entry/Picture'
import { Icon } from '../parts/Icon'
import { Tile } from '../parts/Tile'
import { toClock as toTimeOfDay, toLongDay } from '../words'
import { EntryLink } from './EntryLink'
import type { PlaybackState, Shown } from './playback'
import { callAt, type CallMoment, sameKeysElsewhere } from './same-keys'
import { onInWords, stepsInWords } from './walk-words'

interface MomentProps {
  playback: PlaybackState
  shown: Shown
  hasClock: boolean
}

/** The chosen step: what was noted there, what it looked like, and where in a call it was. */
export function Moment({ playback, shown, hasClock }: MomentProps) {
  const row = playback.row.value
  return (
    <section class="card moment" aria-label="The chosen moment">
      {row === undefined ? (
        <p class="soft">Nothing was recorded on this walk.</p>
      ) : (
        <Chosen row={row} playback={playback} shown={shown} hasClock={hasClock} />
      )}
    </section>
  )
}

function Chosen({ row, playback, shown, hasClock }: MomentProps & { row: Row<WalkNote> }) {
  const call = callAt(shown.calls, row)
  const { before, thing, after } = stepsInWords(row.steps)
  return (
    <>
      {row.steps.length > 0 && (
        <p class={row.notes.length === 0 ? 'step' : 'meta'}>
          {before}
          {thing}
          {after}
          {hasClock && row.notes.length === 0 && (
            <span class="meta run">
              {' '}
              {toClock(row.sinceMs)}, {onInWords(row.on)}
            </span>
          )}
        </p>
      )}
      {row.notes.map((note) => (
        <Noted key={note.id} note={note} reads={shown.readsRegister} />
      ))}
      {call !== null && <CallPath call={call} playback={playback} />}
      <Ways row={row} call={call} reads={shown.readsRegister} />
    </>
  )
}

function Noted({ note, reads }: { note: WalkNote; reads: boolean }) {
  return (
    <div class="said">
      <Tile mood={note.mood} wince={note.wince} />
      <blockquote class={note.words === '' ? 'soft' : ''}>
        {note.words === '' ? 'A silent moment: no words yet.' : note.words}
      </blockquote>
      <div class="about">
        {note.firstWords !== null && <p class="soft">First worded: “{note.firstWords}”</p>}
        {note.expected !== null && note.expected !== '' && (
          <p class="soft">
            {note.kind === 'jargon' ? 'A customer would call it ' : 'Expected '}
            {note.expected}
          </p>
        )}
        <p class="meta">
          {note.firstWords === null && 'First wording, '}
          {toTimeOfDay(note.wordedAt ?? note.at)}
          {note.kind !== null && ` · ${KIND_WORDS[note.kind].toLowerCase()}`}
          {note.entry === null ? (
            ' · waits to be grouped'
          ) : (
            <>
              {' · in '}
              <EntryLink number={note.entry.number} reads={reads} />
              {`, ${STATE_WORDS[note.entry.state].toLowerCase()}`}
            </>
          )}
        </p>
        {note.pictures.length > 0 && (
          <div class="pictures">
            {note.pictures.map((picture) => (
              <Picture key={picture.sha256} picture={picture} />
            ))}
          </div>
        )}
      </div>
    </div>
  )
}

/** The keys that led here, and the hold; and where they led on the walk beside it. */
function CallPath({ call, playback }: { call: CallMoment; playback: PlaybackState }) {
  const beside = playback.other.value
  const other = beside.status === 'ready' ? beside.value : null
  const elsewhere = other && sameKeysElsewhere(call, other.calls)
  return (
    <>
      <div class="call">
        <span class="soft">{call.number === '' ? 'A number' : call.number}</span>
        {call.path.map((choice, index) => (
          <kbd key={index}>{choice}</kbd>
        ))}
        {call.holdMs !== null && (
          <>
            <span class="soft">on hold</span>
            <span class="big">{toClock(call.holdMs)}</span>
          </>
        )}
      </div>
      {other !== null && elsewhere !== null && (
        <p class="soft">
          On {toLongDay(other.detail.walk.startedAt)} the same keys led to {elsewhere}.
        </p>
      )}
    </>
  )
}

function Ways({
  row,
  call,
  reads,
}: {
  row: Row<WalkNote>
  call: CallMoment | null
  reads: boolean
}) {
  if (!reads) return null
  const numbers = [...new Set(row.notes.flatMap(({ entry }) => (entry ? [entry.number] : [])))]
  const menu = call === null ? '' : numberKey(call.number)
  if (numbers.length === 0 && menu === '') return null
  return (
    <div class="wrap">
      {numbers.map((number) => (
        <a class="btn" key={number} href={`/register/${number}`}>
          Open #{number}
        </a>
      ))}
      {menu !== '' && (
        <a class="btn quiet" href={`/menus/${encodeURIComponent(menu)}`}>
          <Icon name="tree" /> See it on the map
        </a>
      )}
    </div>
  )
}
