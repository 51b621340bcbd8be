import { type CompiledQuery, sql } from 'kysely'

import type { EntryDetail, EntryEvent, EvidenceNote } from '#shared/api/entry'

import type { Told } from '#shared/entry-facts'
import type { EntryWork } from '#shared/work'

import type { Db } from '../database/open'
import { readAll } from '../database/write-all'
import { partsOf } from '../placing/queries'
import { toWork, workQueries } from '../work/queries'
import { toEvent, toEvidence } from './rows'

/** Where a page of notes goes on: behind this wince (−1 for none), time and id. */
export type NoteKey = readonly [wince: number, at: number, id: string]
/** Where a page of events goes on. */
export type EventKey = readonly [at: number, id: string]

/** Notes with the worst wince first, then the newest: what a reviewer should read first. */
export async function readEvidence(
  d1: D1Database,
  db: Db,
  workspaceId: string,
  entryId: string,
  page: { after: NoteKey | undefined; limit: number },
): Promise<EvidenceNote[]> {
  const results = await readAll(d1, evidenceQueries(db, workspaceId, entryId, page))
  return toEvidence(results[0]?.rows ?? [], results[1]?.rows ?? [])
}

export async function readHistory(
  d1: D1Database,
  db: Db,
  workspaceId: string,
  entryId: string,
  page: { after: EventKey | undefined; limit: number },
): Promise<EntryEvent[]> {
  const [events] = await readAll(d1, [selectEvents(db, workspaceId, entryId, page)])
  return (events?.rows ?? []).map(toEvent)
}

export interface Evidence {
  notes: EvidenceNote[]
  events: EntryEvent[]
  firstNoteAt: number | null
  lastNoteAt: number | null
  owners: { id: string; name: string }[]
  mergedIn: EntryDetail['mergedIn']
  work: EntryWork
  told: Told
}

const MERGED_SHOWN = 50

/** Everything that stands on an entry's page, in one call. */
export async function readEntryPage(
  d1: D1Database,
  db: Db,
  workspaceId: string,
  entryId: string,
  limits: { notes: number; events: number },
): Promise<Evidence> {
  const [notes, pictures, events, span, owners, merged, work, told] = await readAll(d1, [
    ...evidenceQueries(db, workspaceId, entryId, { after: undefined, limit: limits.notes }),
    selectEvents(db, workspaceId, entryId, { after: undefined, limit: limits.events }),
    currentNotes(db, workspaceId, entryId)
      .select((note) => [note.fn.min('note.at').as('first'), note.fn.max('note.at').as('last')])
      .compile(),
    db
      .selectFrom('person')
      .select(['id', 'name'])
      .where('workspace_id', '=', workspaceId)
      .where('removed_at', 'is', null)
      .where('role', 'in', ['owner', 'admin', 'reviewer'])
      .orderBy('name')
      .limit(200)
      .compile(),
    selectMerged(db, workspaceId, entryId),
    ...workQueries(db, workspaceId, entryId),
  ])
  return {
    notes: toEvidence(notes?.rows ?? [], pictures?.rows ?? []),
    events: (events?.rows ?? []).map(toEvent),
    firstNoteAt: (span?.rows[0]?.['first'] ?? null) as number | null,
    lastNoteAt: (span?.rows[0]?.['last'] ?? null) as number | null,
    owners: (owners?.rows ?? []) as unknown as Evidence['owners'],
    mergedIn: (merged?.rows ?? []) as unknown as Evidence['mergedIn'],
    work: toWork(work?.rows[0]),
    told: told?.rows[0] as unknown as Told,
  }
}

/** What was merged into an entry, and by which decision that stands; one that only emptied it is none. */
function selectMerged(db: Db, workspaceId: string, entryId: string): CompiledQuery {
  return sql`
    SELECT entry.number, entry.title, entry.notes, (
      SELECT decision.id FROM decision_step AS step JOIN decision
        ON decision.workspace_id = ${workspaceId} AND decision.id = step.decision_id
      WHERE step.workspace_id = ${workspaceId} AND step.kind = 'merge' AND step.entry_id = entry.id
        AND decision.what = 'merge' AND decision.undone_at IS NULL AND step.before NOT LIKE 'merged %'
      ORDER BY decision.at DESC LIMIT 1) AS decision
    FROM entry WHERE +entry.workspace_id = ${workspaceId} AND entry.merged_into = ${entryId}
    ORDER BY entry.number LIMIT ${MERGED_SHOWN}`.compile(db)
}

