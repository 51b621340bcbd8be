import { beforeEach, expect, test, vi } from 'vitest'

import { getMeta } from '../../../extension/storage/meta'
import { parcelOfAll } from '../../../extension/sync/parcels'
import { mintOps } from '../../../extension/sync/send'
import { LeftDeviceModel } from '../../../extension/told/left-device'
import { emptyDevice, keptNote, pairTo, surroundingsAt } from '../device'

const surroundings = surroundingsAt()
let database: Awaited<ReturnType<typeof emptyDevice>>
beforeEach(async () => {
  database = await emptyDevice()
})

test('the list of what left is the outbox itself: what, when, to whom', async () => {
  await pairTo(database, surroundings)
  await keptNote(database, surroundings)
  await keptNote(database, surroundings, { state: 'draft' })
  const pairing = await getMeta(database, 'pairing')
  if (pairing === null) throw new Error('not paired')
  await mintOps(database, surroundings, pairing, await parcelOfAll(database, surroundings))

  const told = new LeftDeviceModel({ database })

  await vi.waitFor(() =>
    expect(told.departures.value).toMatchObject([
      {
        what: 'Typed wifi, got nothing.',
        at: surroundings.now(),
        server: 'https://wince.example.org',
        state: 'waiting',
        pictures: 0,
      },
    ]),
  )
  await vi.waitFor(() => expect(told.staysHere.value).toBe(1))
})
