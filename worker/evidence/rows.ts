import type { EntryEvent, EvidenceNote, EvidencePicture } from '#shared/api/entry'
import type { Place } from '#shared/place'

import { toWhy } from './why'

/** What queries.ts selects, and how it becomes the domain's words. */
interface SelectedNote {
  id: string
  at: number
  mood: EvidenceNote['mood']
  kind: EvidenceNote['kind']
  wince: EvidenceNote['wince']
  money: EvidenceNote['money']
  words: string
  first_words: string
  first_words_at: number | null
  expected: string | null
  source: EvidenceNote['source']
  channel: EvidenceNote['channel']
  place: string
  author: string
  walk_id: string | null
  walk_kind: 'errand' | 'shift' | null
  errand: string | null
  persona: string | null
  why: string
  placed_by: string
}

interface SelectedPicture {
  note_id: string
  sha256: string
  type: EvidencePicture['type']
  width: number
  height: number
  covered: number
  uninspected: number
  everything_covered: number
  state: EvidencePicture['state']
}

/** Notes with their own pictures, in the order the notes came. */
export function toEvidence(notes: object[], pictures: object[]): EvidenceNote[] {
  const picturesOf = toPictures(pictures)
  return (notes as SelectedNote[]).map((row) => ({
    id: row.id,
    at: row.at,
    author: row.author,
    mood: row.mood,
    kind: row.kind,
    wince: row.wince,
    money: row.money,
    words: row.words,
    firstWords: row.first_words === row.words ? null : row.first_words,
    wordedAt: row.first_words_at,
    expected: row.expected,
    source: row.source,
    channel: row.channel,
    place: JSON.parse(row.place) as Place,
    walk:
      row.walk_id === null || row.walk_kind === null
        ? null
        : { id: row.walk_id, kind: row.walk_kind, errand: row.errand, persona: row.persona },
    pictures: picturesOf.get(row.id) ?? [],
    why: toWhy(row.why),
    placedByPerson: row.placed_by !== 'grouping',
  }))
}

/** Rows of attachments as pictures, by note. */
export function toPictures(rows: object[]): Map<string, EvidencePicture[]> {
  const byNote = new Map<string, EvidencePicture[]>()
  for (const picture of rows as SelectedPicture[]) {
    const pictures = byNote.get(picture.note_id) ?? []
    byNote.set(picture.note_id, pictures)
    pictures.push({
      sha256: picture.sha256,
      type: picture.type,
      width: picture.width,
      height: picture.height,
      covered: picture.covered,
      uninspected: picture.uninspected,
      everythingCovered: picture.everything_covered === 1,
      state: picture.state,
    })
  }
  return byNote
}

export function toEvent(row: object): EntryEvent {
  const { author, source, ...event } = row as Omit<EntryEvent, 'note'> & {
    author: string | null
    source: EvidenceNote['source'] | null
  }
  return { ...event, note: author === null || source === null ? null : { author, source } }
}
