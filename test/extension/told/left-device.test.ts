import { beforeEach, expect, test, vi } from 'vitest'

import { type PictureProof, proofOf } from '../../../extension/picture/proof'
import { getMeta } from '../../../extension/storage/meta'
import { parcelOfAll } from '../../../extension/sync/parcels'
import { mintOps } from '../../../extension/sync/send'
import { LeftDeviceModel } from '../../../extension/told/left-device'
import { proofSentences } from '../../../extension/told/proof-words'
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

test('what was covered in a picture that left is told with it, and what was uncovered and why', async () => {
  await pairTo(database, surroundings)
  const attachment = {
    sha256: 'a'.repeat(64),
    type: 'image/webp' as const,
    bytes: 3,
    width: 4,
    height: 3,
    covered: 4,
    uninspected: 1,
    everythingCovered: false,
  }
  const proof: PictureProof = {
    ...proofOf(attachment, []),
    covered: { field: 3, pattern: 1, uninspected: 1 },
    uncovered: [{ what: 'Form field “Cost centre”', reason: 'it is a label, not data' }],
    added: 1,
    cropped: true,
  }
  const older = { ...proof, sha256: 'b'.repeat(64) }
  await keptNote(database, surroundings, { attachments: [attachment], proofs: [older, proof] })
  const pairing = await getMeta(database, 'pairing')
  if (pairing === null) throw new Error('not paired')
  const parcel = await parcelOfAll(database, surroundings)
  await mintOps(database, surroundings, pairing, parcel)

  const told = new LeftDeviceModel({ database })

  await vi.waitFor(() => expect(told.departures.value).toMatchObject([{ proofs: [proof] }]))
  expect(JSON.stringify(parcel)).not.toContain('Cost centre')
  expect(proofSentences(proof).join(' ')).toBe(
    'Covered: 3 form fields and 1 text that looks like data. 1 part could not be inspected: ' +
      'covered whole. You added 1 box. You uncovered Form field “Cost centre”: it is a label, ' +
      'not data. You cropped it.',
  )
})

test.each<[Partial<PictureProof>, string]>([
  [{}, 'Nothing had to be covered.'],
  [{ everythingCovered: true, covered: { uninspected: 2 } }, 'Everything was covered.'],
  [
    { covered: { field: 1 }, parts: 2 },
    'Covered: 1 form field. Of all covered, you showed 2 parts.',
  ],
  [
    { covered: { field: 1 }, uncovered: [{ what: 'Picture', reason: 'Only a logo.' }] },
    'Covered: 1 form field. You uncovered Picture: Only a logo.',
  ],
])('a picture with %o says “%s”', (change, words) => {
  const nothing: PictureProof = {
    sha256: 'a'.repeat(64),
    everythingCovered: false,
    covered: {},
    uncovered: [],
    parts: 0,
    added: 0,
    cropped: false,
  }

  expect(proofSentences({ ...nothing, ...change }).join(' ')).toBe(words)
})
