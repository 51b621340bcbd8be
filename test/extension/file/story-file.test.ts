import { beforeEach, expect, test } from 'vitest'

import { makeStoryFile } from '../../../extension/file/story-file'
import { getMeta } from '../../../extension/storage/meta'
import { write } from '../../../extension/storage/write'
import { parcelOfAll } from '../../../extension/sync/parcels'
import { mintOps } from '../../../extension/sync/send'
import { appendStep, endWalk, startWalk } from '../../../extension/walk/walks'
import { emptyDevice, keptNote, pairTo, surroundingsAt } from '../device'

const surroundings = surroundingsAt()
let database: Awaited<ReturnType<typeof emptyDevice>>
let walkId: string

beforeEach(async () => {
  database = await emptyDevice()
  await pairTo(database, surroundings)
  const about = { errand: 'I can’t print.', persona: null, service: null, firstTime: true }
  const walk = await startWalk(database, surroundings, about, { tabIds: [], origins: [] })
  walkId = walk.id
  await dial('4357')
  await keptNote(database, surroundings, { walkId, wince: 3, words: 'This one was sent.' })
  await keptNote(database, surroundings, { walkId, wince: 3, words: 'Left out.', leftOut: true })
  await endWalk(database, surroundings, walkId)
  const pairing = await getMeta(database, 'pairing')
  if (pairing === null) throw new Error('not paired')
  await mintOps(database, surroundings, pairing, await parcelOfAll(database, surroundings))
})

async function dial(number: string): Promise<void> {
  await appendStep(database, surroundings, walkId, { kind: 'dial', number, why: null })
}

test('the story of a walk is made here, of what was sent and nothing else', async () => {
  await keptNote(database, surroundings, { walkId, wince: 3, words: 'Written after Send.' })

  const html = await makeStoryFile(database, walkId, surroundings.now())

  expect(html).toContain('I can’t print.')
  expect(html).toContain('This one was sent.')
  expect(html).not.toContain('Left out.')
  expect(html).not.toContain('Written after Send.')
})

test('of a timeline that was taken back there is none', async () => {
  await write(database, ['walk'], async (transaction) => {
    const walks = transaction.objectStore('walk')
    const walk = await walks.get(walkId)
    if (walk) await walks.put({ ...walk, takenBack: 'asked' })
  })

  expect(await makeStoryFile(database, walkId, surroundings.now())).toBeUndefined()
})
