import { type CompiledQuery, type RawBuilder, sql } from 'kysely'
import * as v from 'valibot'

import { Mood } from '#shared/note'
import { Place } from '#shared/place'
import { EntryState } from '#shared/sync'

import type { Db } from '../database/open'
import type { Written } from '../database/write-all'
import { isByHand, shownNotes } from '../placing/queries'
import type { NextNote, Standing, StandingAsked, StandingEntry, StandingNote } from './standing'

/** More proposals between two entries than this go on being asked. */
const PROPOSALS_MAX = 500

/** What `toStanding` reads, in its order; one call together with what else is asked. */
export function standingQueries(
  db: Db,
  workspaceId: string,
  asked: StandingAsked,
): CompiledQuery[] {
  return [
    selectNotes(db, workspaceId, asked),
    selectEntries(db, workspaceId, asked),
    selectNext(db, workspaceId, asked),
    selectProposals(db, workspaceId, asked),
  ]
}

export function toStanding(results: readonly Written[]): Standing {
  const [notes, entries, next, proposals] = results.map(({ rows }) => rows)
  return {
    notes: (notes ?? []).map(toNote),
    entries: (entries ?? []).map(toEntry),
    next: (next ?? []).map(toNext),
    proposals: (proposals ?? []) as unknown as Standing['proposals'],
  }
}

const list = (values: readonly unknown[]) =>
  sql`(SELECT value FROM json_each(${JSON.stringify(values)}))`

function selectNotes(db: Db, workspaceId: string, { noteIds }: StandingAsked): CompiledQuery {
  return sql`
    SELECT note.id, note.mood, note.words, note.expected, note.service, note.service_id, note.place, note.arrived,
      CASE WHEN note.service_id IS NULL THEN note.service ELSE (
        SELECT json_extract(op.payload, '$.service') FROM op
        WHERE op.workspace_id = note.workspace_id AND op.subject_id = note.id AND op.kind = 'note.add'
        ORDER BY op.seq LIMIT 1) END AS typed,
      entry_note.entry_id, entry_note.at AS placed_at, entry_note.placed_by, entry_note.why,
      triage.lane, triage.position, proposal.entry_id AS proposed
    FROM note
    LEFT JOIN entry_note
      ON entry_note.workspace_id = note.workspace_id AND entry_note.note_id = note.id AND entry_note.current = 1
    LEFT JOIN triage ON triage.workspace_id = note.workspace_id AND triage.note_id = note.id
    LEFT JOIN proposal
      ON proposal.workspace_id = note.workspace_id AND proposal.note_id = note.id AND proposal.state = 'open'
    WHERE +note.workspace_id = ${workspaceId} AND note.id IN ${list(noteIds)}`.compile(db)
}

/** A name, then its select: the entries that are named in one way or another, and what shows them. */
function roots(workspaceId: string, { noteIds, numbers, entryIds }: StandingAsked) {
  const named = sql`json_each(${JSON.stringify(noteIds)}) AS named`
  return sql`
    asked (id) AS (
      SELECT entry_note.entry_id FROM ${named} CROSS JOIN entry_note
        ON entry_note.workspace_id = ${workspaceId} AND entry_note.note_id = named.value AND entry_note.current = 1
      UNION SELECT proposal.entry_id FROM ${named} CROSS JOIN proposal
        ON proposal.workspace_id = ${workspaceId} AND proposal.note_id = named.value AND proposal.state = 'open'
      UNION SELECT id FROM entry WHERE workspace_id = ${workspaceId} AND number IN ${list(numbers)}
      UNION SELECT value FROM json_each(${JSON.stringify(entryIds)})),
    root (id) AS (
      SELECT DISTINCT COALESCE(entry.merged_into, entry.id) FROM asked
      CROSS JOIN entry ON entry.workspace_id = ${workspaceId} AND entry.id = asked.id)`
}

function selectEntries(db: Db, workspaceId: string, asked: StandingAsked): CompiledQuery {
  return sql`
    WITH ${roots(workspaceId, asked)},
    wanted (id) AS (
      SELECT id FROM asked UNION SELECT id FROM root
      UNION SELECT part.id FROM root CROSS JOIN entry AS part
        ON part.workspace_id = ${workspaceId} AND part.merged_into = root.id)
    SELECT entry.id, entry.number, entry.mood, entry.title, entry.title_confirmed, entry.title_note,
      entry.state, entry.merged_into,
      entry.service_id, entry.notes, entry.version, entry.changed_at,
      ${isByHand(workspaceId)} AS by_hand
    FROM wanted CROSS JOIN entry ON entry.workspace_id = ${workspaceId} AND entry.id = wanted.id`.compile(
    db,
  )
}

