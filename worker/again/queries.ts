import { type CompiledQuery, type RawBuilder, sql } from 'kysely'

import { type Again, PAIRS_SHOWN, type WalkFigures } from '#shared/api/again'

import type { Db } from '../database/open'
import { readAll } from '../database/write-all'
import { partsOf, shownNotes } from '../placing/queries'

/** One press asks no more leaders than this; the next one asks the others. */
export const ASKED_AT_ONCE = 50
/** As much of what a leader is told as a panel shows, in characters. */
const SAID_MAX_CHARS = 2_000

interface EntryOf {
  workspaceId: string
  entryId: string
}

/**
 * Asks everybody who noted the entry, is here, and is not asked already, in one batch; their browsers
 * hear of it. The third statement has a row for each of them.
 *
 * @param ids as many ids as may be asked at once
 */
export function askAuthors(
  db: Db,
  { workspaceId, entryId }: EntryOf,
  by: { personId: string; at: number; ids: readonly string[]; eventId: string },
): CompiledQuery[] {
  const asked = sql`second_walk WHERE workspace_id = ${workspaceId}
    AND entry_id IN ${partsOf(workspaceId, sql`${entryId}`)} AND state = 'open'`
  const isNew = sql`EXISTS (SELECT 1 FROM ${asked} AND asked_by = ${by.personId} AND asked_at = ${by.at})`
  return [
    sql`UPDATE workspace SET seq = seq + 1 WHERE id = ${workspaceId}`.compile(db),
    sql`
      INSERT INTO second_walk (id, workspace_id, entry_id, person_id, asked_by, asked_at, first_walk_id, seq)
      SELECT ids.value, ${workspaceId}, ${entryId}, author.person_id, ${by.personId}, ${by.at}, author.walk_id,
        (SELECT seq FROM workspace WHERE id = ${workspaceId})
      FROM (
        SELECT noted.*, row_number() OVER (ORDER BY noted.at DESC, person_id) - 1 AS place FROM (
          SELECT note.person_id, max(CASE WHEN note.walk_id IS NULL THEN 0 ELSE note.at END) AS at, (
            SELECT walk.id FROM walk WHERE walk.id = note.walk_id AND +walk.workspace_id = ${workspaceId}
              AND walk.kind = 'errand') AS walk_id
          FROM ${shownNotes(workspaceId, sql`${entryId}`)}
            AND note.person_id NOT IN (SELECT person_id FROM ${asked})
            AND EXISTS (
              SELECT 1 FROM person
              WHERE person.id = note.person_id AND person.workspace_id = ${workspaceId} AND removed_at IS NULL)
          GROUP BY note.person_id
        ) AS noted
      ) AS author
      JOIN json_each(${JSON.stringify(by.ids.slice(0, ASKED_AT_ONCE))}) AS ids ON ids.key = author.place
      WHERE true ON CONFLICT DO NOTHING`.compile(db),
    sql`
      SELECT id FROM ${asked} AND asked_by = ${by.personId} AND asked_at = ${by.at}`.compile(db),
    sql`
      INSERT INTO event (id, workspace_id, entry_id, at, actor, what)
      SELECT ${by.eventId}, ${workspaceId}, ${entryId}, ${by.at}, ${by.personId}, 'second-walk-asked' WHERE ${isNew}
      ON CONFLICT DO NOTHING`.compile(db),
  ]
}

