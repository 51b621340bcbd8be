import { beforeEach, expect, test, vi } from 'vitest'

import { SomeoneToldModel } from '../../../extension/someone-told/someone-told'
import { parcelOfAll } from '../../../extension/sync/parcels'
import { emptyDevice, listener, surroundingsAt } from '../device'

const surroundings = surroundingsAt()
let database: Awaited<ReturnType<typeof emptyDevice>>
beforeEach(async () => {
  database = await emptyDevice()
})

function opened() {
  const { told, say } = listener()
  const reopened: string[] = []
  const model = new SomeoneToldModel({
    database,
    surroundings,
    say,
    reopen: (id) => void reopened.push(id),
  })
  return { model, told, reopened }
}
const sent = async () =>
  (await parcelOfAll(database, surroundings)).payloads.map(({ payload }) => payload)

test('what somebody told goes the way of every note, with the promise they agreed to', async () => {
  const { model, told, reopened } = opened()
  model.change({ words: ' They waited a week ', wince: 2, service: ' Badges ' })
  model.toggleOwed()
  model.setOwed({ reference: 'INC7', agreed: true })

  expect(await model.save()).toBe(true)

  expect(await sent()).toMatchObject([
    {
      source: 'told',
      walkId: null,
      words: 'They waited a week',
      wince: 2,
      service: 'Badges',
      place: { kind: 'desk', reason: null },
      owed: { reference: 'INC7', since: surroundings.now() },
    },
  ])
  told.at(-1)?.undo?.()
  expect(reopened).toEqual([model.note.value.id])
})

test('service met elsewhere, good or bad, is owed no answer here', async () => {
  const { model } = opened()
  model.toggleOwed()
  model.setOwed({ agreed: true })
  model.change({ words: 'The bakery knew my name', source: 'elsewhere' })
  model.change({ mood: 'liked' })

  await model.save()

  const [note] = await sent()
  expect(note).toMatchObject({ source: 'elsewhere', mood: 'liked', wince: null })
  expect(note).not.toHaveProperty('owed')
})

test('is a draft on the disk while it is written, and nothing where nothing was said', async () => {
  const { model, told } = opened()
  expect(await model.save()).toBe(false)
  expect(told).toHaveLength(1)
  expect(await database.count('note')).toBe(0)

  model.change({ words: 'Half a sen' })

  await vi.waitFor(async () =>
    expect(await database.getAll('note')).toMatchObject([{ words: 'Half a sen', state: 'draft' }]),
  )
})
