import { expect, test } from 'vitest'

import { ApiError } from '#shared/api/call'
import { uuidv7 } from '#shared/id'

import { newEntryRow } from '../support/entry-row'
import { ChosenModel } from '../../worker/dashboard/register/chosen'

const OLIVE = { id: newId(), name: 'Olive Owner' }
const ROW = newEntryRow({ number: 7, impact: 4, effort: 'S', version: 1 })

test('a page that was read before a change does not take the newest version away', async () => {
  let row = ROW
  const chosen = new ChosenModel({
    api: {
      async changeEntry(_number, { version, owner, effort }) {
        if (version !== row.version) throw new ApiError(409, 'changed', 'Somebody was faster.')
        row = { ...row, version: version + 1 }
        if (effort !== undefined) row = { ...row, effort }
        if (owner !== undefined) row = { ...row, owner: owner === null ? null : OLIVE }
        return row
      },
      decide: async () => Promise.reject(new Error('nothing is merged here')),
      undoDecision: async () => Promise.reject(new Error('nothing is undone here')),
    },
    newId,
    onChanged() {},
  })
  chosen.toggle(ROW)
  const theChosen = () => [...chosen.chosen.peek().values()]

  await chosen.judge(theChosen(), { effort: 'XL' })
  // The screen draws once more what it has, until the list has been read again.
  chosen.update([ROW])
  await chosen.judge(theChosen(), { owner: OLIVE.id })

  expect(chosen.acting.peek()).toMatchObject({ status: 'done', sentence: '1 entry changed' })
  expect(row).toMatchObject({ effort: 'XL', owner: OLIVE, version: 3 })
})

function newId() {
  return uuidv7(0, (length) => crypto.getRandomValues(new Uint8Array(length)))
}