/** Takes back what is asked and not walked yet. */
export function dropAsks(
  db: Db,
  { workspaceId, entryId }: EntryOf,
  by: { personId: string; at: number; eventId: string },
): CompiledQuery[] {
  const open = sql`workspace_id = ${workspaceId} AND entry_id IN ${partsOf(workspaceId, sql`${entryId}`)}
    AND state = 'open'`
  return [
    sql`UPDATE workspace SET seq = seq + 1 WHERE id = ${workspaceId}`.compile(db),
    sql`
      INSERT INTO event (id, workspace_id, entry_id, at, actor, what)
      SELECT ${by.eventId}, ${workspaceId}, ${entryId}, ${by.at}, ${by.personId}, 'second-walk-dropped'
      WHERE EXISTS (SELECT 1 FROM second_walk WHERE ${open}) ON CONFLICT DO NOTHING`.compile(db),
    sql`
      UPDATE second_walk SET state = 'dropped', seq = (SELECT seq FROM workspace WHERE id = ${workspaceId})
      WHERE ${open}`.compile(db),
  ]
}

/** Who sends a walk, and which. */
interface SentWalk {
  workspaceId: string
  personId: string
  walkId: string
}

/**
 * The entry that a walk says it walks again, where this person may say so: they noted it, or were
 * asked. NULL for any other; the walk is taken all the same.
 */
export function againOf(
  { workspaceId, personId }: Pick<SentWalk, 'workspaceId' | 'personId'>,
  entryId: string,
): RawBuilder<string | null> {
  return sql<string | null>`(
    SELECT entry.id FROM entry WHERE entry.id = ${entryId} AND +entry.workspace_id = ${workspaceId} AND (
      EXISTS (
        SELECT 1 FROM second_walk AS ask
        WHERE ask.workspace_id = ${workspaceId} AND ask.entry_id IN ${partsOf(workspaceId, sql.ref('entry.id'))}
          AND ask.person_id = ${personId})
      OR EXISTS (
        SELECT 1 FROM ${shownNotes(workspaceId, sql.ref('entry.id'))} AND note.person_id = ${personId})))`
}

/**
 * A walk that is done answers what its walker was asked, and the entry's history says so, inside
 * the batch that brings it.
 *
 * @param fresh holds in that batch, and never again
 */
export function answerAsks(
  db: Db,
  { workspaceId, personId, walkId }: SentWalk,
  { eventId, at }: { eventId: string; at: number },
  fresh: RawBuilder<boolean>,
): CompiledQuery[] {
  const done = sql`walk WHERE walk.id = ${walkId} AND +walk.workspace_id = ${workspaceId}
    AND walk.state = 'done' AND walk.again_of IS NOT NULL`
  const entry = sql`(SELECT again_of FROM ${done})`
  return [
    sql`
      UPDATE second_walk SET state = 'walked', walk_id = ${walkId},
        seq = (SELECT seq FROM workspace WHERE id = ${workspaceId})
      WHERE workspace_id = ${workspaceId} AND person_id = ${personId} AND state = 'open'
        AND entry_id IN ${partsOf(workspaceId, entry)} AND ${fresh}`.compile(db),
    sql`
      INSERT INTO event (id, workspace_id, entry_id, at, actor, what, after)
      SELECT ${eventId}, ${workspaceId}, again_of, ${at}, ${personId}, 'walked-again', ${walkId} FROM ${done}
        AND ${fresh} AND NOT EXISTS (
          SELECT 1 FROM event AS told WHERE told.workspace_id = ${workspaceId} AND told.after = ${walkId}
            AND told.what = 'walked-again')
      ON CONFLICT DO NOTHING`.compile(db),
  ]
}

/** A walk whose timeline is taken back answers nothing any more, and nothing is compared with it. */
export function forgetAnswer(
  db: Db,
  workspaceId: string,
  walkId: string,
  fresh: RawBuilder<boolean>,
): CompiledQuery[] {
  const seq = sql`seq = (SELECT seq FROM workspace WHERE id = ${workspaceId})`
  return [
    sql`
      UPDATE second_walk SET state = 'dropped', walk_id = NULL, ${seq}
      WHERE +workspace_id = ${workspaceId} AND walk_id = ${walkId} AND EXISTS (
        SELECT 1 FROM second_walk AS newer
        WHERE newer.entry_id = second_walk.entry_id AND newer.person_id = second_walk.person_id
          AND newer.workspace_id = ${workspaceId} AND newer.state = 'open')
        AND ${fresh}`.compile(db),
    sql`
      UPDATE second_walk SET state = 'open', walk_id = NULL, ${seq}
      WHERE +workspace_id = ${workspaceId} AND walk_id = ${walkId} AND ${fresh}`.compile(db),
    sql`
      UPDATE second_walk SET first_walk_id = NULL, ${seq}
      WHERE +workspace_id = ${workspaceId} AND first_walk_id = ${walkId} AND ${fresh}`.compile(db),
  ]
}

