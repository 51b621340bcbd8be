import type { EvidenceNote } from '#shared/api/entry'
import { placeInWords } from '#shared/grouping/title'
import { KIND_WORDS } from '#shared/note'

import { Icon } from '../parts/Icon'
import { Tile } from '../parts/Tile'
import { toDuration, toLongDay } from '../words'
import { Picture } from './Picture'
import { SOURCE_WORDS } from './change-words'

/** Words that came so long after the moment are a memory of it, in ms. */
const LATER_MS = 10 * 60_000

/** A note as its leader wrote it, with where it happened and what it looked like. */
export function EvidenceItem({ note }: { note: EvidenceNote }) {
  return (
    <li>
      <Tile mood={note.mood} wince={note.wince} />
      <div class="what">
        <p class={note.words === '' ? 'words soft' : 'words'}>
          {note.words === '' ? 'A silent moment: no words yet.' : note.words}
        </p>
        {note.expected !== null && note.expected !== '' && (
          <p class="expected">
            <span class="meta run">
              {note.kind === 'jargon' ? 'A customer would call it ' : 'Expected '}
            </span>
            {note.expected}
          </p>
        )}
        <p class="meta">
          {note.author}
          {note.walk?.persona && `, as ${note.walk.persona}`} ·{' '}
          {SOURCE_WORDS[note.source].replace('from ', '')},{' '}
          <time dateTime={new Date(note.at).toISOString()}>{toLongDay(note.at)}</time>
        </p>
        <div class="meta where">
          <span class="place">
            <Icon name="pin" small /> {placeInWords(note.place)}
          </span>
          {note.kind !== null && <span>{KIND_WORDS[note.kind]}</span>}
          {note.money !== null && (
            <span>{note.money === 'free' ? 'Free to fix' : 'Needs money'}</span>
          )}
          <Details note={note} />
        </div>
      </div>
      <div class="pictures">
        {note.pictures.map((picture) => (
          <Picture key={picture.sha256} picture={picture} />
        ))}
      </div>
    </li>
  )
}

/** By decision; those that opened the entry have no reason to be in it. */
const OPENED: Partial<Record<string, string>> = {
  open: 'It opened this entry: nothing like it was known.',
  propose: 'It opened this entry, and may belong to another one.',
}

/** What explains the note: why it is here, what else it could be, how it was first worded. */
function Details({ note }: { note: EvidenceNote }) {
  const nextBest = note.why?.nextBest ?? []
  return (
    <details class="why">
      <summary>Why it is here</summary>
      <p>
        {note.placedByPerson ? 'Put here by a person. ' : 'Grouped by Wince. '}
        {OPENED[note.why?.decision ?? ''] ?? note.why?.sentence ?? ''}
      </p>
      {nextBest.length > 0 && (
        <p>
          Next best:{' '}
          {nextBest.map(({ number, reason }, index) => (
            <span key={number}>
              {index > 0 && ' '}
              <a href={`/register/${number}`}>#{number}</a> {reason}
            </span>
          ))}
        </p>
      )}
      {note.walk?.errand && <p>The errand: “{note.walk.errand}”</p>}
      {note.wordedAt !== null && note.wordedAt - note.at >= LATER_MS && (
        <p>Put into words {toDuration(note.wordedAt - note.at)} later.</p>
      )}
      {note.firstWords !== null && <p>First worded: “{note.firstWords}”</p>}
    </details>
  )
}
