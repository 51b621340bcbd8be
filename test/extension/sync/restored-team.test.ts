import { beforeEach, expect, test } from 'vitest'

import { newPairingCode, pairingLink } from '#shared/pairing-code'

import { pairBrowser } from '../../../extension/sync/pairing'
import { newId } from '../../support/ops'
import { emptyDevice, surroundingsAt } from '../device'
import { engineOf, sendNotes } from './engine-support'
import { newServer } from './server'

const OURS = { baseUrl: 'https://wince.example.org', id: newId() }
const THEIRS = { baseUrl: 'https://other.example', id: newId() }
let database: Awaited<ReturnType<typeof emptyDevice>>
let surroundings: ReturnType<typeof surroundingsAt>
let server: ReturnType<typeof newServer>
beforeEach(async () => {
  database = await emptyDevice()
  surroundings = surroundingsAt()
  server = newServer()
})
const run = (to = server) => engineOf(database, surroundings, to).run(true)

test('a team that was restored while another one was connected gets again what it lost', async () => {
  await connect(OURS, 1)
  await sendNotes(database, surroundings, 2)
  await run()
  const other = newServer({ epoch: 5 })
  await connect(THEIRS, 5)
  await sendNotes(database, surroundings, 1)
  await run(other)
  server.restore(0)
  await connect(OURS, 2)

  await run()
  await run()

  expect(server.log.size).toBe(2)
  await connect(THEIRS, 5)
  expect((await run(other)).state).toBe('idle')
  expect(other.log.size).toBe(1)
})

/** Connects with a code, as a person does; the server says in which epoch it is. */
async function connect({ baseUrl, id }: { baseUrl: string; id: string }, epoch: number) {
  const answer = {
    token: `token for ${baseUrl}`,
    deviceId: id,
    person: { id, name: 'Ada', role: 'walker' },
    workspace: { id, name: baseUrl, coverEverything: false, epoch },
  }
  const paired = await pairBrowser(
    {
      database,
      now: surroundings.now,
      fetch: async () => ({
        status: 201,
        ok: true,
        headers: new Headers(),
        json: async () => answer,
      }),
    },
    pairingLink(baseUrl, newPairingCode(surroundings.randomBytes)),
    null,
    'Edge',
  )
  if (!paired.ok) throw new Error(paired.problem)
}
