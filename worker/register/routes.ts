import { Hono } from 'hono'
import * as v from 'valibot'

import { type Context } from 'hono'
import { EntryQuery, ExportQuery, GroupsQuery, NewEntry } from '#shared/api/entry-list'

import type { AppEnv, SessionSubject } from '../app-env'
import { writeAudited } from '../audit/queries'
import { writeAll } from '../database/write-all'
import { allow } from '../doors/allow'
import { json } from '../doors/body'
import { notFound, refuse } from '../doors/refusal'
import { exportLines, isTooLong } from './export'
import { readGroups } from './groups'
import { readPage } from './list'
import { readStop } from './order'
import { type SelectedEntry, insertOpenedEntry, toEntryRow } from './queries'
import type { Reader } from './reader'
import { readTabs } from './tabs'

/** /app/entries: the register as lists, each in the order and with the filters of its address, and new entries. */
export const register = new Hono<AppEnv<SessionSubject>>()

  .get('/', allow('entry.read'), async (c) => {
    const asked = v.safeParse(EntryQuery, c.req.query())
    if (!asked.success) return noSuchView(c)
    const { sort, before, after } = asked.output
    const cursor = before ?? after
    const stop = cursor === undefined ? undefined : readStop(sort, cursor)
    if (cursor !== undefined && stop === undefined)
      return refuse(c, 400, 'bad-cursor', 'That is not a page of this view.')
    return c.json(await readPage(readerOf(c), asked.output, stop))
  })

  .get('/tabs', allow('entry.read'), async (c) => c.json(await readTabs(readerOf(c))))

  .get('/groups', allow('entry.read'), async (c) => {
    const asked = v.safeParse(GroupsQuery, c.req.query())
    return asked.success ? c.json(await readGroups(readerOf(c), asked.output)) : noSuchView(c)
  })

  .get('/export.csv', allow('entry.read'), async (c) => {
    const asked = v.safeParse(ExportQuery, c.req.query())
    if (!asked.success) return noSuchView(c)
    const reader = readerOf(c)
    if (await isTooLong(reader, asked.output))
      return refuse(
        c,
        422,
        'too-many',
        'That is more than one file holds. Filter first, then export.',
      )
    await writeAudited(c.env.DB, c.var.db, {
      workspaceId: reader.workspaceId,
      actor: reader.personId,
      what: 'entries.exported',
      detail: { as: 'csv', chosen: asked.output.numbers?.length ?? null },
      at: reader.now,
    })
    c.header('Content-Disposition', 'attachment; filename="wince-register.csv"')
    return c.body(exportLines(reader, asked.output), 200, {
      'Content-Type': 'text/csv; charset=utf-8',
    })
  })

  .post('/', allow('entry.change'), json(NewEntry), async (c) => {
    const { workspaceId, personId } = c.var.subject
    const at = c.var.platform.now()
    const opened = { ...c.req.valid('json'), actor: personId, at }
    const written = await writeAll(c.env.DB, insertOpenedEntry(c.var.db, workspaceId, opened))
    const row = written.at(-1)?.rows[0]
    return row ? c.json(toEntryRow(row as unknown as SelectedEntry), 201) : notFound(c)
  })

type Asked = Context<AppEnv<SessionSubject>>

function readerOf({ env, var: { db, platform, subject } }: Asked): Reader {
  const { workspaceId, personId } = subject
  return { d1: env.DB, db, workspaceId, personId, now: platform.now() }
}

function noSuchView(c: Asked) {
  return refuse(c, 400, 'malformed', 'That is not a view of the register.')
}
