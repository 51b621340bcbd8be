import { type CompiledQuery, type RawBuilder, sql } from 'kysely'

import type { Kind, Mood, Wince } from '#shared/note'
import { type Place, channelOf } from '#shared/place'

import { type NoteTokens, indexNotes, keepTokens } from '../database/index-rows'
import type { Db } from '../database/open'
import { partsOf } from '../placing/queries'

/** The lease: while it is held, nobody else groups this workspace's notes. Writes; `changes` says who has it. */
export function takeLease(
  db: Db,
  workspaceId: string,
  holder: string,
  now: number,
  until: number,
): CompiledQuery {
  return sql`
    UPDATE workspace SET grouping_lease = ${holder}, grouping_lease_until = ${until}
    WHERE id = ${workspaceId} AND (grouping_lease_until < ${now} OR grouping_lease = ${holder})`.compile(
    db,
  )
}

export function releaseLease(db: Db, workspaceId: string, holder: string): CompiledQuery {
  return sql`
    UPDATE workspace SET grouping_lease = NULL, grouping_lease_until = 0
    WHERE id = ${workspaceId} AND grouping_lease = ${holder}`.compile(db)
}

/** Notes that wait, in the order the server took them. */
export function listPendingNotes(db: Db, workspaceId: string, limit: number): CompiledQuery {
  return db
    .selectFrom('note')
    .select([
      'id',
      'person_id',
      'walk_id',
      'mood',
      'kind',
      'wince',
      'money',
      'service',
      'place',
      'words',
      'expected',
      'at',
      'same_as',
    ])
    .where('workspace_id', '=', workspaceId)
    .where('grouped', '=', 0)
    .orderBy('seq')
    .limit(limit)
    .compile()
}

/** Workspaces in which notes wait, for the sweep; drawn by lot, so that none waits for ever behind others. */
export async function listWorkspacesWithPendingNotes(db: Db, limit: number): Promise<string[]> {
  const { rows } = await sql<{ workspace_id: string }>`
    SELECT workspace_id FROM note WHERE grouped = 0 GROUP BY workspace_id ORDER BY random() LIMIT ${limit}`.execute(
    db,
  )
  return rows.map((row) => row.workspace_id)
}

/** What grouping asks people about a new entry: the same as this one? */
export interface NewProposal {
  entryId: string
  p: number
  engine: string
  sentence: string
}

export interface Placement {
  note: {
    id: string
    person_id: string
    mood: Mood
    kind: Kind | null
    wince: Wince | null
    money: string | null
    service: string | null
    place: Place
  }
  /** What it is found by, and what it is the same again by. */
  index: Omit<NoteTokens, 'id'>
  entryId: string
  /** JSON: why it is there. */
  why: string
  /** The person who said so; null where grouping found it. */
  saidBy: string | null
  at: number
  eventId: string
  /** Of the entry with the note; null leaves it to whoever looks at the entry next. */
  summary: string | null
}

/**
 * Opens an entry with the note as its first evidence; does nothing when the note has a place by
 * now. The second statement returns the new entry's number.
 */
export function openEntry(
  db: Db,
  workspaceId: string,
  placement: Placement,
  { title, proposal, askAt }: { title: string; proposal: NewProposal | null; askAt: number },
): CompiledQuery[] {
  const { note, entryId, at } = placement
  const waits = isWaiting(workspaceId, note.id)
  return [
    sql`
      UPDATE workspace SET seq = seq + 2, next_entry_number = next_entry_number + 1
      WHERE id = ${workspaceId} AND ${waits}`.compile(db),
    sql`
      INSERT INTO entry (id, workspace_id, number, mood, title, service, channel, kind, state, notes, leaders, worst, free,
        opened_at, changed_at, version, seq)
      SELECT ${entryId}, id, next_entry_number - 1, ${note.mood}, ${title}, ${note.service}, ${channelOf(note.place)},
        ${note.kind}, ${note.mood === 'liked' ? 'kept' : 'new'}, 1, 1, ${note.wince}, ${Number(note.money === 'free')},
        ${at}, ${at}, 1, seq - 1
      FROM workspace WHERE id = ${workspaceId} AND ${waits}
      RETURNING number`.compile(db),
    tell(db, workspaceId, placement, 'opened', waits),
    ...putNote(db, workspaceId, placement, (ready) =>
      proposal === null
        ? sql`
            INSERT INTO lone_entry (workspace_id, entry_id, ask_at)
            SELECT ${workspaceId}, ${entryId}, ${askAt} WHERE ${ready}`
        : proposeIf(workspaceId, { ...proposal, noteId: note.id, fromId: entryId, at }, ready),
    ),
  ]
}

