import { Hono } from 'hono'

import { AddPerson, ChangePerson } from '#shared/api/people'
import { Empty } from '#shared/api/sign-in'
import { uuidv7 } from '#shared/id'
import { INVITE_MS, SIGN_IN_CODE_MS } from '#shared/people'

import type { AppEnv, SessionSubject } from '../app-env'
import { writeAudited } from '../audit/queries'
import { allow, ensureCan } from '../doors/allow'
import { json } from '../doors/body'
import { notFound, refuse } from '../doors/refusal'
import { hashOf, newToken, randomBytes } from '../doors/tokens'
import { replaceInvite } from '../join/queries'
import { hashCode, newCode } from '../sign-in/codes'
import {
  endSessionsOf,
  findPerson,
  insertPerson,
  listPeople,
  removePerson,
  setPerson,
} from './queries'

/** /app/people */
export const people = new Hono<AppEnv<SessionSubject>>()

  .get('/', allow('person.read'), async (c) =>
    c.json({ people: await listPeople(c.var.db, c.var.subject.workspaceId) }),
  )

  .post('/', allow('person.add'), json(AddPerson), async (c) => {
    const { workspaceId, personId } = c.var.subject
    const now = Date.now()
    const person = { ...c.req.valid('json'), id: uuidv7(now, randomBytes), createdAt: now }
    await writeAudited(
      c.env.DB,
      c.var.db,
      {
        workspaceId,
        actor: personId,
        what: 'person.added',
        detail: { person: person.id, role: person.role },
        at: now,
      },
      [insertPerson(c.var.db, workspaceId, person)],
    )
    return c.json({ ...person, culture: false, joined: false }, 201)
  })

  .patch('/:id', allow('person.change'), json(ChangePerson), async (c) => {
    const { workspaceId, personId } = c.var.subject
    const change = c.req.valid('json')
    if (Object.keys(change).length === 0)
      return refuse(c, 400, 'malformed', 'There is nothing to change in that.')
    const person = await findPerson(c.var.db, workspaceId, c.req.param('id'))
    if (!person) return notFound(c)
    await ensureCan(c, 'person.change', { ...person, workspaceId, personId: person.id })
    if (change.culture !== undefined) await ensureCan(c, 'person.culture', { workspaceId })
    if (person.role === 'owner' && change.role !== undefined) return ownerStays(c)

    const { name, ...marks } = change
    await writeAudited(
      c.env.DB,
      c.var.db,
      {
        workspaceId,
        actor: personId,
        what: 'person.changed',
        detail: { person: person.id, ...(name === undefined ? {} : { renamed: true }), ...marks },
        at: Date.now(),
      },
      [setPerson(c.var.db, workspaceId, person.id, change)],
    )
    const changed = await findPerson(c.var.db, workspaceId, person.id)
    return changed ? c.json(changed) : notFound(c)
  })

  .delete('/:id', allow('person.remove'), async (c) => {
    const { workspaceId, personId } = c.var.subject
    const now = Date.now()
    const person = await findPerson(c.var.db, workspaceId, c.req.param('id'))
    if (!person) return notFound(c)
    await ensureCan(c, 'person.remove', { ...person, workspaceId, personId: person.id })
    if (person.role === 'owner') return ownerStays(c)
    await writeAudited(
      c.env.DB,
      c.var.db,
      {
        workspaceId,
        actor: personId,
        what: 'person.removed',
        detail: { person: person.id },
        at: now,
      },
      removePerson(c.var.db, workspaceId, person.id, now),
    )
    return c.body(null, 204)
  })

  .post('/:id/invite', allow('person.invite'), json(Empty), async (c) => {
    const { workspaceId, personId } = c.var.subject
    const now = Date.now()
    const person = await findPerson(c.var.db, workspaceId, c.req.param('id'))
    if (!person) return notFound(c)
    await ensureCan(c, 'person.invite', { ...person, workspaceId, personId: person.id })
    if (person.role === 'walker') {
      return refuse(
        c,
        409,
        'leader-needs-no-invite',
        'Leaders connect their browser with a code instead.',
      )
    }
    const token = newToken()
    const expiresAt = now + INVITE_MS
    await writeAudited(
      c.env.DB,
      c.var.db,
      { workspaceId, actor: personId, what: 'invite.made', detail: { person: person.id }, at: now },
      replaceInvite(c.var.db, {
        tokenHash: await hashOf(token),
        workspaceId,
        personId: person.id,
        purpose: 'join',
        createdBy: personId,
        createdAt: now,
        expiresAt,
      }),
    )
    return c.json({ link: `${new URL(c.req.url).origin}/join#${token}`, expiresAt }, 201)
  })

  .post('/:id/sign-in-code', allow('person.invite'), json(Empty), async (c) => {
    const { workspaceId, personId } = c.var.subject
    const now = Date.now()
    const person = await findPerson(c.var.db, workspaceId, c.req.param('id'))
    if (!person) return notFound(c)
    await ensureCan(c, 'person.invite', { ...person, workspaceId, personId: person.id })
    const code = newCode()
    const expiresAt = now + SIGN_IN_CODE_MS
    await writeAudited(
      c.env.DB,
      c.var.db,
      {
        workspaceId,
        actor: personId,
        what: 'sign-in-code.made',
        detail: { person: person.id },
        at: now,
      },
      replaceInvite(c.var.db, {
        tokenHash: await hashCode(code),
        workspaceId,
        personId: person.id,
        purpose: 'sign-in',
        createdBy: personId,
        createdAt: now,
        expiresAt,
      }),
    )
    return c.json({ code, expiresAt }, 201)
  })

  .delete('/:id/sessions', allow('person.sign-out'), async (c) => {
    const { workspaceId, personId } = c.var.subject
    const now = Date.now()
    const person = await findPerson(c.var.db, workspaceId, c.req.param('id'))
    if (!person) return notFound(c)
    await ensureCan(c, 'person.sign-out', { ...person, workspaceId, personId: person.id })
    const [ended] = await writeAudited(
      c.env.DB,
      c.var.db,
      {
        workspaceId,
        actor: personId,
        what: 'session.ended',
        detail: { person: person.id },
        at: now,
      },
      [endSessionsOf(c.var.db, workspaceId, person.id, now)],
    )
    return c.json({ ended: ended?.changes ?? 0 })
  })

function ownerStays(c: Parameters<typeof refuse>[0]) {
  return refuse(c, 409, 'owner-stays', 'A workspace keeps its owner.')
}
