import { type Context, Hono } from 'hono'

import { EntryChange, type EntryDetail, EntryMove } from '#shared/api/entry'
import type { EntryRow } from '#shared/api/register'
import { factsOf, type Told } from '#shared/entry-facts'
import { lostBy, REQUIREMENT_WORDS, type Requirement } from '#shared/entry-moves'
import { uuidv7 } from '#shared/id'
import type { EntryWork } from '#shared/work'

import type { AppEnv, SessionSubject } from '../app-env'
import { readAll, writeAll } from '../database/write-all'
import { allow } from '../doors/allow'
import { json } from '../doors/body'
import { notFound, refuse } from '../doors/refusal'
import { EVENTS_A_PAGE, NOTES_A_PAGE, toEvidencePage, toHistoryPage } from '../evidence/pages'
import { readEntryPage } from '../evidence/queries'
import { startFixClocks, stopFixClocks } from '../follow-up/queries'
import { toWork, workQueries } from '../work/queries'
import { type Changed, changesOf, isHandOff, type KnownChange, workOf } from './changes'
import { planMove } from './move'
import { toEntryNumber } from './number'
import { changeEntry, type EntryWrite, findEntryByNumber, findOwner } from './queries'

type Asked = Context<AppEnv<SessionSubject>>

/** /app/entries/:number: one entry with everything that stands on its page, and what people do about it. */
export const entries = new Hono<AppEnv<SessionSubject>>()

  .get('/:number', allow('entry.read'), async (c) => {
    const { workspaceId } = c.var.subject
    const number = toEntryNumber(c.req.param('number'))
    const found = number && (await findEntryByNumber(c.env.DB, c.var.db, workspaceId, number))
    if (!found) return notFound(c)

    const { entry } = found
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
      entry,
      ...around,
      evidence: toEvidencePage(notes),
      history: toHistoryPage(events),
      mergedFrom: entry.number === number ? null : number,
    } satisfies EntryDetail)
  })

  .patch('/:number', allow('entry.change'), json(EntryChange), async (c) => {
    const { workspaceId } = c.var.subject
    const { version, owner: ownerId, ...change } = c.req.valid('json')
    const number = toEntryNumber(c.req.param('number'))
    const found = await findWhole(c, number)
    if (!found) return notFound(c)
    const { entry, work } = found
    if (entry.number !== number) return overtaken(c, entry)
    if (entry.mood === 'liked' && NOT_FOR_LIKED.some((name) => change[name] !== undefined)) {
      return refuse(c, 422, 'not-for-liked', 'What to keep has no impact and no effort.')
    }
    const owner = ownerId ? await findOwner(c.var.db, workspaceId, ownerId) : undefined
    if (ownerId && !owner) return refuse(c, 422, 'no-such-owner', 'Nobody here could own this.')

    const known = { ...change, owner: ownerId === undefined ? undefined : (owner ?? null) }
    const handsOff = isHandOff(entry, known.owner)
    const lost = lostBy(factsOf(entry, work, found.told), factsAfter(found, known))
    const events = changesOf(entry, work, known)
    if (events.length === 0) return entry.version === version ? c.json(entry) : overtaken(c, entry)
    if (entry.version !== version) return overtaken(c, entry)
    if (handsOff && change.reason === undefined)
      return refuse(c, 422, 'reason-needed', 'Say why it passes on: each hand-off has a reason.')
    if (lost[0]) return refuse(c, 422, 'still-needed', keepsInWords(lost[0]))

    return write(c, found, {
      version,
      values: {
        ...change,
        ...(known.owner !== undefined && { ownerPerson: known.owner?.id ?? null }),
        isHandOff: handsOff,
      },
      work: workOf(known),
      events,
    })
  })

  .post('/:number/moves', allow('entry.change'), json(EntryMove), async (c) => {
    const { workspaceId } = c.var.subject
    const move = c.req.valid('json')
    const number = toEntryNumber(c.req.param('number'))
    const found = await findWhole(c, number)
    if (!found) return notFound(c)
    const { id, entry, work, told } = found
    if (entry.number !== number || entry.version !== move.version) return overtaken(c, entry)
    const planned = planMove(entry, work, told, move)
    if (planned.status === 'none')
      return refuse(c, 422, 'no-such-move', 'It cannot go there from where it is. Look again.')
    if (planned.status === 'missing')
      return refuse(c, 422, 'not-yet', `${planned.missing.map(inWords).join('. ')}.`)

    return write(c, found, {
      version: move.version,
      values: { state: move.to },
      work: planned.work,
      events: planned.events,
      needsSettled: move.to === 'closed',
      ...(move.to === 'check' && {
        also: (guard, now) => startFixClocks(c.var.db, workspaceId, id, now, guard),
      }),
      // The fix did not hold: nobody is asked about it before the next one.
      ...(entry.state === 'check' &&
        move.to === 'progress' && {
          also: (guard) => stopFixClocks(c.var.db, workspaceId, id, guard),
        }),
    })
  })

