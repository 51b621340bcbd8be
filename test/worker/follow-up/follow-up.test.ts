import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'

import worker from '../../../worker/index'
import { MORNING, newNote, noteOp, recallOp } from '../../support/ops'
import { leftOf } from '../recall/support'
import { stopClock } from '../support/clock'
import { type Device, newSender, push, rows } from '../sync/support'

const DAY = 24 * 3_600_000
const since = MORNING - 60_000
let references = 0

/** Each has a reference of its own: the database is one for all tests. */
function deskNote() {
  references += 1
  const owed = { reference: `INC-kanari-${references}-`, since }
  return {
    ...newNote({ source: 'shift', place: { kind: 'desk', reason: 'Rota' } }),
    owed,
  }
}

async function followUpsOf(device: Device) {
  return rows(
    'SELECT note_id, person_id, seen_through_by, reference, since, due_at, settled_at FROM follow_up WHERE workspace_id = ?',
    device.workspace.id,
  )
}

async function settle(noteId: string, at: number) {
  await env.DB.prepare('UPDATE follow_up SET settled_at = ? WHERE id = ?').bind(at, noteId).run()
}

test('a note that owes an answer is a pending follow-up, once, however often it is sent', async () => {
  const device = await newSender()
  const note = deskNote()
  const op = noteOp(1, note)

  await push(device, [op])
  await push(device, [op, noteOp(2)])

  expect(await followUpsOf(device)).toEqual([
    {
      note_id: note.id,
      person_id: device.personId,
      ...note.owed,
      seen_through_by: device.personId,
      due_at: since + DAY,
      settled_at: null,
    },
  ])
})

test('the op log keeps when it was promised, and not the reference', async () => {
  const device = await newSender()
  const note = deskNote()
  await push(device, [noteOp(1, note)])

  const [logged] = await rows<{ payload: string }>(
    'SELECT payload FROM op WHERE subject_id = ?',
    note.id,
  )
  expect(JSON.parse(logged?.payload ?? '')).toEqual({ ...note, owed: { since, reference: '' } })
})

test('a promise without a reference is one too', async () => {
  const device = await newSender()
  await push(device, [noteOp(1, { ...deskNote(), owed: { since, reference: '' } })])
  expect(await followUpsOf(device)).toMatchObject([{ reference: null, since }])
})

test('a note that is taken back takes its promise along', async () => {
  const device = await newSender()
  const note = deskNote()
  await push(device, [noteOp(1, note)])
  expect(await leftOf(note.owed.reference)).toEqual([note.owed.reference])

  await push(device, [recallOp(2, note.id)])

  expect(await followUpsOf(device)).toEqual([])
  expect(await leftOf(note.owed.reference)).toEqual([])
})

test('30 days after it was settled, and not before, nothing knows the reference any more', async () => {
  const device = await newSender()
  const [settled, open] = [deskNote(), deskNote()]
  const [gone, kept] = [settled.owed.reference, open.owed.reference]
  await push(device, [noteOp(1, settled), noteOp(2, open)])
  const clock = stopClock()
  const { at } = clock
  await settle(settled.id, at)

  clock.setTo(at + 30 * DAY)
  await worker.scheduled(undefined as never, env)
  expect(await leftOf(gone)).toEqual([gone])
  clock.advance(1)
  await worker.scheduled(undefined as never, env)

  expect(await leftOf(gone, kept)).toEqual([kept])
  expect(await followUpsOf(device)).toMatchObject([
    { note_id: settled.id, reference: null, settled_at: at, since },
    { note_id: open.id, reference: kept },
  ])
})

test('a promise of more than the desk’s reference is refused', async () => {
  const device = await newSender()
  const results = await push(device, [
    noteOp(1, { ...deskNote(), owed: { since, reference: 'x'.repeat(121) } }),
  ])
  expect(results).toMatchObject([{ status: 'rejected', code: 'malformed' }])
  expect(await followUpsOf(device)).toEqual([])
})
