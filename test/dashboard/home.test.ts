import { expect, test } from 'vitest'

import { ApiError } from '#shared/api/call'
import type { Home, HomeFollowUp } from '#shared/api/home'
import type { EntryRow } from '#shared/api/register'

import { HomeModel } from '../../worker/dashboard/home/home'
import { clockOf, customerOf, figureOf, manyAtStart } from '../../worker/dashboard/home/home-words'

const HOUR = 3_600_000

test('figures begin a sentence as words, and stop where home stops counting', () => {
  expect([1, 4, 12, 13, 200].map((number) => manyAtStart(number, 'note'))).toEqual([
    'One note',
    'Four notes',
    'Twelve notes',
    '13 notes',
    '200 notes',
  ])
  expect(manyAtStart(201, 'note')).toBe('More than 200 notes')
  expect([3, 201].map(figureOf)).toEqual(['3', 'more than 200'])
})

test('a clock says how long it is over, or how long is left', () => {
  const followUp = (dueAt: number): HomeFollowUp => ({
    id: 'f',
    customer: '',
    dueAt,
    waitsFor: 'word',
    seenThroughBy: null,
    entry: { number: 1, title: 'Calls end' },
  })
  expect(clockOf(followUp(0), 5.5 * HOUR)).toEqual({ isLate: true, words: '5 h 30 over' })
  expect(clockOf(followUp(HOUR), HOUR / 2)).toEqual({ isLate: false, words: '30 min left' })
  expect(customerOf(followUp(0))).toBe('A customer, about “Calls end”')
  expect(customerOf({ ...followUp(0), entry: null })).toBe('A customer')
  expect(customerOf({ ...followUp(0), customer: 'A porter' })).toBe('A porter')
})

async function modelOf(answer: (change: object) => Promise<Pick<EntryRow, 'number' | 'version'>>) {
  const entry = { number: 7, version: 1, owner: null } as EntryRow
  const home = { quickWins: [entry], unowned: [entry] } as unknown as Home
  const model = new HomeModel({
    home: async () => home,
    changeEntry: async (_number, change) => (await answer(change)) as EntryRow,
  })
  await model.reload()
  const ownersShown = () => {
    const shown = model.state.value
    if (shown.status !== 'ready') return null
    return [...shown.value.quickWins, ...shown.value.unowned].map(({ owner }) => owner)
  }
  return { model, entry, ownersShown }
}

test('an owner is given where the entry stands, in every list, and taken back with a reason', async () => {
  const rita = { id: 'r', name: 'Rita' }
  const sent: object[] = []
  const { model, entry, ownersShown } = await modelOf(async (change) => {
    sent.push(change)
    return {
      ...entry,
      version: entry.version + sent.length,
      ...(sent.length === 1 && { owner: rita }),
    }
  })

  await model.give(entry, rita)

  expect(ownersShown()).toEqual([rita, rita])
  expect(model.given.value?.sentence).toBe('Rita owns #7 now.')
  model.given.value?.undo?.()
  await expect.poll(ownersShown).toEqual([null, null])
  expect(sent).toEqual([
    { version: 1, owner: 'r' },
    { version: 2, owner: null, reason: 'Given by mistake.' },
  ])
})

test('what somebody changed meanwhile is said, and home is read anew', async () => {
  const { model, entry } = await modelOf(async () => {
    throw new ApiError(409, 'changed', 'Somebody changed this meanwhile.')
  })

  await model.give(entry, { id: 'r', name: 'Rita' })

  expect(model.given.value).toEqual({ sentence: 'Somebody changed this meanwhile.', undo: null })
  expect(model.state.value.status).toBe('ready')
})