/** Joins an entry as it was read; does nothing when the entry or the note changed meanwhile. */
export function joinEntry(
  db: Db,
  workspaceId: string,
  placement: Placement,
  version: number,
  state: string,
): CompiledQuery[] {
  const { note, entryId, at } = placement
  const unchanged = sql<boolean>`
    ${isWaiting(workspaceId, note.id)} AND EXISTS (
      SELECT 1 FROM entry WHERE workspace_id = ${workspaceId} AND id = ${entryId} AND version = ${version}
        AND mood = ${note.mood})`
  const reopens = state === 'closed'
  const ready = isTold(workspaceId, placement)
  return [
    tell(db, workspaceId, placement, reopens ? 'reopened' : 'joined', unchanged),
    sql`UPDATE workspace SET seq = seq + 2 WHERE id = ${workspaceId} AND ${ready}`.compile(db),
    sql`
      UPDATE entry SET
        notes = notes + 1,
        leaders = leaders + (NOT EXISTS (
          SELECT 1 FROM entry_token
          WHERE entry_token.workspace_id = ${workspaceId} AND entry_token.entry_id IN ${partsOf(workspaceId, sql`${entryId}`)}
            AND token = ${`person|${note.person_id}`}
        ) AND NOT EXISTS (
          SELECT 1 FROM note_to_index JOIN entry_note ON entry_note.workspace_id = note_to_index.workspace_id
            AND entry_note.note_id = note_to_index.note_id AND entry_note.current = 1
          JOIN note ON note.workspace_id = note_to_index.workspace_id AND note.id = note_to_index.note_id
          WHERE note_to_index.workspace_id = ${workspaceId} AND note.person_id = ${note.person_id}
            AND entry_note.entry_id IN ${partsOf(workspaceId, sql`${entryId}`)})),
        worst = NULLIF(max(COALESCE(worst, -1), COALESCE(${note.wince}, -1)), -1),
        free = max(free, ${Number(note.money === 'free')}),
        service = COALESCE(service, ${note.service}),
        kind = COALESCE(kind, ${note.kind}),
        state = ${reopens ? sql`'reopened'` : sql`state`},
        changed_at = ${at},
        version = version + 1,
        seq = (SELECT seq - 1 FROM workspace WHERE id = ${workspaceId})
      WHERE workspace_id = ${workspaceId} AND id = ${entryId} AND ${ready}`.compile(db),
    ...putNote(db, workspaceId, placement),
  ]
}

function isWaiting(workspaceId: string, noteId: string): RawBuilder<boolean> {
  return sql<boolean>`
    EXISTS (SELECT 1 FROM note WHERE workspace_id = ${workspaceId} AND id = ${noteId} AND grouped = 0)`
}

/** The line of history that begins a placement. */
function tell(
  db: Db,
  workspaceId: string,
  { note, entryId, saidBy, at, eventId }: Placement,
  what: string,
  condition: RawBuilder<boolean>,
): CompiledQuery {
  return sql`
    INSERT INTO event (id, workspace_id, entry_id, at, actor, what, before, after, reason)
    SELECT ${eventId}, ${workspaceId}, ${entryId}, ${at}, ${saidBy ?? 'wince'}, ${what}, NULL, ${note.id}, NULL
    WHERE ${condition}`.compile(db)
}

/**
 * This placement, and no other, is what happens here. An entry's version cannot tell: whoever was
 * faster has raised it by one too.
 */
function isTold(workspaceId: string, { note, eventId }: Placement): RawBuilder<boolean> {
  return sql<boolean>`
    ${isWaiting(workspaceId, note.id)} AND EXISTS (
      SELECT 1 FROM event WHERE id = ${eventId} AND workspace_id = ${workspaceId})`
}

/** Evidence and indexes, where the placement has begun. */
function putNote(
  db: Db,
  workspaceId: string,
  placement: Placement,
  alsoDo?: (ready: RawBuilder<boolean>) => RawBuilder<unknown>,
): CompiledQuery[] {
  const { note, index, entryId, why, saidBy, at, summary } = placement
  const ready = isTold(workspaceId, placement)
  return [
    keepTokens(db, workspaceId, [{ id: note.id, ...index }], ready),
    ...indexNotes(db, workspaceId, [{ id: note.id, entryId }], ready),
    ...(summary === null
      ? []
      : [
          sql`
            INSERT INTO entry_summary (workspace_id, entry_id, data) SELECT ${workspaceId}, ${entryId}, ${summary}
            WHERE ${ready}`.compile(db),
        ]),
    sql`
      INSERT INTO entry_note (workspace_id, entry_id, note_id, placed_by, why, at, current)
      SELECT ${workspaceId}, ${entryId}, ${note.id}, ${saidBy ?? 'grouping'}, ${why}, ${at}, 1 WHERE ${ready}`.compile(
      db,
    ),
    ...(alsoDo === undefined ? [] : [alsoDo(ready).compile(db)]),
    sql`
      UPDATE note SET grouped = 1, seq = (SELECT seq FROM workspace WHERE id = ${workspaceId})
      WHERE workspace_id = ${workspaceId} AND id = ${note.id} AND ${ready}`.compile(db),
  ]
}

/** Asks people whether the note's entry is the same as another; never what they said no to, or keep apart. */
export function proposeIf(
  workspaceId: string,
  proposal: NewProposal & { noteId: string; fromId: string; at: number },
  condition: RawBuilder<boolean>,
): RawBuilder<unknown> {
  const { noteId, entryId, fromId, p, engine, sentence, at } = proposal
  return sql`
    INSERT INTO proposal (workspace_id, note_id, entry_id, from_id, state, p, engine, sentence, at)
    SELECT ${workspaceId}, ${noteId}, ${entryId}, ${fromId}, 'open', ${p}, ${engine}, ${sentence}, ${at}
    WHERE ${condition} AND NOT EXISTS (
      SELECT 1 FROM never_group WHERE workspace_id = ${workspaceId} AND note_id = ${noteId} AND other_id = ${entryId})
    ON CONFLICT DO NOTHING`
}

/** Stores a summary that was made anew, unless the entry has changed or has one by now. */
export function keepSummary(
  db: Db,
  workspaceId: string,
  { entryId, version, data }: { entryId: string; version: number; data: string },
): CompiledQuery {
  return sql`
    INSERT INTO entry_summary (workspace_id, entry_id, data) SELECT ${workspaceId}, ${entryId}, ${data}
    WHERE EXISTS (SELECT 1 FROM entry WHERE workspace_id = ${workspaceId} AND id = ${entryId} AND version = ${version})
    ON CONFLICT DO NOTHING`.compile(db)
}