const NOT_FOR_LIKED = ['impact', 'effort', 'cost', 'monthly'] as const

interface Whole {
  id: string
  entry: EntryRow
  work: EntryWork
  told: Told
}

/** An entry with all that decides where it may go. */
async function findWhole(c: Asked, number: number | undefined): Promise<Whole | undefined> {
  const { workspaceId } = c.var.subject
  const found = number && (await findEntryByNumber(c.env.DB, c.var.db, workspaceId, number))
  if (!found) return undefined
  const [work, told] = await readAll(c.env.DB, workQueries(c.var.db, workspaceId, found.id))
  return {
    ...found,
    work: toWork(work?.rows[0]),
    told: told?.rows[0] as unknown as Told,
  }
}

function factsAfter({ entry, work, told }: Whole, change: KnownChange) {
  const { owner, impact, effort } = change
  return factsOf(
    {
      ...entry,
      ...(owner !== undefined && { owner }),
      ...(impact !== undefined && { impact }),
      ...(effort !== undefined && { effort }),
    },
    { ...work, ...workOf(change) },
    told,
  )
}

type Writing = Pick<EntryWrite, 'version' | 'values' | 'work' | 'needsSettled'> & {
  events: Changed[]
  also?: (
    guard: Parameters<NonNullable<EntryWrite['also']>>[0],
    now: number,
  ) => ReturnType<NonNullable<EntryWrite['also']>>
}

async function write(c: Asked, { id, entry }: Whole, { events, also, ...writing }: Writing) {
  const { workspaceId, personId } = c.var.subject
  const { now: clock, randomBytes } = c.var.platform
  // Later than anything that the entry knows, so that history has one order whatever the clock.
  const now = Math.max(clock(), entry.changedAt + 1)
  const written = await writeAll(
    c.env.DB,
    changeEntry(c.var.db, {
      workspaceId,
      entryId: id,
      ...writing,
      events: events.map((event) => ({ ...event, id: uuidv7(now, randomBytes), actor: personId })),
      now,
      ...(also && { also: (guard) => also(guard, now) }),
    }),
  )
  const current = await findEntryByNumber(c.env.DB, c.var.db, workspaceId, entry.number)
  if (!current) return notFound(c)
  return written.at(-1)?.rows[0] === undefined ? overtaken(c, current.entry) : c.json(current.entry)
}

/**
 * With the row as it is now, so that both can be shown. Of a number that was merged since, that is
 * the entry it is part of, whose version says nothing of what was on screen.
 */
function overtaken(c: Asked, entry: EntryRow) {
  return c.json({ error: 'changed', message: 'Somebody changed this meanwhile.', entry }, 409)
}

function inWords(requirement: Requirement): string {
  return REQUIREMENT_WORDS[requirement]
}

function keepsInWords(requirement: Requirement): string {
  return `It is being worked on, so this cannot be taken away. ${inWords(requirement)}.`
}
