import fc from 'fast-check'
import { expect, test } from 'vitest'

import { choose } from '#shared/grouping/choose'
import { FEATURES, type FeatureValues } from '#shared/grouping/features'
import { type Answer, named, toRow } from '#shared/grouping/learn'
import { type GroupableNote, noteFeaturesOf } from '#shared/grouping/note-features'
import { refitted } from '#shared/grouping/refit'
import { WEIGHTS, type Weights } from '#shared/grouping/weights'

import { MemoryRegister } from '../../bench/grouping/memory-register'
import { pagePlace } from '../../support/ops'

const answer = (values: Partial<FeatureValues>, right: boolean): Answer => ({
  row: toRow({ ...named(FEATURES, []), ...values }),
  right,
})
/** People put the note where the words are, and not where the page is. */
const wordsWin = (): Answer[] => [answer({ page: 1 }, false), answer({ grams: 0.8 }, true)]
/** The other way round, as it is suggested by the weights that ship. */
const pageWins = (): Answer[] => [answer({ page: 1 }, true), answer({ grams: 0.8 }, false)]
const times = (length: number, lesson: () => Answer[]) => Array.from({ length }, lesson)

test('weights go where people decide, and no further than that', () => {
  const learnt = refitted(WEIGHTS, times(40, wordsWin))

  expect(learnt?.features.grams).toBeGreaterThan(WEIGHTS.features.grams)
  expect(learnt?.features.page).toBeLessThan(WEIGHTS.features.page)
  expect(learnt?.features.walk).toBe(WEIGHTS.features.walk)
  expect(learnt).toMatchObject({
    certainty: WEIGHTS.certainty,
    join: WEIGHTS.join,
    propose: WEIGHTS.propose,
  })
})

test('fewer than thirty decisions between two suggestions teach nothing', () => {
  const untelling = [
    [answer({ page: 1 }, false), answer({ grams: 1 }, false)],
    [answer({ grams: 1 }, true)],
    [],
  ]

  expect(refitted(WEIGHTS, [...times(29, wordsWin), ...untelling])).toBeNull()
  expect(refitted(WEIGHTS, [...times(30, wordsWin), ...untelling])).not.toBeNull()
})

test('what would not have put more of the newest decisions first is not kept', () => {
  expect(refitted(WEIGHTS, times(100, pageWins))).toBeNull()
  expect(refitted(WEIGHTS, [...times(25, pageWins), ...times(75, wordsWin)])).toBeNull()
})

test('the same decisions give the same weights, whose version says that they are others', () => {
  const learnt = refitted(WEIGHTS, times(40, wordsWin))

  expect(refitted(WEIGHTS, times(40, wordsWin))).toEqual(learnt)
  expect(learnt?.version).toMatch(new RegExp(`^${WEIGHTS.version}\\+[0-9a-f]{8}$`))
  expect(refitted(WEIGHTS, times(41, wordsWin))?.version).not.toBe(learnt?.version)
})

const anyNote = fc.record({
  kind: fc.constantFrom('slow', 'broken', null),
  service: fc.constantFrom('IT', 'Library', null),
  place: fc.constantFrom(
    null,
    pagePlace(),
    pagePlace({ route: '/a/b', anchor: null }),
    pagePlace({ route: '/a' }),
  ),
  words: fc
    .array(fc.constantFrom('password', 'mail', 'reset', 'printer', 'slow', 'never'), {
      maxLength: 6,
    })
    .map((all) => all.join(' ')),
})
const anyWeights = fc
  .tuple(
    fc.array(fc.double({ min: -9, max: 9, noNaN: true }), {
      minLength: FEATURES.length,
      maxLength: FEATURES.length,
    }),
    fc.double({ min: 0, max: 1, noNaN: true }),
  )
  .map(([learnt, join]): Weights => ({
    ...WEIGHTS,
    version: 'learnt',
    features: named(FEATURES, learnt),
    join,
  }))

test('whatever a workspace has learnt, a note joins by itself only what it would have joined without', () => {
  const seen = { join: 0, kept: 0 }
  fc.assert(
    fc.property(fc.array(anyNote, { maxLength: 12 }), anyWeights, (notes, learnt) => {
      const register = new MemoryRegister(() => WEIGHTS)
      for (const [index, each] of notes.entries()) {
        const groupable = { ...each, mood: 'embarrassed', expected: null, walk: null, person: null }
        const features = noteFeaturesOf({ ...groupable, at: index } as GroupableNote)
        register.place({ id: `n${index}`, group: '', unit: '', features }, (question) => {
          const shipped = choose(question, WEIGHTS)
          const choice = choose(question, learnt, WEIGHTS)
          if (shipped.decision === 'join' && question.twin === null) seen.kept += 1
          if (choice.decision !== 'join') return
          if (question.twin === null) seen.join += 1
          expect(shipped).toMatchObject({ decision: 'join', entryId: choice.entryId })
        })
      }
    }),
    { numRuns: 300 },
  )
  // Both ways are walked: what joins all the same, and what does not any more.
  expect(seen.join).toBeGreaterThan(20)
  expect(seen.kept).toBeGreaterThan(seen.join)
})
