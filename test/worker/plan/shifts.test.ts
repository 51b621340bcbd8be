import { expect, test } from 'vitest'

import type { Contact } from '#shared/contact'

import { MORNING, newPart, newWalk, partOp } from '../../support/ops'
import { type Device, newSender, push } from '../sync/support'

const contact: Contact = {
  channel: 'phone',
  need: 'My password ran out',
  service: 'Accounts',
  solved: 'yes',
  treatedWell: 'yes',
  reaction: 1,
  screens: 3,
  tags: ['repetitive'],
  exception: null,
}

async function sendShift(device: Device, mid: number, contacts: readonly Contact[]) {
  const walk = newWalk({ kind: 'shift', errand: null, state: 'done', endedAt: MORNING + 3_600_000 })
  const steps = contacts.map((each, index) => ({
    ...each,
    kind: 'contact' as const,
    seq: index + 1,
    at: walk.startedAt,
  }))
  expect(await push(device, [partOp(mid, newPart({ walk, steps }))])).toMatchObject([
    { status: 'applied' },
  ])
}

test('what shifts met is told together; how people felt, of five or more', async () => {
  const device = await newSender()
  const { client } = device.workspace.owner
  expect(await client.readShiftLog()).toMatchObject({ shifts: 0, contacts: 0, treatedWell: null })

  const upset: Contact = {
    ...contact,
    service: 'accounts',
    solved: 'no',
    treatedWell: 'no',
    reaction: -2,
    tags: ['locked', 'repetitive'],
  }
  await sendShift(device, 1, [contact, contact, upset])
  await sendShift(device, 2, [{ ...contact, service: null, solved: 'later', tags: [] }])
  expect(await client.readShiftLog()).toEqual({
    shifts: 2,
    contacts: 4,
    solved: { yes: 2, later: 1, no: 1 },
    treatedWell: null,
    reactions: null,
    tags: [
      { tag: 'repetitive', contacts: 3 },
      { tag: 'locked', contacts: 1 },
    ],
    services: [{ service: 'Accounts', contacts: 3 }],
  })

  // A fifth contact that says nothing of it is no fifth answer.
  await sendShift(device, 3, [{ ...contact, treatedWell: null, reaction: 0 }])
  expect(await client.readShiftLog()).toMatchObject({
    treatedWell: null,
    reactions: { '-2': 1, '-1': 0, '0': 1, '1': 3, '2': 0 },
  })
  await sendShift(device, 4, [contact])
  expect(await client.readShiftLog()).toMatchObject({ treatedWell: { yes: 4, unsure: 0, no: 1 } })
})

test('shifts of another workspace are not in it', async () => {
  const [device, stranger] = [await newSender(), await newSender()]
  await sendShift(stranger, 1, [contact])
  expect(await device.workspace.owner.client.readShiftLog()).toMatchObject({
    shifts: 0,
    contacts: 0,
  })
})
