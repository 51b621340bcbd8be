import fc from 'fast-check'
import { expect, test } from 'vitest'

import { CandidateIndex } from '#shared/grouping/candidate-index'
import { MAX_CANDIDATES } from '#shared/grouping/likeliest'
import { choose } from '#shared/grouping/choose'
import { addNote, emptyEntry } from '#shared/grouping/entry-stats'
import { type GroupableNote, noteFeaturesOf } from '#shared/grouping/note-features'
import { WEIGHTS } from '#shared/grouping/weights'

import { generatedNotes } from '../../bench/grouping/generated-workspace'
import { replayWithPeople } from '../../bench/grouping/human-decisions'
import type { LabelledNote } from '../../bench/grouping/labelled-notes'
import { MemoryRegister } from '../../bench/grouping/memory-register'
import { callPlace, pagePlace } from '../../support/ops'

const weights = () => WEIGHTS

function groupable(change: Partial<GroupableNote> = {}): GroupableNote {
  return {
    mood: 'embarrassed',
    kind: 'broken',
    service: null,
    place: pagePlace(),
    words: 'It lost everything I typed.',
    expected: null,
    walk: null,
    person: null,
    at: 0,
    ...change,
  }
}

let ids = 0
function labelled(change: Partial<GroupableNote> = {}): LabelledNote {
  ids += 1
  return { id: `n${ids}`, group: '', unit: '', features: noteFeaturesOf(groupable(change)) }
}

const HOSTILE = [
  '',
  ' ',
  '😀',
  '🎉😀👩🏽‍💻',
  '\uD800',
  '\uDC00 wifi \uD800',
  '\u0000',
  '__proto__ constructor toString',
  'الزر لا يعمل',
  '按钮不工作',
  'ปุ่มใช้งานไม่ได้',
  '|\\|exact|page',
  Array.from({ length: 5_000 }, (_, index) => `word${index.toString(36)}`).join(' '),
  'a'.repeat(100_000),
]

const words = fc.oneof(
  fc
    .array(fc.constantFrom('password', 'mail', 'reset', 'printer', 'slow', 'never', '按钮'), {
      maxLength: 6,
    })
    .map((all) => all.join(' ')),
  fc.constantFrom(...HOSTILE),
  fc.string({ unit: 'binary', maxLength: 60 }),
)
const anyNote = fc
  .record({
    mood: fc.constantFrom('embarrassed', 'liked'),
    kind: fc.constantFrom('slow', 'broken', 'other', null),
    service: fc.constantFrom('IT', 'IT desk', 'Library', '', null),
    place: fc.constantFrom(
      null,
      pagePlace(),
      pagePlace({ route: '/a/b', anchor: null }),
      pagePlace({ route: '/a' }),
      callPlace('1300', '1'),
      callPlace('1300'),
      { kind: 'unseen' as const },
    ),
    words,
    expected: fc.constantFrom(null, 'a person'),
    walk: fc.constantFrom(null, 'w1', 'w2'),
    person: fc.constantFrom(null, 'p1', 'p2'),
    at: fc.constantFrom(0, 1_700_000_000_000),
  })
  .map((note) => labelled(note as GroupableNote))

test('whatever comes in, moods never meet, candidates are few, and every answer has its reasons', () => {
  fc.assert(
    fc.property(fc.array(anyNote, { maxLength: 30 }), (notes) => {
      const register = new MemoryRegister(weights)
      for (const note of notes) {
        const { choice } = register.place(note, ({ candidates }) => {
          expect(candidates.length).toBeLessThanOrEqual(MAX_CANDIDATES + 1)
          expect(candidates.every(({ mood }) => mood === note.features.mood)).toBe(true)
        })
        expect(choice.sentence).not.toBe('')
        expect(choice.engine).toBe(WEIGHTS.version)
        expect(choice.suggestions.length).toBeLessThanOrEqual(3)
        expect(choice.suggestions.every(({ p, reason }) => p >= 0 && p <= 1 && reason !== '')).toBe(
          true,
        )
      }
      register.sweep()
      for (const entry of register.entries.values()) {
        const moods = register.notesOf(entry.id).map(({ features }) => features.mood)
        expect(new Set([...moods, register.entries.get(entry.root)?.mood])).toEqual(
          new Set([entry.mood]),
        )
      }
    }),
    { numRuns: 200 },
  )
})

test('an entry of the other mood is passed over even when it is given as a candidate', () => {
  const register = new MemoryRegister(weights)
  register.place(labelled({ mood: 'liked', kind: null }))
  const { features } = labelled()
  const candidates = [...register.entries.values()]
  const corpus = { notes: 1, notesWith: () => 1 }

  expect(choose({ note: features, candidates, corpus, twin: 'e1' }, WEIGHTS)).toMatchObject({
    decision: 'open',
    suggestions: [],
  })
})

test('the same question has the same answer, in whatever order the candidates come', () => {
  const note = fc.array(anyNote, { minLength: 2, maxLength: 20 })
  fc.assert(
    fc.property(note, fc.infiniteStream(fc.nat()), (notes, luck) => {
      const register = new MemoryRegister(weights)
      for (const each of notes.slice(1)) register.place(each)
      const { features } = notes[0] ?? labelled()
      const corpus = { notes: notes.length, notesWith: () => 1 }
      const candidates = [...register.entries.values()]
      const shuffled = candidates
        .map((candidate) => ({ candidate, at: luck.next().value }))
        .toSorted((one, other) => one.at - other.at)
        .map(({ candidate }) => candidate)

      const answer = choose({ note: features, candidates, corpus }, WEIGHTS)

      expect(choose({ note: features, candidates: shuffled, corpus }, WEIGHTS)).toEqual(answer)
    }),
    { numRuns: 200 },
  )
})

