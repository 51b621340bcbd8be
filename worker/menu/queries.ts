import { type CompiledQuery, type RawBuilder, sql } from 'kysely'
import * as v from 'valibot'

import { CALL_MAX_STEPS, MAP_MAX_CALLS, MAP_MAX_NOTES, type MenuPlaceNote } from '#shared/api/menu'
import { Mood, Wince } from '#shared/note'
import { Place } from '#shared/place'
import { callPlaceKey } from '#shared/place-key'

import type { Db } from '../database/open'
import { readAll } from '../database/write-all'

/** A step as it is kept; what is larger has more in it than a call needs. */
const STEP_MAX_LENGTH = 1_000
/** As much of a liked note as stands beside a map. */
const LIKED_LENGTH = 240
/** Designs of one number that are kept, the one that counts among them. */
const DESIGNS_KEPT = 20

/** A call as it is read: who made it, and its steps as a browser sent them. */
export interface ReadCall {
  callerId: string
  number: string
  steps: unknown[]
}

export interface ReadNote {
  place: Place
  at: number
  mood: Mood
  wince: Wince | null
  /** Of a liked note only. */
  words: string | null
  entry: number | null
}

export interface ReadMenu {
  /** Newest first, one more than a map shows where there are more. */
  calls: ReadCall[]
  /** Newest first, likewise. */
  notes: ReadNote[]
  design: { text: string; importedAt: number; importedBy: string } | null
}

const Json = v.pipe(v.string(), v.parseJson())
const CallRow = v.object({
  person_id: v.string(),
  number: v.string(),
  steps: v.pipe(Json, v.array(v.string())),
})
const NoteRow = v.object({
  place: v.pipe(Json, Place),
  at: v.number(),
  mood: Mood,
  wince: v.nullable(Wince),
  words: v.nullable(v.string()),
  entry: v.nullable(v.number()),
})

/** Everything that a map is made of, in one call. */
export async function readMenu(
  d1: D1Database,
  db: Db,
  workspaceId: string,
  number: string,
): Promise<ReadMenu> {
  const [calls, notes, design] = await readAll(d1, [
    sql`
      SELECT newest.person_id, newest.number, (${stepsOfCall(workspaceId)}) AS steps
      FROM (
        SELECT * FROM call WHERE workspace_id = ${workspaceId} AND number_key = ${number}
        ORDER BY at DESC LIMIT ${MAP_MAX_CALLS + 1}) AS newest
      ORDER BY newest.at DESC, newest.walk_id, newest.seq`.compile(db),
    sql`
      SELECT note.place, note.at, note.mood, note.wince, ${entryNumber(workspaceId)} AS entry,
        CASE note.mood WHEN 'liked' THEN substr(note.words, 1, ${LIKED_LENGTH}) END AS words
      FROM note
      WHERE note.workspace_id = ${workspaceId} AND note.wide_place_key = ${callPlaceKey(number)}
        AND note.channel = 'phone'
      ORDER BY note.at DESC LIMIT ${MAP_MAX_NOTES + 1}`.compile(db),
    sql`
      SELECT menu_design.text, menu_design.imported_at AS importedAt, person.name AS importedBy
      FROM (
        SELECT * FROM menu_design WHERE workspace_id = ${workspaceId} AND number_key = ${number}
        ORDER BY version DESC LIMIT 1) AS menu_design
      CROSS JOIN person ON person.workspace_id = ${workspaceId} AND person.id = menu_design.imported_by
      WHERE menu_design.text IS NOT NULL`.compile(db),
  ])
  return {
    calls: (calls?.rows ?? []).map((row) => {
      const { person_id, number: typed, steps } = v.parse(CallRow, row)
      return { callerId: person_id, number: typed, steps: steps.map(parsed) }
    }),
    notes: (notes?.rows ?? []).map((row) => v.parse(NoteRow, row)),
    design: (design?.rows[0] ?? null) as ReadMenu['design'],
  }
}

/** From its dial to before the next one of its walk: what a part sent later belongs to it as well. */
function stepsOfCall(workspaceId: string): RawBuilder<unknown> {
  return sql`
    SELECT json_group_array(data) FROM (
      SELECT step.kind, step.data FROM step
      WHERE step.workspace_id = ${workspaceId} AND step.walk_id = newest.walk_id AND step.seq >= newest.seq
        AND step.seq < COALESCE((
          SELECT min(next.seq) FROM call AS next
          WHERE next.workspace_id = ${workspaceId} AND next.walk_id = newest.walk_id AND next.seq > newest.seq),
          ${Number.MAX_SAFE_INTEGER})
      ORDER BY step.seq LIMIT ${CALL_MAX_STEPS})
    WHERE kind IN ('dial', 'key', 'said', 'heard', 'option', 'hold', 'asked-again', 'transfer', 'person', 'call-end')
      AND length(data) <= ${STEP_MAX_LENGTH}`
}

/** The number of the entry that `note` is in; of one that was merged, that of its target. */
function entryNumber(workspaceId: string): RawBuilder<unknown> {
  return sql`(
    SELECT COALESCE(target.number, entry.number) FROM entry_note
    CROSS JOIN entry ON entry.workspace_id = ${workspaceId} AND entry.id = entry_note.entry_id
    LEFT JOIN entry AS target ON target.workspace_id = ${workspaceId} AND target.id = entry.merged_into
    WHERE entry_note.workspace_id = ${workspaceId} AND entry_note.note_id = note.id AND entry_note.current = 1)`
}

