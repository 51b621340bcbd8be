import type { EvidenceNote } from '#shared/api/entry'

/** The reasons of all notes shown, counted: what brought them together. */
export function WhyTogether({ notes }: { notes: readonly EvidenceNote[] }) {
  if (notes.length < 2) return null
  const byHand = notes.filter((note) => note.placedByPerson).length
  const samePlace = notes.filter(
    ({ why }) => why?.decision === 'join' && SAME_PLACE.test(why.sentence),
  )
  const words = wordsShared(notes)
  return (
    <div class="whybox">
      <p>
        <b>Why they are together</b>
        {byHand === 0
          ? 'Grouped by Wince, one note at a time'
          : `Grouped by Wince, ${byHand} put here by hand`}
      </p>
      {samePlace.length > 0 && (
        <p>
          <b>
            Same place, {samePlace.length} of {notes.length}
          </b>
          {samePlace[0]?.why?.sentence.split('. ')[0]?.replace(/( \(\d+ of \d+\))?\.?$/, '')}
        </p>
      )}
      {words.length > 0 && (
        <p>
          <b>
            Similar words, {notes.filter(hasWords).length} of {notes.length}
          </b>
          {words.map((word) => `“${word}”`).join(', ')}
        </p>
      )}
    </div>
  )
}

const SAME_PLACE = /^Same (?!element on another page)|^The same words at the same place/
const WORDS = /Similar words: ([^.]+)\./

function hasWords(note: EvidenceNote): boolean {
  return note.why?.decision === 'join' && WORDS.test(note.why.sentence)
}

/** The words named most often, at most four. */
function wordsShared(notes: readonly EvidenceNote[]): string[] {
  const times = new Map<string, number>()
  for (const note of notes.filter(hasWords)) {
    for (const word of WORDS.exec(note.why?.sentence ?? '')?.[1]?.split(', ') ?? []) {
      times.set(word, (times.get(word) ?? 0) + 1)
    }
  }
  return [...times]
    .toSorted((a, b) => b[1] - a[1])
    .map(([word]) => word)
    .slice(0, 4)
}
