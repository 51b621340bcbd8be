import { Hono } from 'hono'

import { AskForPairing } from '#shared/api/pairing'
import { uuidv7 } from '#shared/id'
import { formatPairingCode, newPairingCode, pairingLink } from '#shared/pairing-code'
import { PAIRING_CODE_MS } from '#shared/people'

import type { AppEnv, SessionSubject } from '../app-env'
import { writeAudited } from '../audit/queries'
import { allow, ensureCan } from '../doors/allow'
import { json } from '../doors/body'
import { can } from '../doors/can'
import { notFound } from '../doors/refusal'
import { hashOf, randomBytes } from '../doors/tokens'
import { findPerson } from '../people/queries'
import {
  findConnectedDevice,
  findPairing,
  listDevices,
  replacePairingCode,
  revokeDevice,
} from './queries'

/** /app/pairing: codes for browsers, and whether they were used */
export const pairing = new Hono<AppEnv<SessionSubject>>()

  .post('/', allow('pairing.create'), json(AskForPairing), async (c) => {
    const { workspaceId, personId } = c.var.subject
    const now = Date.now()
    const person = await findPerson(c.var.db, workspaceId, c.req.valid('json').personId)
    if (!person) return notFound(c)
    await ensureCan(c, 'pairing.create', { workspaceId, personId: person.id })
    const id = uuidv7(now, randomBytes)
    const code = newPairingCode(randomBytes)
    const expiresAt = now + PAIRING_CODE_MS
    await writeAudited(
      c.env.DB,
      c.var.db,
      {
        workspaceId,
        actor: personId,
        what: 'pairing.asked',
        detail: { person: person.id, pairing: id },
        at: now,
      },
      replacePairingCode(c.var.db, {
        id,
        codeHash: await hashOf(code),
        workspaceId,
        personId: person.id,
        createdBy: personId,
        createdAt: now,
        expiresAt,
      }),
    )
    const link = pairingLink(new URL(c.req.url).origin, code)
    return c.json({ id, code: formatPairingCode(code), link, expiresAt }, 201)
  })

  .get('/:id', allow('pairing.create'), async (c) => {
    const { workspaceId } = c.var.subject
    const found = await findPairing(c.var.db, workspaceId, c.req.param('id'))
    if (!found) return notFound(c)
    await ensureCan(c, 'pairing.create', { workspaceId, personId: found.personId })
    const { device, expiresAt } = found
    const state = device ? 'connected' : expiresAt > Date.now() ? 'waiting' : 'expired'
    return c.json({ state, expiresAt, device })
  })

/** /app/devices: connected browsers */
export const devices = new Hono<AppEnv<SessionSubject>>()

  .get('/', allow('device.read'), async (c) => {
    const { workspaceId, personId } = c.var.subject
    const seesAll = can(c.var.subject, 'device.read', { workspaceId })
    return c.json({
      devices: await listDevices(c.var.db, workspaceId, seesAll ? undefined : personId),
    })
  })

  .delete('/:id', allow('device.revoke'), async (c) => {
    const { workspaceId, personId } = c.var.subject
    const now = Date.now()
    const device = await findConnectedDevice(c.var.db, workspaceId, c.req.param('id'))
    if (!device) return notFound(c)
    await ensureCan(c, 'device.revoke', { workspaceId, personId: device.person.id })
    await writeAudited(
      c.env.DB,
      c.var.db,
      {
        workspaceId,
        actor: personId,
        what: 'device.revoked',
        detail: { device: device.id },
        at: now,
      },
      [revokeDevice(c.var.db, workspaceId, device.id, now)],
    )
    return c.body(null, 204)
  })
