import { expect, test } from 'vitest'

import type { Again } from '#shared/api/again'
import { ApiError } from '#shared/api/call'

import { toLongDay } from '../../worker/dashboard/words'
import { AgainModel } from '../../worker/dashboard/again/again'
import {
  askedInWords,
  figuresOf,
  regressionsInWords,
} from '../../worker/dashboard/again/again-words'

const asked = { leaders: 3, walked: 1, open: 2, last: { at: 0, by: 'Rita' } }
const walk = {
  id: 'w',
  startedAt: 0,
  elapsedMs: 90_000,
  waitingMs: 0,
  pages: 2,
  winces: 1,
  done: null,
}

test('who was asked is told in figures, never by name', () => {
  expect(askedInWords(asked)).toBe(
    `Asked of 3 leaders, last on ${toLongDay(0)} by Rita. 1 walked it, 2 not yet.`,
  )
  expect(askedInWords({ ...asked, walked: 0 })).toContain('Nobody has walked it yet.')
  expect(askedInWords({ ...asked, walked: 3, open: 0 })).toMatch(/3 walked it\.$/)
  expect(askedInWords({ ...asked, last: null })).toBeNull()
})

test('both walks stand beside each other, and one whose first is gone stands alone', () => {
  expect(figuresOf({ first: walk, second: { ...walk, elapsedMs: 30_000, done: 'yes' } })).toEqual([
    { name: 'Start to end', first: '1:30', second: '0:30' },
    { name: 'Waiting', first: '0:00', second: '0:00' },
    { name: 'Pages', first: '2', second: '2' },
    { name: 'Winces', first: '1', second: '1' },
    { name: 'Got it done', first: 'not said', second: 'yes' },
  ])
  expect(figuresOf({ first: null, second: walk })[0]?.first).toBe('–')
})

test('how often it came back', () => {
  expect([0, 1, 2, 3].map(regressionsInWords)).toEqual([
    null,
    'It was closed, and a new note opened it again once.',
    'It was closed, and a new note opened it again twice.',
    'It was closed, and a new note opened it again 3 times.',
  ])
})

test('asking says how many were asked, can be undone, and says why where it cannot be', async () => {
  const answer = (open: number): Again => ({
    asked: { ...asked, open },
    pairs: [],
    regressions: 0,
  })
  let isFull = false
  const model = new AgainModel({
    number: 7,
    api: {
      readAgain: async () => answer(1),
      askForSecondWalk: async () => {
        if (isFull) throw new ApiError(422, 'nobody-to-ask', 'Everybody is asked already.')
        return answer(3)
      },
      dropSecondWalks: async () => answer(0),
    },
  })
  await model.reload()

  await model.ask()
  expect(model.asking.value).toEqual({
    sentence: '2 leaders are asked. It stands on top of their panel.',
    canUndo: true,
  })
  await model.takeBack()
  expect(model.asking.value).toEqual({ sentence: 'Nobody is asked any more.', canUndo: false })
  isFull = true
  await model.ask()
  expect(model.asking.value).toEqual({ sentence: 'Everybody is asked already.', canUndo: false })
})
