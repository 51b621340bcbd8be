import { Hono } from 'hono'

import { EntryChange, type EntryDetail, type EntryRow } from '#shared/api/register'
import { uuidv7 } from '#shared/id'

import type { AppEnv, SessionSubject } from '../app-env'
import { writeAll } from '../database/write-all'
import { allow } from '../doors/allow'
import { json } from '../doors/body'
import { notFound, refuse } from '../doors/refusal'
import { randomBytes } from '../doors/tokens'
import { EVENTS_A_PAGE, NOTES_A_PAGE, toEvidencePage, toHistoryPage } from '../evidence/pages'
import { readEntryPage } from '../evidence/queries'
import { toEntryNumber } from './number'
import { changeEntry, findEntryByNumber, findOwner, type NewEvent } from './queries'

/** /app/entries/:number: one entry with everything that stands on its page, and what a reviewer judges of it. */
export const entries = new Hono<AppEnv<SessionSubject>>()

  .get('/:number', allow('entry.read'), async (c) => {
    const { workspaceId } = c.var.subject
    const number = toEntryNumber(c.req.param('number'))
    const found = number && (await findEntryByNumber(c.env.DB, c.var.db, workspaceId, number))
    if (!found) return notFound(c)

    const { notes, events, ...around } = await readEntryPage(
      c.env.DB,
      c.var.db,
      workspaceId,
      found.id,
      {
        notes: NOTES_A_PAGE + 1,
        events: EVENTS_A_PAGE + 1,
      },
    )
    return c.json({
      entry: found.entry,
      ...around,
      evidence: toEvidencePage(notes),
      history: toHistoryPage(events),
      mergedFrom: found.entry.number === number ? null : number,
    } satisfies EntryDetail)
  })

  .patch('/:number', allow('entry.change'), json(EntryChange), async (c) => {
    const { workspaceId, personId } = c.var.subject
    const { version, owner: ownerId, ...change } = c.req.valid('json')
    const number = toEntryNumber(c.req.param('number'))
    const found = number && (await findEntryByNumber(c.env.DB, c.var.db, workspaceId, number))
    if (!found) return notFound(c)
    const isKept = found.entry.mood === 'liked'
    if (isKept && (change.impact !== undefined || change.effort !== undefined)) {
      return refuse(c, 422, 'not-for-liked', 'What to keep has no impact and no effort.')
    }
    const owner = ownerId ? await findOwner(c.var.db, workspaceId, ownerId) : undefined
    if (ownerId && !owner) return refuse(c, 422, 'no-such-owner', 'Nobody here could own this.')

    const now = Date.now()
    const newOwner = ownerId === undefined ? undefined : (owner ?? null)
    const events = changesOf(found.entry, { ...change, owner: newOwner }).map((event) => ({
      ...event,
      id: uuidv7(now, randomBytes),
      actor: personId,
    }))
    const values = {
      ...change,
      ...(newOwner === undefined ? {} : { ownerPerson: newOwner?.id ?? null }),
    }
    const written =
      events.length > 0
        ? await writeAll(
            c.env.DB,
            changeEntry(c.var.db, workspaceId, found.id, version, values, events, now),
          )
        : []
    const current = await findEntryByNumber(c.env.DB, c.var.db, workspaceId, number)
    if (!current) return notFound(c)
    const isMine =
      events.length > 0 ? written.at(-1)?.changes !== 0 : current.entry.version === version
    if (isMine) return c.json(current.entry)
    return c.json(
      { error: 'changed', message: 'Somebody changed this meanwhile.', entry: current.entry },
      409,
    )
  })

interface Change {
  title?: string | undefined
  impact?: EntryRow['impact'] | undefined
  effort?: EntryRow['effort'] | undefined
  owner?: EntryRow['owner'] | undefined
}

/** One line of history for each value that really changes; confirming a title as it is counts. */
function changesOf(entry: EntryRow, change: Change): Omit<NewEvent, 'id' | 'actor'>[] {
  const events: Omit<NewEvent, 'id' | 'actor'>[] = []
  const say = (what: string, before: string | number | null, after: string | number | null) =>
    events.push({ what, before: toText(before), after: toText(after) })
  const { title, impact, effort, owner } = change
  if (title !== undefined && (title !== entry.title || !entry.titleConfirmed)) {
    say('renamed', entry.title, title)
  }
  if (impact !== undefined && impact !== entry.impact) say('impact', entry.impact, impact)
  if (effort !== undefined && effort !== entry.effort) say('effort', entry.effort, effort)
  if (owner !== undefined && owner?.id !== entry.owner?.id) {
    say('owner', entry.owner?.name ?? null, owner?.name ?? null)
  }
  return events
}

function toText(value: string | number | null): string | null {
  return value === null ? null : String(value)
}