/**
 * What one person is asked to walk again, as it changed after `seq`, for their browsers: with the
 * errand as they walked it, as a browser forgets it after two weeks. Of the page that it began on,
 * only what has nothing left out can be opened again.
 */
export function selectAskChanges(
  db: Db,
  {
    workspaceId,
    personId,
    after,
    limit,
  }: { workspaceId: string; personId: string; after: number; limit: number },
): CompiledQuery {
  return sql`
    SELECT 'second-walk' AS type, ask.id, ask.seq, COALESCE(entry.merged_into, entry.id) AS entryId, ask.state,
      ask.asked_at AS askedAt, walk.errand, walk.persona, walk.service, (
        SELECT (data ->> 'origin') || CASE instr(data ->> 'route', ':') WHEN 0 THEN data ->> 'route' ELSE '/' END
        FROM step WHERE step.workspace_id = ${workspaceId} AND step.walk_id = walk.id AND step.kind = 'page'
        ORDER BY step.seq LIMIT 1) AS page
    FROM second_walk AS ask
    CROSS JOIN entry ON entry.id = ask.entry_id AND +entry.workspace_id = ${workspaceId}
    LEFT JOIN walk ON walk.id = ask.first_walk_id AND +walk.workspace_id = ${workspaceId}
    WHERE ask.workspace_id = ${workspaceId} AND ask.person_id = ${personId} AND ask.seq > ${after}
    ORDER BY ask.seq LIMIT ${limit}`.compile(db)
}

/** What an entry's authors are told of it beside its state: for a panel, and no more than it shows. */
export function saidOf(workspaceId: string): RawBuilder<unknown> {
  const work = (column: string) => sql`(
    SELECT ${sql.ref(`work.${column}`)} FROM entry_work AS work
    WHERE work.entry_id = entry.id AND +work.workspace_id = ${workspaceId})`
  const closedAs = work('close_code')
  return sql`
    CASE entry.state WHEN 'closed' THEN ${closedAs} END AS closedAs,
    CASE entry.state WHEN 'hold' THEN ${work('hold_day')} END AS until,
    substr(CASE entry.state
      WHEN 'closed' THEN (
        SELECT message.words FROM message
        WHERE message.entry_id = entry.id AND +message.workspace_id = ${workspaceId}
          AND message.kind = CASE ${closedAs} WHEN 'cannot-fix' THEN 'explanation' ELSE 'changed' END
        ORDER BY message.version DESC LIMIT 1)
      WHEN 'hold' THEN CASE ${work('are_told')} WHEN 1 THEN ${work('hold_reason')} END
      WHEN 'declined' THEN (
        SELECT event.reason FROM event
        WHERE event.workspace_id = ${workspaceId} AND event.entry_id = entry.id
          AND (event.what = 'declined' OR (event.what = 'state' AND event.after = 'declined'))
        ORDER BY event.at DESC, event.id DESC LIMIT 1)
      END, 1, ${SAID_MAX_CHARS}) AS said`
}

