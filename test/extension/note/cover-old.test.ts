import { beforeEach, expect, test } from 'vitest'

import { coverOldPictures } from '../../../extension/note/cover-old'
import { findNote, findPicture } from '../../../extension/note/notes'
import { proofOf } from '../../../extension/picture/proof'
import { emptyDevice, keptNote, surroundingsAt } from '../device'

const surroundings = surroundingsAt()
let database: Awaited<ReturnType<typeof emptyDevice>>
beforeEach(async () => {
  database = await emptyDevice()
})

const OPEN = 'a'.repeat(64)
const COVERED = 'b'.repeat(64)
const attachment = {
  sha256: OPEN,
  type: 'image/webp' as const,
  bytes: 3,
  width: 4,
  height: 3,
  covered: 5,
  uninspected: 0,
  everythingCovered: false,
}

test('pictures that were not sent are covered whole, and the ones before are gone', async () => {
  await database.put('picture', { sha256: OPEN, blob: new Blob(['abc']), state: 'kept' })
  const proof = {
    ...proofOf(attachment, []),
    uncovered: [{ what: 'Picture', reason: 'it is mine' }],
  }
  const one = await keptNote(database, surroundings, {
    attachments: [attachment],
    proofs: [proof],
  })
  const other = await keptNote(database, surroundings, { attachments: [attachment] })
  const covered: string[] = []

  await coverOldPictures(database, async (picture, before) => {
    covered.push(picture.sha256)
    return {
      blob: new Blob(['x']),
      attachment: { ...before, sha256: COVERED, bytes: 1, everythingCovered: true },
    }
  })

  expect(covered).toEqual([OPEN])
  for (const { id } of [one, other]) {
    // oxlint-disable-next-line no-await-in-loop -- two rows
    expect(await findNote(database, id)).toMatchObject({
      attachments: [{ sha256: COVERED, everythingCovered: true }],
    })
  }
  expect((await findNote(database, one.id))?.proofs).toMatchObject([
    { sha256: COVERED, everythingCovered: true, uncovered: [] },
  ])
  expect(await findPicture(database, OPEN)).toBeUndefined()
  expect(await findPicture(database, COVERED)).toMatchObject({ state: 'kept' })
})

test('what is covered whole already, or was sent, is left as it is', async () => {
  await keptNote(database, surroundings, {
    attachments: [{ ...attachment, everythingCovered: true }],
  })
  await keptNote(database, surroundings, { state: 'sent', attachments: [attachment] })

  await coverOldPictures(database, () => Promise.reject(new Error('nothing to cover')))

  expect(await database.count('picture')).toBe(0)
})
