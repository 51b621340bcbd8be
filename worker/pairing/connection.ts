import { Hono } from 'hono'

import { Pair } from '#shared/api/pairing'
import { uuidv7 } from '#shared/id'
import { pairingPage, parsePairingInput } from '#shared/pairing-code'

import type { AppEnv, DeviceSubject, PublicEnv } from '../app-env'
import { writeAudited } from '../audit/queries'
import type { Db } from '../database/open'
import { allow, anyone } from '../doors/allow'
import { json } from '../doors/body'
import { addressBudget, countDenial, spendTry, TEN_MINUTES_MS } from '../doors/budget'
import { refuse } from '../doors/refusal'
import { hashOf, newToken, randomBytes } from '../doors/tokens'
import { findPerson } from '../people/queries'
import { findWorkspace } from '../workspace/queries'
import { findPairingCode, hasDevice, insertDevice, revokeDevice, usePairingCode } from './queries'

/** /v1/pair: a code for a token. Wrong, unknown, used and expired codes answer alike. */
export const pair = new Hono<PublicEnv>().post('/', anyone(), json(Pair), async (c) => {
  const now = Date.now()
  const { code: typed, deviceName } = c.req.valid('json')
  const input = parsePairingInput(typed)
  const code = input.ok ? input.code : ''
  const codeBudget = { key: `pair:${pairingPage(code)}`, limit: 10, windowMs: TEN_MINUTES_MS }
  const tooMany = await spendTry(
    c,
    [addressBudget(c, 'pair'), ...(input.ok ? [codeBudget] : [])],
    now,
  )
  if (tooMany) return tooMany

  const { db } = c.var
  const codeHash = await hashOf(code)
  const found = await findPairingCode(db, codeHash, now)
  if (found) {
    const token = newToken()
    const device = {
      ...found,
      id: uuidv7(now, randomBytes),
      tokenHash: await hashOf(token),
      name: deviceName,
      createdAt: now,
    }
    const [connected] = await writeAudited(
      c.env.DB,
      db,
      {
        workspaceId: found.workspaceId,
        actor: found.personId,
        what: 'device.paired',
        detail: { device: device.id },
        at: now,
        onlyIf: hasDevice(device),
      },
      [insertDevice(db, device, codeHash), usePairingCode(db, device, codeHash)],
    )
    if (connected?.changes === 1)
      return c.json({ token, ...(await connectionOf(db, { ...found, deviceId: device.id })) }, 201)
  }
  await countDenial(c.env.DB, db)
  return refuse(
    c,
    404,
    'code-refused',
    'That code does not work. Ask for a new one; each lasts 15 minutes and works once.',
  )
})

/** /v1/device: what a browser is connected to */
export const device = new Hono<AppEnv<DeviceSubject>>()

  .get('/', allow('device.self'), async (c) => c.json(await connectionOf(c.var.db, c.var.subject)))

  .delete('/', allow('device.self'), async (c) => {
    const { workspaceId, personId, deviceId } = c.var.subject
    const now = Date.now()
    await writeAudited(
      c.env.DB,
      c.var.db,
      {
        workspaceId,
        actor: personId,
        what: 'device.revoked',
        detail: { device: deviceId, by: 'device' },
        at: now,
      },
      [revokeDevice(c.var.db, workspaceId, deviceId, now)],
    )
    return c.body(null, 204)
  })

async function connectionOf(
  db: Db,
  who: { workspaceId: string; personId: string; deviceId: string },
) {
  const [person, workspace] = await Promise.all([
    findPerson(db, who.workspaceId, who.personId),
    findWorkspace(db, who.workspaceId),
  ])
  if (!person || !workspace) throw new Error('a connected person is not there')
  return {
    deviceId: who.deviceId,
    workspace: {
      id: workspace.id,
      name: workspace.name,
      coverEverything: workspace.coverEverything,
      privateWords: workspace.privateWords,
      epoch: workspace.epoch,
    },
    person: { id: person.id, name: person.name, role: person.role },
  }
}