/** Of entries that a note may leave: the oldest note that stays. */
function selectNext(db: Db, workspaceId: string, asked: StandingAsked): CompiledQuery {
  const { noteIds } = asked
  const stays = shownNotes(workspaceId, sql.ref('root.id'))
  return sql`
    WITH ${roots(workspaceId, asked)}
    SELECT next.id, root.id AS entry_id, next.words, next.place, next.arrived
    FROM root CROSS JOIN note AS next ON next.workspace_id = ${workspaceId} AND next.id = (
      SELECT note.id FROM ${stays} AND note.id NOT IN ${list(noteIds)} ORDER BY note.arrived LIMIT 1)`.compile(
    db,
  )
}

function selectProposals(db: Db, workspaceId: string, { mergeOf }: StandingAsked): CompiledQuery {
  const both: RawBuilder<unknown> = sql`(
    SELECT part.id FROM entry AS named CROSS JOIN entry AS part ON +part.workspace_id = ${workspaceId} AND (
      part.id IN (named.id, named.merged_into) OR part.merged_into = COALESCE(named.merged_into, named.id))
    WHERE named.workspace_id = ${workspaceId} AND named.number IN ${list(mergeOf)})`
  return sql`
    SELECT proposal.note_id AS noteId, proposal.entry_id AS entryId FROM proposal
    CROSS JOIN entry_note ON entry_note.workspace_id = ${workspaceId} AND entry_note.note_id = proposal.note_id
      AND entry_note.current = 1
    WHERE proposal.workspace_id = ${workspaceId} AND proposal.state = 'open'
      AND proposal.entry_id IN ${both} AND entry_note.entry_id IN ${both}
    LIMIT ${PROPOSALS_MAX}`.compile(db)
}

const Json = v.pipe(v.string(), v.parseJson())
const text = v.nullable(v.string())
const NoteRow = v.object({
  id: v.string(),
  mood: Mood,
  words: v.string(),
  expected: text,
  service: text,
  service_id: text,
  typed: text,
  place: v.pipe(Json, Place),
  arrived: v.number(),
  entry_id: text,
  placed_at: v.nullable(v.number()),
  placed_by: text,
  why: text,
  lane: v.nullable(v.picklist(['sure', 'asked', 'own'])),
  position: v.nullable(v.number()),
  proposed: text,
})

function toNote(row: unknown): StandingNote {
  const { service_id, entry_id, placed_at, placed_by, why, lane, position, ...note } = v.parse(
    NoteRow,
    row,
  )
  return {
    ...note,
    serviceId: service_id,
    placed:
      entry_id === null
        ? null
        : { entryId: entry_id, at: placed_at ?? 0, by: placed_by ?? '', why: why ?? '{}' },
    waits: lane === null || position === null ? null : { lane, position },
  }
}

const EntryRow = v.object({
  id: v.string(),
  number: v.number(),
  mood: Mood,
  title: v.string(),
  title_confirmed: v.number(),
  title_note: text,
  state: EntryState,
  merged_into: text,
  service_id: text,
  notes: v.number(),
  by_hand: v.number(),
  version: v.number(),
  changed_at: v.number(),
})

function toEntry(row: unknown): StandingEntry {
  const { title_confirmed, title_note, merged_into, service_id, changed_at, by_hand, ...entry } =
    v.parse(EntryRow, row)
  return {
    ...entry,
    titleConfirmed: title_confirmed === 1,
    titleNote: title_note,
    mergedInto: merged_into,
    serviceId: service_id,
    isByHand: by_hand === 1,
    changedAt: changed_at,
  }
}

const NextRow = v.object({
  id: v.string(),
  entry_id: v.string(),
  words: v.string(),
  place: v.pipe(Json, Place),
  arrived: v.number(),
})

function toNext(row: unknown): NextNote {
  const { entry_id, ...note } = v.parse(NextRow, row)
  return { ...note, entryId: entry_id }
}