/** Its own notes, and those of what was merged into it. */
function currentNotes(db: Db, workspaceId: string, entryId: string) {
  return db
    .selectFrom('entry_note')
    .innerJoin('note', (join) =>
      join
        .onRef('note.id', '=', 'entry_note.note_id')
        .onRef('note.workspace_id', '=', 'entry_note.workspace_id'),
    )
    .where('entry_note.workspace_id', '=', workspaceId)
    .where(sql<boolean>`entry_note.entry_id IN ${partsOf(workspaceId, sql`${entryId}`)}`)
    .where('entry_note.current', '=', 1)
}

/** The notes of a page, and the pictures of exactly those notes. */
function evidenceQueries(
  db: Db,
  workspaceId: string,
  entryId: string,
  { after, limit }: { after: NoteKey | undefined; limit: number },
): [CompiledQuery, CompiledQuery] {
  const wince = sql<number>`COALESCE(note.wince, -1)`
  let page = currentNotes(db, workspaceId, entryId)
    .orderBy(wince, 'desc')
    .orderBy('note.at', 'desc')
    .orderBy('note.id', 'desc')
    .limit(limit)
  if (after)
    page = page.where(
      sql<boolean>`(${wince}, note.at, note.id) < (${after[0]}, ${after[1]}, ${after[2]})`,
    )
  const notes = page
    .innerJoin('person', (join) =>
      join
        .onRef('person.id', '=', 'note.person_id')
        .onRef('person.workspace_id', '=', 'note.workspace_id'),
    )
    .leftJoin('walk', (join) =>
      join
        .onRef('walk.id', '=', 'note.walk_id')
        .onRef('walk.workspace_id', '=', 'note.workspace_id'),
    )
    .select([
      'note.id',
      'note.at',
      'note.mood',
      'note.kind',
      'note.wince',
      'note.money',
      'note.words',
      'note.first_words',
      'note.first_words_at',
      'note.expected',
      'note.source',
      'note.channel',
      'note.place',
      'person.name as author',
      'walk.id as walk_id',
      'walk.kind as walk_kind',
      'walk.errand',
      'walk.persona',
      'entry_note.why',
      'entry_note.placed_by',
    ])
    .compile()
  const pictures = db
    .selectFrom('attachment')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('note_id', 'in', page.select('note.id'))
    .orderBy('note_id')
    .orderBy('sha256')
    .compile()
  return [notes, pictures]
}

/** Long values are kept whole and shown by their beginning, so that a page of history stays a page. */
const SHOWN_CHARACTERS = 500
function shownOf(column: 'event.before' | 'event.after') {
  return sql<string | null>`substr(${sql.ref(column)}, 1, ${SHOWN_CHARACTERS})`
}

function selectEvents(
  db: Db,
  workspaceId: string,
  entryId: string,
  { after, limit }: { after: EventKey | undefined; limit: number },
): CompiledQuery {
  let events = db
    .selectFrom('event')
    .leftJoin('person', (join) =>
      join
        .onRef('person.id', '=', 'event.actor')
        .onRef('person.workspace_id', '=', 'event.workspace_id'),
    )
    // A note's own event says which note in `after`.
    .leftJoin('note', (join) =>
      join
        .onRef('note.id', '=', 'event.after')
        .onRef('note.workspace_id', '=', 'event.workspace_id'),
    )
    .leftJoin('person as author', (join) =>
      join
        .onRef('author.id', '=', 'note.person_id')
        .onRef('author.workspace_id', '=', 'event.workspace_id'),
    )
    .select([
      'event.id',
      'event.at',
      'person.name as actor',
      'event.what',
      shownOf('event.before').as('before'),
      shownOf('event.after').as('after'),
      'event.reason',
      'author.name as author',
      'note.source',
    ])
    .where('event.workspace_id', '=', workspaceId)
    .where('event.entry_id', '=', entryId)
    .orderBy('event.at', 'desc')
    .orderBy('event.id', 'desc')
    .limit(limit)
  if (after) events = events.where(sql<boolean>`(event.at, event.id) < (${after[0]}, ${after[1]})`)
  return events.compile()
}
