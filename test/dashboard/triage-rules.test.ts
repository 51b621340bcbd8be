import { expect, test } from 'vitest'

import type { EntryRow } from '#shared/api/register'

import { TRIAGE_KEYS } from '../../worker/dashboard/triage/keys'
import {
  allOf,
  extended,
  noSelection,
  toggled,
  without,
} from '../../worker/dashboard/triage/selection'
import {
  noteDoneInWords,
  reasonsOf,
  stepsBeforeInWords,
} from '../../worker/dashboard/triage/triage-words'
import { createVersions } from '../../worker/dashboard/triage/versions'
import {
  counted,
  laneOf,
  putInto,
  takeFrom,
  toOutings,
} from '../../worker/dashboard/triage/waiting-notes'
import { newEntry, newWaiting } from '../support/triage-notes'

test('the keys of triage are those of the design, and none does two things', () => {
  const keys = TRIAGE_KEYS.map(({ key }) => key)

  expect(new Set(keys).size).toBe(keys.length)
  // DESIGN.md, §5 Keys; X chooses, as in the register.
  expect(Object.fromEntries(TRIAGE_KEYS.map(({ key, act }) => [key, act]))).toEqual({
    j: 'next',
    k: 'before',
    '1': 'accept',
    '2': 'own',
    '3': 'decline',
    m: 'move',
    s: 'split',
    g: 'merge',
    r: 'rename',
    h: 'later',
    x: 'choose',
    z: 'undo',
    '?': 'keys',
  })
})

test('a range goes on from the note chosen last, in either direction, and keeps what was chosen', () => {
  const listed = ['a', 'b', 'c', 'd', 'e']
  const one = toggled(noSelection('all'), 'd')

  expect(extended(one, listed, 'b').ids.toSorted()).toEqual(['b', 'c', 'd'])
  expect(extended(extended(one, listed, 'e'), listed, 'b').ids.toSorted()).toEqual([
    'b',
    'c',
    'd',
    'e',
  ])
  expect(extended(noSelection('all'), listed, 'c').ids).toEqual(['c'])
  expect(extended(toggled(noSelection('all'), 'gone'), listed, 'c').ids.toSorted()).toEqual([
    'c',
    'gone',
  ])
  expect(toggled(one, 'd').ids).toEqual([])
})

test('a whole view is its ids as they were, and says when there are more', () => {
  const all = allOf('sure', { ids: ['a', 'b'], more: true })

  expect(all).toMatchObject({ ids: ['a', 'b'], from: 'sure', isCut: true })
  expect(without(all, new Set(['a', 'x'])).ids).toEqual(['b'])
  expect(without(all, new Set(['x']))).toBe(all)
})

test('notes that leave a list come back to where they were', () => {
  const notes = ['a', 'b', 'c', 'd'].map((id) => newWaiting(id))
  const { left, taken } = takeFrom(notes, new Set(['b', 'd']))

  expect(left.map(({ id }) => id)).toEqual(['a', 'c'])
  expect(putInto(left, taken)).toEqual(notes)
  expect(putInto([], taken).map(({ id }) => id)).toEqual(['b', 'd'])
  expect(putInto(notes, taken)).toEqual(notes)
})

test('a note counts where grouping put it: sure, asked, or in neither', () => {
  const asked = newWaiting('a', {
    proposal: { entry: newEntry(9), p: 0.6, sentence: 'Same page.', engine: 'x' },
  })
  const own = newWaiting('b', { why: { decision: 'open', sentence: 'New.', nextBest: [] } })

  expect([newWaiting('c'), asked, own].map(laneOf)).toEqual(['sure', 'asked', null])
  const why = { decision: 'join', sentence: 'Its author said: the same as #7.', nextBest: [] }
  expect(laneOf(newWaiting('d', { placedByPerson: true, why }))).toBe('sure')
  const moved = { decision: 'moved', sentence: 'A person put it here.', nextBest: [] }
  expect(laneOf(newWaiting('e', { placedByPerson: true, why: moved }))).toBeNull()
  expect(counted({ all: 3, sure: 1, asked: 1 }, [asked, own], -1)).toEqual({
    all: 1,
    sure: 1,
    asked: 0,
  })
})

test('neighbours of one walk stand under one heading', () => {
  const walk = { id: 'w', kind: 'errand' as const, errand: null, persona: null }
  const outings = toOutings(
    [newWaiting('a', { walk }), newWaiting('b', { walk }), newWaiting('c'), newWaiting('d')],
    String,
  )

  expect(outings.map(({ notes }) => notes.map(({ id }) => id))).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ])
})

test('a reason is read sentence by sentence, without its runner-up', () => {
  expect(
    reasonsOf('Same button on the same page (9 of 11). Similar words: wifi, form. Next best: #12.'),
  ).toEqual(['Same button on the same page (9 of 11)', 'Similar words: wifi, form'])
  expect(reasonsOf('Nothing like it yet. Nearest: #3.')).toEqual(['Nothing like it yet'])
  expect(reasonsOf('')).toEqual([])
})

test('what was done is said with the number and how many notes are there now', () => {
  const note = newWaiting('a', {
    proposal: { entry: newEntry(9), p: 0.6, sentence: 'Same page.', engine: 'x' },
  })
  const entries = [
    { number: 9, notes: 4 },
    { number: 12, notes: 1 },
  ] as EntryRow[]

  expect(noteDoneInWords('confirm', note, { entries }, null)).toBe('Note joined #9, now 4 notes.')
  expect(noteDoneInWords('own', note, { entries }, null)).toBe('Note has its own entry, #12.')
  expect(noteDoneInWords('own', note, { entries: [] }, null)).toBe('Note has its own entry, #7.')
  expect(noteDoneInWords('move', note, { entries }, 12)).toBe('Note moved to #12, now 1 note.')
})

test('a decision names the version on screen, unless this page has changed the entry since', () => {
  const versions = createVersions()
  const first = versions.seen([newEntry(7), newEntry(9)])
  versions.learn([{ number: 7, version: 5 }])
  const second = versions.seen([newEntry(7, { version: 8 })])

  expect(first()).toEqual([
    { entry: 7, version: 5 },
    { entry: 9, version: 1 },
  ])
  // What was on screen by then is newer than what the page knew.
  expect(second()).toEqual([{ entry: 7, version: 8 }])
})

test.each([
  [1, 'The step before'],
  [2, 'The two steps before'],
  [5, 'The five steps before'],
])('%i steps are headed “%s”', (steps, words) => {
  expect(stepsBeforeInWords(steps)).toBe(words)
})