test('whatever people decide stands, through sweeps and later notes, and runs the same again', () => {
  fc.assert(
    fc.property(fc.array(anyNote, { minLength: 5, maxLength: 40 }), fc.nat(), (notes, seed) => {
      const outcome = replayWithPeople(notes, weights, 40, seed)

      expect(outcome.broken).toEqual([])
      expect(replayWithPeople(notes, weights, 40, seed)).toEqual(outcome)
    }),
    { numRuns: 60 },
  )
})

test.each(HOSTILE.map((text) => [text.slice(0, 20), text]))(
  '%j is placed, and again beside itself',
  (_, text) => {
    const register = new MemoryRegister(weights)
    const started = performance.now()
    register.place(labelled({ words: text, place: null }))
    const { entry, choice } = register.place(labelled({ words: text, place: null }))

    expect(register.entries.get(entry)).toBeDefined()
    expect(choice.p).toBeGreaterThanOrEqual(0)
    expect(performance.now() - started).toBeLessThan(2_000)
  },
)

test('the same words at the same place join; a word alone without a place does not', () => {
  const register = new MemoryRegister(weights)
  const first = register.place(labelled())
  const again = register.place(labelled())
  register.place(labelled({ words: 'Ouch', place: null, kind: null }))
  const ouch = register.place(labelled({ words: 'Ouch', place: null, kind: null }))

  expect(again).toMatchObject({
    entry: first.entry,
    choice: { decision: 'join', p: 1, sentence: 'The same words at the same place.' },
  })
  expect(ouch.choice.decision).not.toBe('join')
})

test.each(['الزر لا يعمل في صفحة المكتبة', '图书馆网页的按钮不工作'])(
  'scripts without an English stemmer find their like: %s',
  (text) => {
    const register = new MemoryRegister(weights)
    const { entry } = register.place(labelled({ words: text, place: null }))
    register.place(labelled({ words: 'The printer jams on every page', place: null }))
    const { choice } = register.place(labelled({ words: `${text}!! 😀`, place: null, kind: null }))

    expect(choice.suggestions[0]?.entryId).toBe(entry)
  },
)

test('reasons are sentences about the place and the words, with the counts behind them', () => {
  const register = new MemoryRegister(weights)
  for (const text of ['It lost everything', 'Nothing was saved', 'All my typing is gone'])
    register.move(register.place(labelled({ words: text })) && `n${ids}`, 'e1')
  const { choice } = register.place(labelled({ words: 'Everything gone again' }))

  expect(choice.suggestions[0]?.reason).toMatch(
    /^Same button on the same page \(3 of 3\)\. Similar words: (?:everything, gone|gone, everything)\.$/,
  )
})

test.each([
  ['10,000 notes that are the same', () => labelled()],
  [
    '10,000 notes at one place',
    (index: number) =>
      labelled({
        words: `w${index.toString(36)}x v${index.toString(36)}y u${index.toString(36)}z`,
        kind: null,
      }),
  ],
  [
    '10,000 notes without a word or a place',
    () => labelled({ words: '', place: null, kind: null }),
  ],
])(
  '%s cost no more each than the first thousand',
  (_, noteAt) => {
    const register = new MemoryRegister(weights)
    const timeOf = (from: number, to: number) => {
      const notes = Array.from({ length: to - from }, (__, index) => noteAt(from + index))
      const started = process.cpuUsage()
      for (const note of notes) register.place(note)
      const used = process.cpuUsage(started)
      return (used.user + used.system) / 1_000 / notes.length
    }
    const first = timeOf(0, 1_000)
    timeOf(1_000, 9_000)
    const last = timeOf(9_000, 10_000)

    expect(last).toBeLessThan(Math.max(1, 4 * first))
  },
  120_000,
)

test('of a hundred entries at one place no more than sixteen are candidates', () => {
  const index = new CandidateIndex()
  for (let number = 1; number <= 100; number += 1) {
    const { features } = labelled({ words: `word${number.toString(36)}x`, kind: null })
    index.add(emptyEntry(`e${number}`, number, 'embarrassed'), features)
  }

  expect(index.find(labelled().features)).toHaveLength(MAX_CANDIDATES)
})

test('of two entries that are alike the older comes first, whichever is given first', () => {
  const { features } = labelled()
  const [older, newer] = [emptyEntry('e1', 1, 'embarrassed'), emptyEntry('e2', 2, 'embarrassed')]
  addNote(older, features)
  addNote(newer, features)
  const corpus = { notes: 2, notesWith: () => 2 }
  const orders = [
    [older, newer],
    [newer, older],
  ].map((candidates) => choose({ note: features, candidates, corpus }, WEIGHTS))

  expect(orders[0]?.suggestions.map(({ number }) => number)).toEqual([1, 2])
  expect(orders[1]).toEqual(orders[0])
})

test('an entry keeps at most four exemplars and 256 grams, however many notes it has', () => {
  const entry = emptyEntry('e1', 1, 'embarrassed')
  for (const { note } of generatedNotes(50, 1)) addNote(entry, noteFeaturesOf(note))

  expect(entry.size).toBe(50)
  expect(entry.exemplars).toHaveLength(4)
  expect(entry.grams.size).toBe(256)
})