/** How often a new note opened an entry again; one that was taken back or moved on does not count. */
export function regressionsOf(workspaceId: string): RawBuilder<number> {
  return sql<number>`(
    SELECT count(*) FROM event CROSS JOIN entry_note AS placed
      ON placed.workspace_id = ${workspaceId} AND placed.note_id = event.after AND placed.current = 1
    WHERE event.workspace_id = ${workspaceId} AND event.what = 'reopened'
      AND event.entry_id IN ${partsOf(workspaceId, sql.ref('entry.id'))}
      AND placed.entry_id IN ${partsOf(workspaceId, sql.ref('entry.id'))})`
}

/** Who was asked, as figures, and the newest pairs of walks: before the fix, and after it. */
export async function readAgain(
  d1: D1Database,
  db: Db,
  { workspaceId, entryId }: EntryOf,
): Promise<Again> {
  const parts = partsOf(workspaceId, sql`${entryId}`)
  const asks = sql`second_walk WHERE second_walk.workspace_id = ${workspaceId} AND second_walk.entry_id IN ${parts}
    AND second_walk.state <> 'dropped'`
  const [asked, last, walked, regressions] = await readAll(d1, [
    sql`
      SELECT count(*) AS leaders, COALESCE(sum(state = 'walked'), 0) AS walked,
        COALESCE(sum(state = 'open'), 0) AS open FROM ${asks}`.compile(db),
    sql`
      SELECT asked_at AS at, person.name AS by FROM (
        SELECT asked_at, asked_by FROM ${asks} ORDER BY asked_at DESC, id DESC LIMIT 1) AS newest
      CROSS JOIN person ON person.id = newest.asked_by AND +person.workspace_id = ${workspaceId}`.compile(
      db,
    ),
    sql`
      SELECT ${figuresOf(workspaceId, 'walk')} AS second, (
        SELECT ${figuresOf(workspaceId, 'earlier')} FROM walk AS earlier
        WHERE earlier.workspace_id = ${workspaceId} AND lower(earlier.errand) = lower(walk.errand)
          AND earlier.errand IS NOT NULL AND earlier.person_id = walk.person_id AND earlier.kind = 'errand'
          AND earlier.started_at < walk.started_at
        ORDER BY earlier.started_at DESC LIMIT 1) AS first
      FROM walk
      WHERE walk.workspace_id = ${workspaceId} AND walk.again_of IN ${parts} AND walk.state = 'done'
      ORDER BY walk.started_at DESC LIMIT ${PAIRS_SHOWN}`.compile(db),
    sql`SELECT ${regressionsOf(workspaceId)} AS regressions FROM entry WHERE entry.id = ${entryId}
      AND +entry.workspace_id = ${workspaceId}`.compile(db),
  ])
  const figures = asked?.rows[0] as Pick<Again['asked'], 'leaders' | 'walked' | 'open'> | undefined
  const newest = last?.rows[0] as Again['asked']['last']
  return {
    asked: { leaders: 0, walked: 0, open: 0, ...figures, last: newest ?? null },
    pairs: (walked?.rows ?? []).map(({ first, second }) => ({
      first: first === null ? null : toFigures(first),
      second: toFigures(second),
    })),
    regressions: Number(regressions?.rows[0]?.['regressions'] ?? 0),
  }
}

function figuresOf(workspaceId: string, walk: 'walk' | 'earlier'): RawBuilder<string> {
  const of = (column: string) => sql.ref(`${walk}.${column}`)
  return sql<string>`json_object(
    'id', ${of('id')}, 'startedAt', ${of('started_at')},
    'elapsedMs', COALESCE(${of('totals')} ->> 'elapsedMs', 0), 'waitingMs', COALESCE(${of('totals')} ->> 'waitingMs', 0),
    'pages', COALESCE(${of('totals')} ->> 'pages', 0), 'done', ${of('debrief')} ->> 'done',
    'winces', (
      SELECT count(*) FROM note
      WHERE note.workspace_id = ${workspaceId} AND note.walk_id = ${of('id')} AND note.mood = 'embarrassed'))`
}

function toFigures(json: unknown): WalkFigures {
  return JSON.parse(String(json)) as WalkFigures
}
