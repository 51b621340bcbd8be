import { beforeEach, expect, test } from 'vitest'

import { exportUnsent } from '../../../extension/file/export-file'
import { importFile } from '../../../extension/file/import-file'
import { type FileContent, readFile, toZip } from '../../../extension/file/zip'
import { endShift, keepContact, listContacts, startShift } from '../../../extension/shift/contacts'
import { takeBack } from '../../../extension/sync/recall'
import { emptyDevice, pairTo, surroundingsAt } from '../device'
import { engineOf, pressSend } from '../sync/engine-support'
import { newServer } from '../sync/server'
import { CONTACT } from './contact-support'

const REFERENCE = 'INC0067001'
const DAY = 86_400_000
let database: Awaited<ReturnType<typeof emptyDevice>>
let surroundings: ReturnType<typeof surroundingsAt>
let server: ReturnType<typeof newServer>
beforeEach(async () => {
  database = await emptyDevice()
  surroundings = surroundingsAt()
  server = newServer()
  server.pass(surroundings.now())
  await pairTo(database, surroundings)
})
const run = () => engineOf(database, surroundings, server).run(true)
const disk = async () =>
  JSON.stringify(
    await Promise.all([...database.objectStoreNames].map((store) => database.getAll(store))),
  )

async function readWell(zip: Uint8Array): Promise<FileContent> {
  const content = await readFile(zip)
  if (typeof content === 'string') throw new Error(content)
  return content
}

async function endedShift(): Promise<string> {
  const shift = await startShift(database, surroundings)
  const walkId = shift?.id ?? ''
  const owed = { reference: REFERENCE, since: surroundings.now() }
  for (const each of [owed, null])
    await keepContact(
      database,
      surroundings,
      walkId,
      { seq: null, contact: { ...CONTACT, need: 'Where is my badge?' }, owed: each },
      () => [],
    )
  surroundings.pass(3_600_000)
  await endShift(database, surroundings, walkId)
  return walkId
}

test('a promise that arrived is forgotten here with what was sent, and not before', async () => {
  await endedShift()
  await pressSend(database, surroundings)
  await run()
  expect([...server.log.values()].map(({ payload }) => payload['owed'])).toContainEqual({
    reference: REFERENCE,
    since: expect.any(Number) as number,
  })
  expect(await disk()).toContain(REFERENCE)
  server.pass(15 * DAY)

  await run()

  expect(await disk()).not.toContain(REFERENCE)
})

test('a note that was taken back loses its promise', async () => {
  await endedShift()
  await pressSend(database, surroundings)
  await run()
  const [note] = await database.getAll('note')

  await takeBack(database, surroundings, { noteIds: [note?.id ?? ''] })
  await run()

  expect(await database.getAll('note')).toMatchObject([{ state: 'taken-back', owed: null }])
  expect(await disk()).not.toContain(REFERENCE)
})

test('a file brings a shift back as it ended, its contacts with their notes and promises', async () => {
  const walkId = await endedShift()
  const before = await listContacts(database, walkId)
  const zip = toZip(await exportUnsent(database, surroundings.now()))
  const elsewhere = await emptyDevice()

  await importFile(elsewhere, surroundings, await readWell(zip))

  const after = await listContacts(elsewhere, walkId)
  expect(after.map(({ step }) => step)).toEqual(before.map(({ step }) => step))
  expect(after.map(({ note }) => note?.owed?.reference)).toEqual([REFERENCE, undefined])
  expect(await elsewhere.get('walk', walkId)).toMatchObject({
    kind: 'shift',
    state: 'done',
    endedAt: surroundings.now(),
  })
})

test('a shift that went on when it was saved is over where it is brought back', async () => {
  const shift = await startShift(database, surroundings)
  const ready = { seq: null, contact: CONTACT, owed: null }
  await keepContact(database, surroundings, shift?.id ?? '', ready, () => [])
  surroundings.pass(60_000)
  const zip = toZip(await exportUnsent(database, surroundings.now()))
  const elsewhere = await emptyDevice()

  await importFile(elsewhere, surroundings, await readWell(zip))

  expect(await elsewhere.getAll('walk')).toMatchObject([
    { state: 'done', endedAt: surroundings.now() },
  ])
})
