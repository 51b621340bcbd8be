import fc from 'fast-check'
import { expect, test } from 'vitest'

import { tokenHasher } from '#shared/grouping/hashed-token'
import { nearbyFor } from '#shared/grouping/nearby'
import { type GroupableNote, noteFeaturesOf } from '#shared/grouping/note-features'
import { WEIGHTS } from '#shared/grouping/weights'

import { generatedNotes } from '../../bench/grouping/generated-workspace'
import { hashedEntryOf } from '../../bench/grouping/hashed-entries'
import { callPlace, pagePlace } from '../../support/ops'

function features(change: Partial<GroupableNote> = {}) {
  return noteFeaturesOf({
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
  })
}

let numbers = 0
const entryOf = (...notes: Partial<GroupableNote>[]) => {
  numbers += 1
  return hashedEntryOf({ id: `e${numbers}`, number: numbers }, notes.map(features), 'w')
}
const far = pagePlace({ origin: 'https://hr.example.org', route: '/leave', title: null })

test('no token of a row can be read, and rows of two workspaces have none in common', () => {
  const notes = [features({ service: 'Wi-Fi', words: 'kanarivogel zebra quartz' })]
  const [one, other] = ['w1', 'w2'].map((id) => hashedEntryOf({ id: 'e', number: 1 }, notes, id))

  expect(JSON.stringify(one)).not.toMatch(/kanari|zebra|button|submit|wi-fi|stem|page/i)
  const tokens = new Set(one?.tokens.filter((_, index) => index % 2 === 0))
  expect(tokens.size).toBeGreaterThan(10)
  expect(other?.tokens.filter((token, index) => index % 2 === 0 && tokens.has(token))).toEqual([])
})

test('hashes of a hundred thousand words collide as seldom as chance has it', () => {
  const hash = tokenHasher('w')
  const hashes = new Set(Array.from({ length: 100_000 }, (_, index) => hash(`stem|word${index}`)))

  // Expected of 32 bits: n² / 2³³, 1.2 (birthday bound).
  expect(hashes.size).toBeGreaterThan(100_000 - 12)
})

test.each([
  ['element', pagePlace(), {}],
  ['page', pagePlace({ anchor: null }), { place: pagePlace() }],
  ['node', callPlace('4357', '2', '1'), { place: callPlace('4357', '2', '1') }],
])('the narrowest shared place is told: %s', (at, place, change) => {
  const found = nearbyFor(features({ place, words: 'ouch' }), [entryOf(change)], 'w', WEIGHTS)

  expect(found).toMatchObject([{ at }])
})

test('a reason names the note’s own words only', () => {
  const row = entryOf({ words: 'The search forgot my secretword entirely', place: far })

  const [found] = nearbyFor(
    features({ words: 'The search forgot it entirely', place: far }),
    [row],
    'w',
    WEIGHTS,
  )

  expect(found?.reason).toMatch(/Similar words: .*search/)
  expect(found?.reason).not.toContain('secret')
})

test('similar words far away are offered, other words there are not', () => {
  const similar = entryOf({ words: 'Password reset mail never arrives at night', place: null })
  const other = entryOf({ words: 'The printer eats paper', place: null })
  const noise = Array.from({ length: 30 }, (_, index) =>
    entryOf({ words: `Topic ${'abcdefghij'[index % 10]}${index} of thing${index}`, place: null }),
  )

  const found = nearbyFor(
    features({ words: 'My password reset mail never arrives', place: far }),
    [other, ...noise, similar],
    'w',
    WEIGHTS,
  )

  expect(found.map(({ row }) => row.id)).toEqual([similar.id])
  expect(found[0]?.at).toBeNull()
})

const words = fc.array(
  fc.constantFrom('password', 'mail', 'reset', 'printer', 'slow', 'never', '按钮', '😀', '', '|'),
  { maxLength: 6 },
)
const note = fc.record({
  mood: fc.constantFrom('embarrassed' as const, 'liked' as const),
  words: words.map((each) => each.join(' ')),
  place: fc.constantFrom(null, pagePlace(), far, callPlace('4357', '1'), {
    kind: 'unseen' as const,
  }),
  service: fc.constantFrom(null, 'Wi-Fi', 'the desk', 'HR service desk'),
})

test('liked and embarrassed never meet; at most three, of others, in one order whatever the rows’ is', () => {
  fc.assert(
    fc.property(fc.array(note, { minLength: 1, maxLength: 12 }), note, (notes, asking) => {
      const rows = notes.map((each, index) => ({
        ...hashedEntryOf({ id: `e${index}`, number: index + 1 }, [features(each)], 'w'),
        others: index % 3,
      }))

      const found = nearbyFor(features(asking), rows, 'w', WEIGHTS)

      expect(found.length).toBeLessThanOrEqual(3)
      for (const { row, p } of found) {
        expect(row.mood).toBe(asking.mood)
        expect(row.others).toBeGreaterThan(0)
        expect(p).toBeGreaterThanOrEqual(0)
        expect(p).toBeLessThanOrEqual(1)
      }
      expect(nearbyFor(features(asking), rows.toReversed(), 'w', WEIGHTS)).toEqual(found)
    }),
    { numRuns: 300 },
  )
})

test('hostile rows do no harm', () => {
  const row = { ...entryOf({}), tokens: [1], kinds: [0xffff_ffff], notes: 1, services: [] }

  expect(nearbyFor(features(), [row], 'w', WEIGHTS)).toEqual([])
})

test('a note is ranked among two thousand entries in 50 ms', { timeout: 60_000 }, () => {
  const notes = Array.from(generatedNotes(2_000, 1), (each) => noteFeaturesOf(each.note))
  const rows = notes.map((each, index) =>
    hashedEntryOf({ id: `e${index}`, number: index + 1 }, [each], 'w'),
  )
  const times = notes.slice(0, 60).map((each) => {
    const before = process.threadCpuUsage()
    nearbyFor(each, rows, 'w', WEIGHTS)
    const { user, system } = process.threadCpuUsage(before)
    return (user + system) / 1_000
  })
  const median = times.toSorted((one, other) => one - other)[30] ?? Infinity
  console.log(`ranked among ${rows.length} entries: median ${median.toFixed(1)} ms of CPU`)

  expect(median).toBeLessThanOrEqual(50)
})
