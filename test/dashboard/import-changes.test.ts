import { expect, test } from 'vitest'

import type { EntryRow } from '#shared/api/register'

import { newEntryRow } from '../support/entry-row'
import { changeBy } from '../../worker/dashboard/import/changes'
import type { GoodLine } from '../../worker/dashboard/import/lines'

const OLIVE = { id: '01890a5d-ac96-774b-bcce-b302099a8057', name: 'Olive Owner' }
const ROW = newEntryRow({
  title: 'A',
  service: 'HR',
  state: 'analyse',
  impact: 2,
  changedAt: 1000,
})

function goodLine(asked: Partial<GoodLine['asked']>, changedAt?: number): GoodLine {
  return {
    asked: { line: 2, key: 'k', number: 12, title: 'A', service: 'HR', ...asked },
    changedAt,
    personal: undefined,
  }
}

test('a line that says what is there changes nothing; one that differs says before and after', () => {
  expect(changeBy(goodLine({ impact: 2 }), ROW)).toEqual({ is: 'same' })
  expect(changeBy(goodLine({ title: 'B', impact: 4, effort: 'S', owner: OLIVE.id }), ROW)).toEqual({
    is: 'change',
    values: { title: 'B', impact: 4, effort: 'S', owner: OLIVE.id },
    words: ['title A → B', 'impact 2 → 4', 'effort not set → S', 'gets an owner'],
  })
})

test('a line changes nothing of what was merged, handed on, kept, or changed after the file', () => {
  const problemOf = (line: GoodLine, row: Partial<EntryRow>) => changeBy(line, { ...ROW, ...row })

  expect(problemOf(goodLine({ impact: 4 }), { state: 'merged' })).toMatchObject({ is: 'bad' })
  expect(problemOf(goodLine({ impact: 4 }), { mood: 'liked', impact: null })).toMatchObject({
    is: 'bad',
  })
  expect(
    problemOf(goodLine({ owner: '01890a5d-ac96-774b-bcce-b302099a8058' }), { owner: OLIVE }),
  ).toMatchObject({
    problem: 'Olive Owner owns 12. Hand it on there, with a reason.',
  })
  expect(problemOf(goodLine({ impact: 4 }, 999), {})).toMatchObject({ is: 'bad' })
  expect(problemOf(goodLine({ impact: 4 }, 1000), {})).toMatchObject({ is: 'change' })
  expect(problemOf(goodLine({ impact: 2 }, 999), {})).toEqual({ is: 'same' })
})
