import { type CompiledQuery, sql } from 'kysely'

import type { StepsPage, WalkDetail, WalkRow } from '#shared/api/walk'
import { SAME_ERRAND_MAX, WALK_MAX_NOTES } from '#shared/api/walk'

import type { Db } from '../database/open'
import { readAll } from '../database/write-all'
import { type FoundWalk, toDebrief, toNotes, toSameErrand, toSteps, toWalk } from './rows'

/** Who reads: what they may see of whom. */
export interface Reader {
  workspaceId: string
  personId: string
  /** True for somebody who sees their own walks only. */
  ownOnly: boolean
  /** True for somebody who is told who walked. */
  seesNames: boolean
}

/** Where a page of walks goes on. */
export type WalkKey = readonly [startedAt: number, id: string]

/** A page of walks, the newest first. */
export async function listWalks(
  db: Db,
  reader: Reader,
  { after, limit }: { after: WalkKey | undefined; limit: number },
): Promise<WalkRow[]> {
  const behind = after ? sql`AND (walk.started_at, walk.id) < (${after[0]}, ${after[1]})` : sql``
  const { rows } = await sql<object>`
    ${selectWalk(reader)}
    WHERE walk.workspace_id = ${reader.workspaceId} ${ofReader(reader)} ${behind}
    ORDER BY walk.started_at DESC, walk.id DESC LIMIT ${limit}`.execute(db)
  return rows.map((row) => toWalk(row).walk)
}

/** A walk with all that stands around it, in one call; undefined for one that this reader has not. */
export async function findWalk(
  d1: D1Database,
  db: Db,
  reader: Reader,
  walkId: string,
): Promise<WalkDetail | undefined> {
  const [walks, notes, pictures, same, steps] = await readAll(d1, [
    selectOne(db, reader, walkId),
    ...selectNotes(db, reader, walkId),
    selectSameErrand(db, reader, walkId),
    sql`
      SELECT count(*) AS steps FROM step
      WHERE workspace_id = ${reader.workspaceId} AND walk_id = ${walkId}`.compile(db),
  ])
  const found = oneOf(walks?.rows)
  return (
    found && {
      walk: found.walk,
      debrief: toDebrief(found.debrief),
      notes: toNotes(notes?.rows ?? [], pictures?.rows ?? []),
      steps: Number(steps?.rows[0]?.['steps'] ?? 0),
      sameErrand: toSameErrand(same?.rows ?? []),
    }
  )
}

/** A page of steps behind a number; undefined for a walk that this reader has not. */
export async function listSteps(
  d1: D1Database,
  db: Db,
  reader: Reader,
  walkId: string,
  { after, limit }: { after: number; limit: number },
): Promise<StepsPage | undefined> {
  const [walks, steps] = await readAll(d1, [
    sql`
      SELECT 1 FROM walk WHERE id = ${walkId} AND +workspace_id = ${reader.workspaceId} ${ofReader(reader)}`.compile(
      db,
    ),
    sql`
      SELECT seq, data FROM step WHERE workspace_id = ${reader.workspaceId} AND walk_id = ${walkId} AND seq > ${after}
      ORDER BY seq LIMIT ${limit + 1}`.compile(db),
  ])
  if (walks?.rows.length !== 1) return undefined
  const found = steps?.rows ?? []
  const shown = found.slice(0, limit)
  // By its own number: what is no step is left out of the page, and ends none.
  const next = found.length > shown.length ? Number(shown.at(-1)?.['seq']) : null
  return { steps: toSteps(shown), next }
}

function oneOf(rows: readonly object[] = []): FoundWalk | undefined {
  const [row] = rows
  return row && toWalk(row)
}

function selectOne(db: Db, reader: Reader, walkId: string): CompiledQuery {
  return sql`
    ${selectWalk(reader)}
    WHERE walk.id = ${walkId} AND +walk.workspace_id = ${reader.workspaceId} ${ofReader(reader)}`.compile(
    db,
  )
}

function ofReader({ ownOnly, personId }: Reader) {
  return ownOnly ? sql`AND walk.person_id = ${personId}` : sql``
}

/** A walk's notes are counted in one look at them. */
function selectWalk({ workspaceId, personId, seesNames }: Reader) {
  return sql`
    SELECT walk.id, walk.kind, walk.state, walk.errand, walk.persona, walk.service, walk.first_time, walk.started_at,
      walk.ended_at, walk.totals, walk.debrief,
      CASE WHEN ${seesNames ? 1 : 0} = 1 OR walk.person_id = ${personId} THEN person.name END AS leader,
      (SELECT json_array(count(*), max(note.wince)) FROM note
        WHERE note.workspace_id = ${workspaceId} AND note.walk_id = walk.id) AS noted
    FROM walk CROSS JOIN person ON person.id = walk.person_id AND +person.workspace_id = ${workspaceId}`
}

/** The notes of a walk with the entries they are in, and the pictures of exactly those notes. */
function selectNotes(
  db: Db,
  { workspaceId }: Reader,
  walkId: string,
): [CompiledQuery, CompiledQuery] {
  const page = sql`
    SELECT id FROM note WHERE workspace_id = ${workspaceId} AND walk_id = ${walkId}
    ORDER BY at, id LIMIT ${WALK_MAX_NOTES}`
  return [
    sql`
      SELECT note.id, note.at, note.mood, note.kind, note.wince, note.words, note.first_words, note.first_words_at,
        note.expected, note.place, entry.number, entry.title, entry.state
      FROM (${page}) AS page
      CROSS JOIN note ON note.id = page.id AND +note.workspace_id = ${workspaceId}
      LEFT JOIN entry_note ON entry_note.workspace_id = ${workspaceId} AND entry_note.note_id = note.id
        AND entry_note.current = 1
      LEFT JOIN entry AS own ON own.id = entry_note.entry_id AND +own.workspace_id = ${workspaceId}
      LEFT JOIN entry ON entry.id = COALESCE(own.merged_into, own.id) AND +entry.workspace_id = ${workspaceId}
      ORDER BY note.at, note.id`.compile(db),
    sql`
      SELECT attachment.* FROM (${page}) AS page
      CROSS JOIN attachment ON attachment.workspace_id = ${workspaceId} AND attachment.note_id = page.id
      ORDER BY attachment.note_id, attachment.sha256`.compile(db),
  ]
}

/** Written as in the index walk_by_errand, or the whole workspace is read. */
function selectSameErrand(db: Db, reader: Reader, walkId: string): CompiledQuery {
  const { workspaceId } = reader
  return sql`
    SELECT walk.id, walk.started_at, json_extract(walk.debrief, '$.done') AS done
    FROM walk AS this CROSS JOIN walk
      ON walk.workspace_id = ${workspaceId} AND lower(walk.errand) = lower(this.errand) AND walk.errand IS NOT NULL
    WHERE this.id = ${walkId} AND +this.workspace_id = ${workspaceId} AND walk.id != this.id AND walk.kind = 'errand'
      ${ofReader(reader)}
    ORDER BY walk.started_at DESC LIMIT ${SAME_ERRAND_MAX}`.compile(db)
}
