import { expect, test } from 'vitest'

import { ApiError } from '#shared/api/call'
import type { EntryDetail } from '#shared/api/entry'
import type { EntryRow } from '#shared/api/register'
import { NO_WORK } from '#shared/work'

import { newEntryRow } from '../support/entry-row'
import { conflictsOf } from '../../worker/dashboard/entry/conflict'
import { EntryModel } from '../../worker/dashboard/entry/entry'

const ROW = newEntryRow()
const DETAIL: EntryDetail = {
  entry: ROW,
  firstNoteAt: 0,
  lastNoteAt: 0,
  evidence: { notes: [], next: null },
  history: { events: [], next: null },
  work: NO_WORK,
  told: { whatChanged: '', whyNot: '' },
  owners: [],
  mergedFrom: null,
  mergedIn: [],
}

/** An entry's model over a server that holds one row. */
function newEntryModel(change: { isOvertaken?: boolean } = {}) {
  let row = ROW
  const asked: unknown[] = []
  const entry = new EntryModel({
    number: 12,
    api: {
      getEntry: async () => ({ ...DETAIL, entry: row }),
      changeEntry: async (_number, { version, owner: _owner, ...values }) => {
        asked.push({ version, ...values })
        if (change.isOvertaken) {
          row = { ...row, title: 'Theirs', version: version + 1 }
          throw new ApiError(409, 'changed', 'Somebody changed this meanwhile.')
        }
        row = { ...row, ...(values as Partial<EntryRow>), version: version + 1 }
        return row
      },
      moveEntry: async (_number, { version, ...move }) => {
        asked.push({ version, ...move })
        row = { ...row, state: move.to, version: version + 1 }
        return row
      },
      listNotes: () => Promise.reject(new Error('not asked')),
      listHistory: () => Promise.reject(new Error('not asked')),
      undoDecision: () => Promise.reject(new Error('not asked')),
    },
  })
  return { entry, asked }
}

test('a judgement is saved with the version on screen, and undone with one press', async () => {
  const { entry, asked } = newEntryModel()
  await entry.reload()

  await entry.judge({ impact: 4 })
  expect(entry.saving.value).toMatchObject({ status: 'saved', sentence: 'Impact is 4 now.' })
  await entry.undo()

  expect(asked).toEqual([
    { version: 3, impact: 4 },
    { version: 4, impact: null },
  ])
  expect(entry.saving.value).toEqual({ status: 'resting' })
})

test('whoever was overtaken sees theirs and keeps their own words', async () => {
  const { entry } = newEntryModel({ isOvertaken: true })
  await entry.reload()
  entry.startRenaming()
  entry.setTitle('Mine')

  await entry.rename()

  expect(entry.saving.value).toEqual({ status: 'overtaken', mine: { title: 'Mine' } })
  expect(entry.renaming.value).toBe('Mine')
  expect(entry.state.value).toMatchObject({ value: { entry: { title: 'Theirs' } } })
})

test('whoever was overtaken sees both, and saves theirs over what stands now with one press', async () => {
  const overtaken = { isOvertaken: true }
  const { entry, asked } = newEntryModel(overtaken)
  await entry.reload()
  expect(await entry.judge({ title: 'Mine', impact: 4 })).toBe(false)
  const stands = { ...DETAIL, entry: { ...ROW, title: 'Theirs' } }
  expect(conflictsOf(stands, { title: 'Mine', impact: 4, effort: null })).toEqual([
    { field: 'Title', theirs: 'Theirs', mine: 'Mine' },
    { field: 'Impact', theirs: 'not set', mine: '4' },
  ])

  overtaken.isOvertaken = false
  await entry.saveMine()

  expect(asked.at(-1)).toEqual({ version: 4, title: 'Mine', impact: 4 })
  expect(entry.saving.value).toMatchObject({ status: 'saved' })
})

test('an entry is moved with the version on screen, and says where it is now', async () => {
  const { entry, asked } = newEntryModel()
  await entry.reload()
  expect(await entry.move({ to: 'hold', reason: 'The supplier' })).toBe(true)
  expect(asked).toEqual([{ version: 3, to: 'hold', reason: 'The supplier' }])
  expect(entry.saving.value).toMatchObject({ sentence: 'It is On hold now.', undo: null })
})
