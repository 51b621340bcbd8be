import type { GroupableNote } from '#shared/grouping/note-features'
import type { Kind } from '#shared/note'
import type { Place } from '#shared/place'

import { seededRandom } from '../../support/seeded'

const NOTES_A_PROBLEM = 5
const WORDS = 8_000
const KINDS: readonly Kind[] = ['jargon', 'confusing', 'slow', 'broken', 'dead-end', 'missing']

/**
 * Notes of a workspace that never was: words as frequent as words are (Zipf), a page for every
 * three problems, a service for every fifty; each problem has words of its own.
 */
export function* generatedNotes(
  count: number,
  seed: number,
): Generator<{ group: string; note: GroupableNote }> {
  const random = seededRandom(seed)
  const pick = (most: number) => Math.floor(random() * most)
  const zipf = () => wordOf(Math.floor(WORDS ** random()) - 1)
  const problems = Math.max(1, Math.floor(count / NOTES_A_PROBLEM))
  for (let index = 0; index < count; index += 1) {
    const problem = pick(problems)
    const own = Array.from({ length: 3 }, (_, which) => wordOf((problem * 7 + which * 131) % WORDS))
    const words = Array.from({ length: 6 + pick(24) }, () =>
      random() < 0.15 ? (own[pick(3)] ?? '') : zipf(),
    )
    yield {
      group: `g${problem}`,
      note: noteAt(problem, words.join(' '), index, pick(KINDS.length), pick(10)),
    }
  }
}

function noteAt(
  problem: number,
  words: string,
  index: number,
  kind: number,
  luck: number,
): GroupableNote {
  const page = Math.floor(problem / 3)
  const place: Place = {
    kind: 'page',
    origin: `https://service-${page % 17}.example.org`,
    route: `/area-${wordOf(page % 40)}/${wordOf(page)}`,
    title: null,
    anchor: luck < 5 ? { role: 'button', name: `Do ${wordOf(problem)}`, selectors: [] } : null,
  }
  return {
    mood: 'embarrassed',
    kind: KINDS[(problem + (luck < 3 ? kind : 0)) % KINDS.length] ?? null,
    service: `Service ${wordOf(Math.floor(problem / 50))}`,
    place: luck === 9 ? null : place,
    words,
    expected: null,
    walk: `w${Math.floor(index / 7)}`,
    person: `p${Math.floor(index / 7) % 40}`,
    at: 1_700_000_000_000 + index * 60_000,
  }
}

const SYLLABLES = [
  'ka',
  'lo',
  'mi',
  'ru',
  'te',
  'sa',
  'no',
  'pi',
  'du',
  'ge',
  'fa',
  'wo',
  'vi',
  'bu',
  'he',
  'ja',
]

/** A pronounceable word for a number, another one for another. */
function wordOf(number: number): string {
  let rest = number + 16
  let word = ''
  while (rest > 0) {
    word += SYLLABLES[rest % 16]
    rest = Math.floor(rest / 16)
  }
  return `${word}n`
}
