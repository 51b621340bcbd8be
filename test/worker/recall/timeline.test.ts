import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'

import { RECALL_WINDOW_MS } from '#shared/limits'

import { openDatabase } from '../../../worker/database/open'
import { applyOps } from '../../../worker/sync/push'
import {
  newId,
  newNote,
  newPart,
  newWalk,
  noteOp,
  pageStep,
  partOp,
  recallOp,
  walkRecallOp,
} from '../../support/ops'
import { brokenRules, note } from '../grouping/support'
import { type Device, count, newSender, pull, pullAll, push, rows } from '../sync/support'
import { leftOf, newCanaryParts } from './support'

/** As a push that was received at another time. */
const pushAt = (device: Device, ops: readonly unknown[], receivedAt: number) => {
  const { personId, captureId: deviceId, id: pairingId, epoch = 1 } = device
  const sender = { workspaceId: device.workspace.id, personId, pairingId, deviceId, epoch }
  return applyOps(env.DB, openDatabase(env.DB), sender, { proto: 2, ops }, receivedAt)
}

test('of a timeline that was taken back no word, step or part is anywhere any more', async () => {
  const device = await newSender()
  const { canaries, walk, parts } = newCanaryParts()
  await push(
    device,
    parts.map((part, index) => partOp(index + 1, part)),
  )
  expect(await leftOf(...canaries)).toEqual(canaries)

  expect(await push(device, [walkRecallOp(9, walk.id)])).toMatchObject([{ status: 'applied' }])

  expect(await leftOf(...canaries)).toEqual([])
  expect(await count('step WHERE walk_id = ?', walk.id)).toBe(0)
  expect(await count('walk WHERE id = ?', walk.id)).toBe(0)
  expect(JSON.stringify([...(await pullAll(device)).mirror.values()])).not.toContain('kanari')
  // That there were parts, when and by whom, stays in the log.
  expect(
    await rows('SELECT kind, payload FROM op WHERE subject_id = ? ORDER BY seq', walk.id),
  ).toEqual([
    { kind: 'walk.part', payload: '{}' },
    { kind: 'walk.part', payload: '{}' },
    { kind: 'walk.recall', payload: JSON.stringify({ walkId: walk.id }) },
  ])
})

test('no part of it comes back: the same op, a later part, another browser, and nothing is stored', async () => {
  const device = await newSender()
  const twin = await newSender({ workspace: device.workspace, personId: device.personId })
  const colleague = await newSender({ workspace: device.workspace })
  const { canaries, walk, parts } = newCanaryParts()
  const [first, second] = parts.map((part, index) => partOp(index + 1, part))
  const recall = walkRecallOp(3, walk.id)
  await push(device, [first, recall])

  expect(await push(device, [first, recall, second])).toMatchObject([
    { status: 'rejected', code: 'recalled' },
    { status: 'duplicate' },
    { status: 'rejected', code: 'recalled' },
  ])
  expect(await push(twin, [{ ...second, opId: newId() }, noteOp(9)])).toMatchObject([
    { code: 'recalled' },
    { status: 'applied' },
  ])
  expect(await push(colleague, [{ ...first, opId: newId() }])).toMatchObject([
    { code: 'forbidden' },
  ])
  expect(await leftOf(...canaries)).toEqual([])
})

test('its notes stay until they are taken back themselves, and more may be sent', async () => {
  const device = await newSender()
  const { walk, parts } = newCanaryParts()
  const kept = newNote({ walkId: walk.id, words: 'The queue has no end' })
  await note(device, kept)
  await push(device, [partOp(101, parts[0]), walkRecallOp(102, walk.id)])

  expect(await push(device, [noteOp(103, newNote({ walkId: walk.id }))])).toMatchObject([
    { status: 'applied' },
  ])
  const page = await device.workspace.owner.client.getEntry(1)
  expect(page.evidence.notes.map(({ id, walk: of }) => [id, of])).toContainEqual([kept.id, null])

  expect(await push(device, [recallOp(104, kept.id)])).toMatchObject([{ status: 'applied' }])
  expect(await brokenRules(device)).toEqual([])
})

test('the dashboard’s home counts and lists it no longer', async () => {
  const device = await newSender()
  const walk = newWalk({ startedAt: Date.now(), service: 'Wi-Fi' })
  await push(device, [partOp(1, newPart({ walk }))])
  const { client } = device.workspace.owner
  expect(await client.home()).toMatchObject({
    leadersWalking: 1,
    lastWalks: [{ id: walk.id }],
  })

  await push(device, [walkRecallOp(2, walk.id)])

  expect(await client.home()).toMatchObject({ leadersWalking: 0, lastWalks: [], coverage: [] })
})

test('the devices of its walker hear of a tombstone, and nobody else’s do', async () => {
  const device = await newSender()
  const colleague = await newSender({ workspace: device.workspace })
  const { walk, parts } = newCanaryParts()
  await push(device, [partOp(1, parts[0])])
  const before = await pull(device)
  const theirs = await pull(colleague)
  const [result] = await push(device, [walkRecallOp(2, walk.id)])

  expect((await pull(device, { cursor: before.cursor })).rows).toEqual([
    { type: 'tombstone', id: walk.id, seq: result?.seq },
  ])
  expect((await pull(colleague, { cursor: theirs.cursor })).rows).toEqual([])
})

