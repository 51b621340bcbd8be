import { type Context, Hono } from 'hono'
import * as v from 'valibot'

import {
  type DueList,
  type EntryFollowUps,
  type FollowUp,
  FollowUpAct,
  FOLLOW_UPS_A_PAGE,
  NewFollowUps,
  PROMISES_MAX,
} from '#shared/api/follow-up'
import { DAY_MS } from '#shared/clock'
import { recoveredRate } from '#shared/follow-up'
import { Id, uuidv7 } from '#shared/id'

import type { AppEnv, SessionSubject } from '../app-env'
import { writeAll } from '../database/write-all'
import { allow } from '../doors/allow'
import { json } from '../doors/body'
import { can } from '../doors/can'
import { notFound, refuse } from '../doors/refusal'
import { toEntryNumber } from '../entry/number'
import { findEntryByNumber } from '../entry/queries'
import { insertFollowUps } from '../follow-up/queries'
import { readCursor, writeCursor } from '../register/order'
import { act } from './act'
import {
  countAnswers,
  countOfEntry,
  countOpen,
  type DueKey,
  type EntryKey,
  findFollowUp,
  findKeepers,
  listDue,
  listOfEntry,
} from './queries'

type Here = Context<AppEnv<SessionSubject>>

const QUARTER_MS = 91 * DAY_MS

/** /app/follow-ups: what customers were promised, what runs out first comes first. */
export const followUps = new Hono<AppEnv<SessionSubject>>()

  .get('/', allow('follow-up.read'), async (c) => {
    const { workspaceId } = c.var.subject
    const cursor = c.req.query('after')
    const after = cursor === undefined ? undefined : readDueKey(cursor)
    if (after === null) return badCursor(c)
    const found = await listDue(c.env.DB, c.var.db, workspaceId, after)
    const since = c.var.platform.now() - QUARTER_MS
    const answers = await countAnswers(c.var.db, workspaceId, since)
    const fraction = recoveredRate(answers)
    const shown = found.followUps.slice(0, FOLLOW_UPS_A_PAGE)
    const last = shown.at(-1)
    return c.json({
      ...found,
      followUps: shown.map((each) => forReader(c, each)),
      next:
        found.followUps.length > shown.length && last
          ? writeCursor(
              'follow-ups',
              last.dueAt === null ? ['fix', last.since, last.id] : ['due', last.dueAt, last.id],
            )
          : null,
      recovered: fraction === null ? null : { fraction, asked: answers.asked },
    } satisfies DueList)
  })

  .get('/count', allow('follow-up.read'), async (c) =>
    c.json(await countOpen(c.var.db, c.var.subject.workspaceId, c.var.platform.now())),
  )

  .post('/:id/acts', allow('follow-up.change'), json(FollowUpAct), async (c) => {
    const { workspaceId } = c.var.subject
    const id = c.req.param('id')
    const find = () => findFollowUp(c.env.DB, c.var.db, workspaceId, id)
    const found = v.is(Id, id) ? await find() : undefined
    if (!found) return notFound(c)
    const result = await act(c, c.var.subject, found, c.req.valid('json'))
    if (result.status === 'refused') return refuse(c, 422, result.code, result.sentence)
    const followUp = (await find())?.followUp
    if (!followUp) return notFound(c)
    if (result.status === 'done') return c.json(followUp)
    return c.json({ error: 'changed', message: 'Somebody changed this meanwhile.', followUp }, 409)
  })

/** /app/entries/:number/follow-ups: the customers of one entry. */
export const entryFollowUps = new Hono<AppEnv<SessionSubject>>()

  .get('/:number/follow-ups', allow('follow-up.read'), async (c) => {
    const { workspaceId } = c.var.subject
    const cursor = c.req.query('after')
    const after = cursor === undefined ? undefined : readEntryKey(cursor)
    if (after === null) return badCursor(c)
    const entry = await findEntry(c)
    if (!entry) return notFound(c)
    const found = await listOfEntry(c.env.DB, c.var.db, workspaceId, entry.id, after)
    const shown = found.followUps.slice(0, FOLLOW_UPS_A_PAGE)
    const last = shown.at(-1)
    return c.json({
      ...found,
      followUps: shown.map((each) => forReader(c, each)),
      next:
        found.followUps.length > shown.length && last
          ? writeCursor('entry-follow-ups', [last.settledAt === null ? 0 : 1, last.since, last.id])
          : null,
    } satisfies EntryFollowUps)
  })

  .post('/:number/follow-ups', allow('follow-up.change'), json(NewFollowUps), async (c) => {
    const { workspaceId, personId } = c.var.subject
    const { followUps: asked } = c.req.valid('json')
    const entry = await findEntry(c)
    if (!entry) return notFound(c)
    if (entry.entry.mood === 'liked')
      return refuse(c, 422, 'not-for-liked', 'What to keep owes nobody an answer.')
    const now = c.var.platform.now()
    if (asked.some(({ since }) => since > now))
      return refuse(c, 422, 'to-come', 'Nobody has complained in the time to come.')
    const named = [...new Set(asked.flatMap(({ seenThroughBy }) => seenThroughBy ?? []))]
    const keepers = await findKeepers(c.var.db, workspaceId, named)
    if (keepers.size < named.length)
      return refuse(c, 422, 'no-such-owner', 'Nobody here could see this through.')
    const known = await countOfEntry(c.var.db, workspaceId, entry.id)
    if (known + asked.length > PROMISES_MAX)
      return refuse(
        c,
        422,
        'too-many',
        `An entry keeps ${PROMISES_MAX} promises at most. Tell so many with one message.`,
      )
    const event = { id: uuidv7(now, c.var.platform.randomBytes), actor: personId, at: now }
    const written = await writeAll(
      c.env.DB,
      insertFollowUps(c.var.db, workspaceId, entry.id, asked, event),
    )
    return c.json({ added: written.at(-1)?.rows.length ?? 0 }, 201)
  })

async function findEntry(c: Here) {
  const number = toEntryNumber(c.req.param('number') ?? '')
  return number === undefined
    ? undefined
    : findEntryByNumber(c.env.DB, c.var.db, c.var.subject.workspaceId, number)
}

/** The desk tool's number is for who writes to the customer. */
function forReader(c: Here, followUp: FollowUp): FollowUp {
  return can(c.var.subject, 'follow-up.change') ? followUp : { ...followUp, reference: null }
}

function badCursor(c: Here) {
  return refuse(c, 400, 'bad-cursor', 'That is not a page of this list. Start again.')
}

/** @returns null for what is no cursor of this list */
function readDueKey(cursor: string): DueKey | null {
  const [list, at, id] = readCursor('follow-ups', cursor) ?? []
  const isList = list === 'due' || list === 'fix'
  return isList && Number.isSafeInteger(at) && typeof id === 'string'
    ? [list, at as number, id]
    : null
}

function readEntryKey(cursor: string): EntryKey | null {
  const [settled, since, id] = readCursor('entry-follow-ups', cursor) ?? []
  const isSettled = settled === 0 || settled === 1
  return isSettled && Number.isSafeInteger(since) && typeof id === 'string'
    ? [settled, since as number, id]
    : null
}