/** What is no JSON is no step: a browser sent it. */
function parsed(data: string): unknown {
  const json = v.safeParse(Json, data)
  return json.success ? json.output : null
}

export interface CalledNumber {
  key: string
  number: string
  calls: number
  callers: number
  lastAt: number
}

/** Numbers behind `after` in the order of their keys: each is found by its first call, and counted as far as a map goes. */
export async function listCalledNumbers(
  db: Db,
  workspaceId: string,
  { after, limit }: { after: string; limit: number },
): Promise<CalledNumber[]> {
  const { rows } = await sql<CalledNumber>`
    WITH RECURSIVE called (number_key) AS (
      SELECT min(number_key) FROM call WHERE workspace_id = ${workspaceId} AND number_key > ${after}
      UNION ALL
      SELECT (
        SELECT min(number_key) FROM call
        WHERE workspace_id = ${workspaceId} AND number_key > called.number_key)
      FROM called WHERE called.number_key IS NOT NULL
      LIMIT ${limit + 1})
    SELECT called.number_key AS key, (
        SELECT number FROM call WHERE workspace_id = ${workspaceId} AND number_key = called.number_key
        ORDER BY at DESC LIMIT 1) AS number,
      (SELECT count(*) FROM (${newestTo(workspaceId)})) AS calls,
      (SELECT count(DISTINCT person_id) FROM (${newestTo(workspaceId)})) AS callers,
      (SELECT max(at) FROM call WHERE workspace_id = ${workspaceId} AND number_key = called.number_key) AS lastAt
    FROM called WHERE called.number_key IS NOT NULL LIMIT ${limit}`.execute(db)
  return rows
}

function newestTo(workspaceId: string): RawBuilder<unknown> {
  return sql`
    SELECT person_id FROM call WHERE workspace_id = ${workspaceId} AND number_key = called.number_key
    ORDER BY at DESC LIMIT ${MAP_MAX_CALLS + 1}`
}

export async function isCalled(db: Db, workspaceId: string, number: string): Promise<boolean> {
  const found = await db
    .selectFrom('call')
    .select('walk_id')
    .where('workspace_id', '=', workspaceId)
    .where('number_key', '=', number)
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

/** Where a page of notes goes on: behind this time and id. */
export type PlaceNoteKey = readonly [at: number, id: string]

/** Notes of one place in a menu, newest first. */
export async function listPlaceNotes(
  db: Db,
  workspaceId: string,
  asked: {
    placeKey: string
    from: number | undefined
    before: number | undefined
    after: PlaceNoteKey | undefined
    limit: number
  },
): Promise<MenuPlaceNote[]> {
  const { placeKey, from, before, after, limit } = asked
  const { rows } = await sql<Omit<MenuPlaceNote, 'entry'> & { entry: string | null }>`
    SELECT note.id, note.at, person.name AS author, note.mood, note.wince, note.words, (
      SELECT json_object('number', shown.number, 'title', shown.title) FROM entry_note
      CROSS JOIN entry ON entry.workspace_id = ${workspaceId} AND entry.id = entry_note.entry_id
      CROSS JOIN entry AS shown
        ON shown.workspace_id = ${workspaceId} AND shown.id = COALESCE(entry.merged_into, entry.id)
      WHERE entry_note.workspace_id = ${workspaceId} AND entry_note.note_id = note.id
        AND entry_note.current = 1) AS entry
    FROM note CROSS JOIN person ON person.workspace_id = ${workspaceId} AND person.id = note.person_id
    WHERE note.workspace_id = ${workspaceId} AND note.place_key = ${placeKey} AND note.channel = 'phone'
      ${from === undefined ? sql`` : sql`AND note.at >= ${from}`}
      ${before === undefined ? sql`` : sql`AND note.at < ${before}`}
      ${after === undefined ? sql`` : sql`AND (note.at, note.id) < (${after[0]}, ${after[1]})`}
    ORDER BY note.at DESC, note.id DESC LIMIT ${limit}`.execute(db)
  return rows.map(({ entry, ...note }) => ({
    ...note,
    entry: entry === null ? null : (JSON.parse(entry) as MenuPlaceNote['entry']),
  }))
}

/** A new design, or none from now on; those before it stay, up to a number. */
export function setDesign(
  db: Db,
  workspaceId: string,
  {
    number,
    text,
    personId,
    at,
  }: { number: string; text: string | null; personId: string; at: number },
): CompiledQuery[] {
  const newest = sql`(
    SELECT COALESCE(max(version), 0) FROM menu_design WHERE workspace_id = ${workspaceId} AND number_key = ${number})`
  return [
    sql`
      INSERT INTO menu_design (workspace_id, number_key, version, text, imported_by, imported_at)
      SELECT ${workspaceId}, ${number}, ${newest} + 1, ${text}, ${personId}, ${at}`.compile(db),
    sql`
      DELETE FROM menu_design
      WHERE workspace_id = ${workspaceId} AND number_key = ${number} AND version <= ${newest} - ${DESIGNS_KEPT}`.compile(
      db,
    ),
  ]
}
