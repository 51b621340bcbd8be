import { Hono } from 'hono'
import * as v from 'valibot'

import type { OwnWalks } from '#shared/api/plan'
import { Contact } from '#shared/contact'
import { Id } from '#shared/id'

import type { AppEnv, SessionSubject } from '../app-env'
import { readAll } from '../database/write-all'
import { allow, ensureCan } from '../doors/allow'
import { notFound, refuse } from '../doors/refusal'
import { findPerson } from '../people/queries'
import { shiftLogOf } from './coverage'
import { listCoverage, selectContacts, selectWalksOf } from './queries'

const OwnQuery = v.strictObject({ person: Id })
const ContactRow = v.pipe(
  v.object({ data: v.pipe(v.string(), v.parseJson(), Contact) }),
  v.transform(({ data }) => data),
)

/** /app/coverage: what has been walked and what has not, and what shifts at the desk met. */
export const coverage = new Hono<AppEnv<SessionSubject>>()

  .get('/', allow('coverage.read'), async (c) => {
    const { workspaceId } = c.var.subject
    return c.json({ services: await listCoverage(c.env.DB, c.var.db, workspaceId) })
  })

  .get('/own', allow('coverage.own'), async (c) => {
    const { workspaceId } = c.var.subject
    const asked = v.safeParse(OwnQuery, c.req.query())
    if (!asked.success) return refuse(c, 400, 'malformed', 'Say whose walks: person=…')
    const { person: personId } = asked.output
    const person = await findPerson(c.var.db, workspaceId, personId)
    if (!person) return notFound(c)
    await ensureCan(c, 'coverage.own', { workspaceId, personId })
    const [own] = await readAll(c.env.DB, [selectWalksOf(c.var.db, workspaceId, personId)])
    return c.json({ services: (own?.rows ?? []) as unknown as OwnWalks['services'] })
  })

  .get('/shifts', allow('coverage.read'), async (c) => {
    const [shifts, contacts] = await readAll(
      c.env.DB,
      selectContacts(c.var.db, c.var.subject.workspaceId),
    )
    // A contact that a newer browser wrote may have fields of another kind: it is left out.
    const told = (contacts?.rows ?? []).flatMap((row) => {
      const contact = v.safeParse(ContactRow, row)
      return contact.success ? [contact.output] : []
    })
    return c.json(shiftLogOf(Number(shifts?.rows[0]?.['shifts'] ?? 0), told))
  })
