import { type Context, Hono } from 'hono'
import * as v from 'valibot'

import { type EntryMessages, NewMessage, Publish, type ToldPage } from '#shared/api/message'
import { Id, uuidv7 } from '#shared/id'
import { privateFinder } from '#shared/private-words'
import { whyUnpublishable } from '#shared/wording'

import type { AppEnv, SessionSubject } from '../app-env'
import { writeAll } from '../database/write-all'
import { allow } from '../doors/allow'
import { json } from '../doors/body'
import { notFound, refuse } from '../doors/refusal'
import { toEntryNumber } from '../entry/number'
import { findEntryByNumber } from '../entry/queries'
import { deletePublication, putPublication } from '../publication/queries'
import { readCursor, writeCursor } from '../register/order'
import { findWorkspace } from '../workspace/queries'
import {
  findMessage,
  findNewest,
  insertMessage,
  listMessages,
  listTold,
  type ToldKey,
  type VersionKey,
} from './queries'

type Here = Context<AppEnv<SessionSubject>>

/** /app/messages: what customers were told. */
export const messages = new Hono<AppEnv<SessionSubject>>().get(
  '/',
  allow('message.read'),
  async (c) => {
    const cursor = c.req.query('after')
    const after = cursor === undefined ? undefined : readToldKey(cursor)
    if (after === null) return badCursor(c)
    const yearStart = Date.UTC(new Date(c.var.platform.now()).getUTCFullYear(), 0)
    const page = { after, yearStart }
    const found = await listTold(c.env.DB, c.var.db, c.var.subject.workspaceId, page)
    return c.json({
      ...found,
      next: found.next && writeCursor('told', found.next),
    } satisfies ToldPage)
  },
)

/** /app/entries/:number/messages and …/publication: what is told about one entry, and what of it is public. */
export const entryMessages = new Hono<AppEnv<SessionSubject>>()

  .get('/:number/messages', allow('message.read'), async (c) => {
    const cursor = c.req.query('after')
    const after = cursor === undefined ? undefined : readVersionKey(cursor)
    if (after === null) return badCursor(c)
    const entry = await findEntry(c)
    if (!entry) return notFound(c)
    const { workspaceId } = c.var.subject
    const found = await listMessages(c.env.DB, c.var.db, workspaceId, entry.id, after)
    return c.json({
      ...found,
      next: found.next && writeCursor('messages', found.next),
    } satisfies EntryMessages)
  })

  .post('/:number/messages', allow('message.change'), json(NewMessage), async (c) => {
    const { workspaceId } = c.var.subject
    const asked = c.req.valid('json')
    const entry = await findEntry(c)
    if (!entry) return notFound(c)
    await writeAll(c.env.DB, insertMessage(c.var.db, workspaceId, entry.id, asked, newEvent(c)))
    const saved = await findMessage(c.var.db, workspaceId, entry.id, asked.id)
    if (saved) return c.json(saved, 201)
    const newest = await findNewest(c.var.db, workspaceId, entry.id, asked.kind)
    return c.json(
      {
        error: 'changed',
        message: 'Somebody saved another version meanwhile.',
        newest: newest ?? null,
      },
      409,
    )
  })

  .post('/:number/publication', allow('message.change'), json(Publish), async (c) => {
    const { workspaceId } = c.var.subject
    const { messageId } = c.req.valid('json')
    const entry = await findEntry(c)
    const message = entry && (await findMessage(c.var.db, workspaceId, entry.id, messageId))
    if (!message) return notFound(c)
    const { state } = entry.entry
    if (state !== 'closed' && state !== 'reopened')
      return refuse(c, 422, 'not-closed', 'It is published once the entry is closed.')
    if (message.kind === 'thanks')
      return refuse(c, 422, 'only-thanks', 'Publish what changed, or why it stays as it is.')
    const workspace = await findWorkspace(c.var.db, workspaceId)
    const why = whyUnpublishable(message, privateFinder(workspace?.privateWords ?? []))
    if (why !== null) return refuse(c, 422, 'personal-data', why)

    const event = newEvent(c)
    await writeAll(c.env.DB, putPublication(c.var.db, workspaceId, entry.id, messageId, event))
    const { kind, version } = message
    return c.json({ messageId, kind, version, at: event.at })
  })

  .delete('/:number/publication', allow('message.change'), async (c) => {
    const entry = await findEntry(c)
    if (!entry) return notFound(c)
    const { workspaceId } = c.var.subject
    await writeAll(c.env.DB, deletePublication(c.var.db, workspaceId, entry.id, newEvent(c)))
    return c.body(null, 204)
  })

async function findEntry(c: Here) {
  const number = toEntryNumber(c.req.param('number') ?? '')
  return number === undefined
    ? undefined
    : findEntryByNumber(c.env.DB, c.var.db, c.var.subject.workspaceId, number)
}

function newEvent(c: Here) {
  const { now, randomBytes } = c.var.platform
  const at = now()
  return { id: uuidv7(at, randomBytes), actor: c.var.subject.personId, at }
}

function badCursor(c: Here) {
  return refuse(c, 400, 'bad-cursor', 'That is not a page of this list. Start again.')
}

const VersionCursor = v.tuple([v.picklist([0, 1]), v.pipe(v.number(), v.safeInteger()), Id])
const ToldCursor = v.tuple([v.pipe(v.number(), v.safeInteger()), Id])

/** @returns null for what is no cursor of this list */
function readVersionKey(cursor: string): VersionKey | null {
  const key = v.safeParse(VersionCursor, readCursor('messages', cursor))
  return key.success ? key.output : null
}

function readToldKey(cursor: string): ToldKey | null {
  const key = v.safeParse(ToldCursor, readCursor('told', cursor))
  return key.success ? key.output : null
}