test.each([
  { last: RECALL_WINDOW_MS - 60_000, code: undefined },
  { last: RECALL_WINDOW_MS + 60_000, code: 'too-late' },
])('a walk whose last part was received $last ms ago: $code', async ({ last, code }) => {
  const device = await newSender()
  const { walk, parts } = newCanaryParts()
  const now = Date.now()
  await pushAt(device, [partOp(1, parts[0])], now - 3 * RECALL_WINDOW_MS)
  await pushAt(device, [partOp(2, parts[1])], now - last)

  const [result] = await pushAt(device, [walkRecallOp(3, walk.id)], now)

  expect(result?.code).toBe(code)
  expect(await count('walk WHERE id = ?', walk.id)).toBe(code ? 1 : 0)
  expect(await count('tombstone WHERE subject_id = ?', walk.id)).toBe(code ? 0 : 1)
  expect(await count('step WHERE walk_id = ?', walk.id)).toBe(code ? 2 : 0)
})

test('somebody else’s walk, and one that never was, are nobody’s to take back', async () => {
  const device = await newSender()
  const colleague = await newSender({ workspace: device.workspace })
  const stranger = await newSender()
  const [theirs, strange] = [newWalk(), newWalk()]
  await push(colleague, [partOp(1, newPart({ walk: theirs }))])
  await push(stranger, [partOp(1, newPart({ walk: strange }))])

  expect(
    await push(
      device,
      [theirs.id, strange.id, newId()].map((id, at) => walkRecallOp(at + 1, id)),
    ),
  ).toMatchObject([{ code: 'forbidden' }, { code: 'forbidden' }, { code: 'forbidden' }])
  expect(await count('tombstone WHERE person_id = ?', device.personId)).toBe(0)
  expect(await count('op WHERE person_id = ?', device.personId)).toBe(0)
})

test('an id names one thing, so that nobody takes back another’s by giving its name to their own', async () => {
  const device = await newSender()
  const colleague = await newSender({ workspace: device.workspace })
  const [walk, told] = [newWalk(), newNote()]
  await push(colleague, [partOp(1, newPart({ walk })), noteOp(2, told)])

  expect(
    await push(device, [
      noteOp(1, newNote({ id: walk.id })),
      recallOp(2, walk.id),
      walkRecallOp(3, walk.id),
      partOp(4, newPart({ walk: newWalk({ id: told.id }) })),
      walkRecallOp(5, told.id),
      recallOp(6, told.id),
    ]),
  ).toMatchObject(Array.from({ length: 6 }, () => ({ code: 'forbidden' })))
  expect(await count('walk WHERE id = ?', walk.id)).toBe(1)
  expect(await count('note WHERE id = ?', told.id)).toBe(1)
})

test('after a restore it is taken back again, however old, and also where the walk was lost', async () => {
  const device = await newSender()
  const { canaries, walk, parts } = newCanaryParts()
  const lost = newWalk()
  await pushAt(device, [partOp(1, parts[0])], 1)
  await env.DB.prepare('UPDATE workspace SET epoch = 2 WHERE id = ?')
    .bind(device.workspace.id)
    .run()
  const restored = { ...device, epoch: 2 }

  expect(
    await push(restored, [
      walkRecallOp(2, walk.id),
      walkRecallOp(3, lost.id),
      partOp(4, newPart({ walk: lost, steps: [pageStep(1)] })),
    ]),
  ).toMatchObject([{ status: 'applied' }, { status: 'applied' }, { code: 'recalled' }])
  expect(await leftOf(...canaries)).toEqual([])
  expect(await count('walk WHERE id = ?', lost.id)).toBe(0)
})

test('a part that arrived after the restore has the time that any part has', async () => {
  const device = await newSender()
  const { walk, parts } = newCanaryParts()
  await pushAt(device, [partOp(1, parts[0])], 1)
  await env.DB.prepare('UPDATE workspace SET epoch = 2 WHERE id = ?')
    .bind(device.workspace.id)
    .run()
  await pushAt({ ...device, epoch: 2 }, [partOp(2, parts[1])], 2)

  const [result] = await push({ ...device, epoch: 2 }, [walkRecallOp(3, walk.id)])

  expect(result?.code).toBe('too-late')
})

test('a part loses its words only where its walk was taken back, and nothing but its words', async () => {
  const device = await newSender()
  const { walk, parts } = newCanaryParts()
  const kept = partOp(1, newPart())
  const recalled = partOp(2, parts[0])
  await push(device, [kept, recalled, walkRecallOp(3, walk.id)])
  const change = (set: string, opId: string) =>
    env.DB.prepare(`UPDATE op SET ${set} WHERE op_id = ?`).bind(opId).run()

  await expect(change("payload = '{}'", kept.opId)).rejects.toThrow('op is append-only')
  await expect(change("payload = 'other'", recalled.opId)).rejects.toThrow('op is append-only')
  await expect(change("payload = '{}'", recalled.opId)).resolves.toBeDefined()
})
