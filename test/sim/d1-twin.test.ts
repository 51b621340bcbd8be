import { beforeEach, expect, test } from 'vitest'

import { D1_CONTRACT, STRICTER_THAN_LOCAL, prepareContract } from './d1-contract'
import { openD1Twin } from './d1-twin'

const twin = openD1Twin()
beforeEach(() => prepareContract(twin.d1))

test.each(Object.entries({ ...D1_CONTRACT, ...STRICTER_THAN_LOCAL }))(
  'the twin of D1: %s',
  async (_what, expectOf) => {
    await expectOf(twin.d1)
  },
)

test('a restored snapshot is the database as it was, and time goes on from there', async () => {
  const put = (id: string) => twin.d1.prepare('INSERT INTO thing (id) VALUES (?)').bind(id).run()
  const ids = async () => {
    const { results } = await twin.d1.prepare('SELECT id FROM thing ORDER BY id').all()
    return results.map(({ id }) => id)
  }
  const empty = twin.snapshot()
  await put('a')
  const one = twin.snapshot()
  await put('b')
  const two = twin.snapshot()

  twin.restore(one)
  await put('c')
  expect(await ids()).toEqual(['a', 'c'])

  // The time of this one is no more.
  twin.restore(two)
  expect(await ids()).toEqual(['a'])

  twin.restore(empty)
  expect(await ids()).toEqual([])
})
