import { expect, test } from 'vitest'

import { ApiError } from '#shared/api/call'
import type { ImportedLine } from '#shared/api/import'

import { newEntryRow } from '../support/entry-row'
import { ImportModel } from '../../worker/dashboard/import/import'

const LIST = 'Key,Title,Impact\n1,First,4\n2,Second,4\n'

/** A page over a server that holds two entries without an impact, and fails a change as it is told. */
async function newImport(failures: (number | 'lost')[]) {
  const rows = ['First', 'Second'].map((title, index) => newEntryRow({ number: index + 1, title }))
  const model = new ImportModel({
    api: {
      listPeople: async () => ({ people: [] }),
      importEntries: async ({ lines }) => ({
        lines: lines.map(({ line, title }): ImportedLine => {
          const entry = rows.find((row) => row.title === title)
          if (!entry) throw new Error('no such line')
          return { line, is: 'here', entry }
        }),
      }),
      async changeEntry(number, { version, impact = null }) {
        const failure = failures.shift()
        if (typeof failure === 'number') throw new ApiError(failure, 'no', 'Not now.')
        const at = number - 1
        const row = rows[at]
        if (!row || row.version !== version) throw new ApiError(409, 'changed', 'Overtaken.')
        const changed = { ...row, impact, version: version + 1 }
        rows[at] = changed
        if (failure === 'lost') throw new TypeError('the answer was lost')
        return changed
      },
    },
  })
  await model.choose(new File([LIST], 'list.csv'))
  await model.look()
  model.changesToo.value = true
  await model.bringIn()
  return { model, rows }
}

test.each([{ failures: [401] }, { failures: [429] }, { failures: ['lost' as const] }])(
  'a change that $failures stops is gone on with, and each line is done once',
  async ({ failures }) => {
    const { model, rows } = await newImport(failures)
    expect(model.doing.peek().what).toBe('failed')
    expect(model.done.peek()).toMatchObject({ changed: [], bad: [], isWhole: false })

    await model.bringIn()

    expect(model.done.peek()).toMatchObject({ changed: [2, 3], bad: [], isWhole: true })
    expect(rows.map(({ impact }) => impact)).toEqual([4, 4])
  },
)

test('a change that the server refuses is its line’s own, and the others go on', async () => {
  const { model } = await newImport([422])

  expect(model.done.peek()).toMatchObject({
    changed: [3],
    bad: [{ line: 2, problem: 'Not now.' }],
    isWhole: true,
  })
})
