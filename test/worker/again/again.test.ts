import { expect, test } from 'vitest'

import {
  MORNING,
  newId,
  newPart,
  newWalk,
  partOp,
  topicNote,
  walkRecallOp,
} from '../../support/ops'
import { entriesOf, note } from '../grouping/support'
import { type Device, newSender, pull, push } from '../sync/support'
import { refusalOf } from '../triage/support'
import { DAY, errand, newFixed, nextMid, setState } from './support'

const asksOf = async (device: Device, cursor?: string) => {
  const pulled = await pull(device, cursor === undefined ? {} : { cursor })
  return { asks: pulled.rows.filter(({ type }) => type === 'second-walk'), cursor: pulled.cursor }
}

function walkedAgain(entryId: string) {
  return newWalk({
    ...errand,
    startedAt: MORNING + DAY,
    endedAt: MORNING + DAY + 300_000,
    state: 'done',
    againOf: entryId,
  })
}

test('those who noted an entry are asked, and hear how they walked it', async () => {
  const { device, client, entry } = await newFixed()
  const stranger = await newSender({ workspace: device.workspace })

  const again = await client.askForSecondWalk(1)

  expect(again).toMatchObject({
    asked: { leaders: 1, walked: 0, open: 1, last: { by: 'Rita Reviewer' } },
    pairs: [],
  })
  expect((await asksOf(device)).asks).toMatchObject([
    {
      ...errand,
      entryId: entry.id,
      state: 'open',
      page: 'https://help.example.org/wifi/join',
    },
  ])
  expect((await asksOf(stranger)).asks).toEqual([])
  expect((await client.getEntry(1)).history.events[0]).toMatchObject({
    what: 'second-walk-asked',
    actor: 'Rita Reviewer',
  })
})

test('nobody is asked twice, nor for what is not fixed', async () => {
  const { device, client } = await newFixed('progress')
  expect(await refusalOf(client.askForSecondWalk(1))).toMatchObject({ code: 'not-fixed' })

  await setState(device, 'check')
  await client.askForSecondWalk(1)

  expect(await refusalOf(client.askForSecondWalk(1))).toMatchObject({ code: 'nobody-to-ask' })
  expect((await asksOf(device)).asks).toHaveLength(1)
})

test('an ask is taken back, and the browser hears of it', async () => {
  const { device, client } = await newFixed()
  await client.askForSecondWalk(1)
  const { cursor } = await asksOf(device)

  expect(await client.dropSecondWalks(1)).toMatchObject({ asked: { leaders: 0, open: 0 } })

  expect((await asksOf(device, cursor)).asks).toMatchObject([{ state: 'dropped' }])
})

test('the walk that comes of it stands beside the first one, and answers', async () => {
  const { device, walk, client, entry } = await newFixed()
  await client.askForSecondWalk(1)
  const { cursor } = await asksOf(device)
  const second = walkedAgain(entry.id)
  const totals = { ...newPart().totals, elapsedMs: 300_000, pages: 1 }

  await push(device, [
    partOp(nextMid(), newPart({ walk: { ...second, state: 'walking', endedAt: null } })),
  ])
  expect(await client.readAgain(1)).toMatchObject({ asked: { walked: 0, open: 1 }, pairs: [] })
  await push(device, [partOp(nextMid(), newPart({ walk: second, part: 2, totals }))])
  await push(device, [partOp(nextMid(), newPart({ walk: second, part: 3, totals }))])

  expect(await client.readAgain(1)).toMatchObject({
    asked: { leaders: 1, walked: 1, open: 0 },
    pairs: [
      {
        first: { id: walk.id, elapsedMs: 1_800_000, waitingMs: 600_000, pages: 2, winces: 1 },
        second: { id: second.id, elapsedMs: 300_000, waitingMs: 0, pages: 1, winces: 0 },
      },
    ],
  })
  expect((await asksOf(device, cursor)).asks).toMatchObject([{ state: 'walked' }])
  const told = (await client.getEntry(1)).history.events.filter(
    ({ what }) => what === 'walked-again',
  )
  expect(told).toHaveLength(1)
})

test('taken back, it answers nothing any more, and nothing is compared with it', async () => {
  const { device, walk, client, entry } = await newFixed()
  await client.askForSecondWalk(1)
  const second = walkedAgain(entry.id)
  await push(device, [partOp(nextMid(), newPart({ walk: second }))])
  expect((await client.readAgain(1)).pairs).toHaveLength(1)

  expect(await push(device, [walkRecallOp(nextMid(), walk.id)])).toMatchObject([
    { status: 'applied' },
  ])
  expect((await client.readAgain(1)).pairs).toMatchObject([{ first: null }])
  expect(await push(device, [walkRecallOp(nextMid(), second.id)])).toMatchObject([
    { status: 'applied' },
  ])

  expect(await client.readAgain(1)).toMatchObject({ asked: { walked: 0, open: 1 }, pairs: [] })
  expect((await asksOf(device)).asks).toMatchObject([{ state: 'open', errand: null, page: null }])
})

test('a walk of somebody who never noted the entry is taken, and says nothing of it', async () => {
  const { device, client, entry } = await newFixed()
  const stranger = await newSender({ workspace: device.workspace })
  const elsewhere = await newSender()

  expect(
    await push(stranger, [partOp(nextMid(), newPart({ walk: walkedAgain(entry.id) }))]),
  ).toMatchObject([{ status: 'applied' }])
  await push(elsewhere, [partOp(nextMid(), newPart({ walk: walkedAgain(entry.id) }))])
  await push(stranger, [partOp(nextMid(), newPart({ walk: walkedAgain(newId()) }))])

  expect((await client.readAgain(1)).pairs).toEqual([])
})

test('an entry that was merged keeps its asks and its walks', async () => {
  const { device, client, entry } = await newFixed()
  await client.askForSecondWalk(1)
  await note(device, topicNote(1))
  await client.decide({ id: newId(), what: 'merge', entry: 1, into: 2 })

  const [, target] = await entriesOf(device)
  expect((await asksOf(device)).asks).toMatchObject([{ entryId: target?.id, state: 'open' }])
  await push(device, [partOp(nextMid(), newPart({ walk: walkedAgain(entry.id) }))])

  expect(await client.readAgain(2)).toMatchObject({ asked: { walked: 1, open: 0 } })
  expect((await client.readAgain(2)).pairs).toHaveLength(1)
})

test('a new note on a closed entry opens it again, keeps its history, and is told to author and owner', async () => {
  const { device, client } = await newFixed()
  const { cursor } = await pull(device)
  const dean = await newSender({ workspace: device.workspace })

  await note(dean, topicNote(0, { at: MORNING + DAY }))

  const detail = await client.getEntry(1)
  expect(detail.entry).toMatchObject({ state: 'reopened', notes: 2, regressions: 1 })
  expect(detail.history.events.map(({ what }) => what)).toEqual(['reopened', 'opened'])
  expect(await client.readAgain(1)).toMatchObject({ regressions: 1 })
  expect((await pull(device, { cursor })).rows).toMatchObject([
    { type: 'entry', number: 1, state: 'reopened' },
  ])

  await setState(device, 'closed')
  await note(dean, topicNote(0, { at: MORNING + 2 * DAY }))
  expect((await client.getEntry(1)).entry).toMatchObject({ regressions: 2 })
})
