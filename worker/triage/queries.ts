import { type CompiledQuery, type RawBuilder, sql } from 'kysely'

import { STEPS_BEFORE_MAX, type TriageEntry, type TriageShow } from '#shared/api/triage'

import type { Db } from '../database/open'
import { readAll } from '../database/write-all'

/** Notes as they are selected, for evidence's own reading, and more columns for triage. */
export interface TriageRows {
  notes: Record<string, unknown>[]
  pictures: Record<string, unknown>[]
}

/** A page of what waits; `counts` are kept by triggers, so that they cost three rows. */
export async function readWaiting(
  d1: D1Database,
  db: Db,
  workspaceId: string,
  { show, after, limit }: { show: TriageShow; after: number; limit: number },
): Promise<TriageRows & { counts: Record<string, number> }> {
  const page = sql`
    SELECT note_id, position FROM triage
    WHERE workspace_id = ${workspaceId} AND ${inLane(show)} AND position > ${after}
    ORDER BY position LIMIT ${limit}`
  const [notes, pictures, counts] = await readAll(d1, [
    ...noteQueries(db, workspaceId, page),
    sql`SELECT lane, notes FROM triage_count WHERE workspace_id = ${workspaceId}`.compile(db),
  ])
  return {
    notes: notes?.rows ?? [],
    pictures: pictures?.rows ?? [],
    counts: Object.fromEntries(
      (counts?.rows ?? []).map((row) => [String(row['lane']), Number(row['notes'])]),
    ),
  }
}

/** One note, whether it waits or not; no row for one that is not here, or has no entry yet. */
export async function readOne(
  d1: D1Database,
  db: Db,
  workspaceId: string,
  noteId: string,
): Promise<TriageRows> {
  const page = sql`SELECT ${noteId} AS note_id, 0 AS position`
  const [notes, pictures] = await readAll(d1, noteQueries(db, workspaceId, page))
  return { notes: notes?.rows ?? [], pictures: pictures?.rows ?? [] }
}

/** Ids in the order of the list, one more than fits where there are more. */
export async function listWaitingIds(
  db: Db,
  workspaceId: string,
  show: TriageShow,
  limit: number,
): Promise<string[]> {
  const { rows } = await sql<{ note_id: string }>`
    SELECT note_id FROM triage WHERE workspace_id = ${workspaceId} AND ${inLane(show)}
    ORDER BY position LIMIT ${limit}`.execute(db)
  return rows.map((row) => row.note_id)
}

function inLane(show: TriageShow): RawBuilder<unknown> {
  return show === 'all' ? sql`1 = 1` : sql`lane = ${show}`
}

/** The notes of a page, and the pictures of exactly those. `CROSS` keeps SQLite from reading every note to find them. */
function noteQueries(
  db: Db,
  workspaceId: string,
  page: RawBuilder<unknown>,
): [CompiledQuery, CompiledQuery] {
  return [
    sql`
      SELECT note.id, note.at, note.mood, note.kind, note.wince, note.money, note.words, note.first_words,
        note.first_words_at, note.expected, note.source, note.channel, note.place, person.name AS author,
        walk.id AS walk_id, walk.kind AS walk_kind, walk.errand, walk.persona, entry_note.why, entry_note.placed_by,
        page.position, note.service, note.service_id,
        COALESCE(entry.merged_into, entry.id) AS entry_id,
        EXISTS (SELECT 1 FROM triage WHERE triage.workspace_id = ${workspaceId} AND triage.note_id = note.id) AS waiting,
        proposal.entry_id AS proposed, proposal.p, proposal.engine, proposal.sentence AS asks,
        (${lastSteps(workspaceId)}) AS steps
      FROM (${page}) AS page
      CROSS JOIN note ON note.workspace_id = ${workspaceId} AND note.id = page.note_id
      CROSS JOIN entry_note ON entry_note.workspace_id = note.workspace_id AND entry_note.note_id = note.id
        AND entry_note.current = 1
      CROSS JOIN entry ON entry.workspace_id = note.workspace_id AND entry.id = entry_note.entry_id
      CROSS JOIN person ON person.workspace_id = note.workspace_id AND person.id = note.person_id
      LEFT JOIN walk ON walk.workspace_id = note.workspace_id AND walk.id = note.walk_id
      LEFT JOIN proposal
        ON proposal.workspace_id = note.workspace_id AND proposal.note_id = note.id AND proposal.state = 'open'
      ORDER BY page.position`.compile(db),
    sql`
      SELECT attachment.* FROM (${page}) AS page
      CROSS JOIN attachment ON attachment.workspace_id = ${workspaceId} AND attachment.note_id = page.note_id
      ORDER BY attachment.note_id, attachment.sha256`.compile(db),
  ]
}

/** The last steps of `note`'s walk that had begun by then, the hold it was said in included: as many entries of an index, however long the walk was. */
function lastSteps(workspaceId: string): RawBuilder<unknown> {
  return sql`
    SELECT json_group_array(data) FROM (
      SELECT data FROM step
      WHERE step.workspace_id = ${workspaceId} AND step.walk_id = note.walk_id AND step.at <= note.at
      ORDER BY step.at DESC, step.seq DESC LIMIT ${STEPS_BEFORE_MAX})`
}

export type FoundEntry = TriageEntry & { id: string; mood: string }

/**
 * Entries by every id that was asked for, a merged one's target under its own; which notes stay
 * apart from which; and which services the typed names mean, once somebody has said so.
 */
export async function readEntries(
  d1: D1Database,
  db: Db,
  workspaceId: string,
  {
    noteIds,
    entryIds,
    services,
  }: { noteIds: readonly string[]; entryIds: readonly string[]; services: readonly string[] },
): Promise<{ entries: Map<string, FoundEntry>; apart: Set<string>; means: Map<string, string> }> {
  const list = sql`(SELECT value FROM json_each(${JSON.stringify(entryIds)}))`
  const notes = sql`(SELECT value FROM json_each(${JSON.stringify(noteIds)}))`
  const [entries, apart, taught] = await readAll(d1, [
    sql`
      SELECT asked.id AS asked, entry.id, entry.mood, entry.number, entry.title, entry.title_confirmed, entry.state,
        entry.notes, entry.leaders, entry.worst, entry.version
      FROM entry AS asked CROSS JOIN entry
        ON entry.workspace_id = asked.workspace_id AND entry.id = COALESCE(asked.merged_into, asked.id)
      WHERE +asked.workspace_id = ${workspaceId} AND asked.id IN ${list}`.compile(db),
    sql`
      SELECT note_id, other_id FROM never_group
      WHERE workspace_id = ${workspaceId} AND note_id IN ${notes} AND other_id IN ${list}`.compile(
      db,
    ),
    sql`
      SELECT service_alias.alias, service.name FROM service_alias
      CROSS JOIN service ON service.workspace_id = service_alias.workspace_id AND service.id = service_alias.service_id
      WHERE service_alias.workspace_id = ${workspaceId}
        AND service_alias.alias IN (SELECT value FROM json_each(${JSON.stringify(services)}))`.compile(
      db,
    ),
  ])
  return {
    means: new Map((taught?.rows ?? []).map(({ alias, name }) => [String(alias), String(name)])),
    entries: new Map(
      (entries?.rows ?? []).map(({ asked, title_confirmed, ...entry }) => [
        String(asked),
        { ...entry, titleConfirmed: title_confirmed === 1 } as FoundEntry,
      ]),
    ),
    apart: new Set(
      (apart?.rows ?? []).map(({ note_id, other_id }) => `${String(note_id)} ${String(other_id)}`),
    ),
  }
}
