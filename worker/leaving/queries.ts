import { type CompiledQuery, type RawBuilder, sql } from 'kysely'

import type { Guard } from '../audit/queries'
import type { Db } from '../database/open'
import { unindexNotes } from '../database/index-rows'
import { isByHand, recountEntries, shownNotes } from '../placing/queries'

/** What to do about the entries of a recalled note. */
export interface Unplacement {
  /** `title` is what it is called from now on; null leaves one that a person confirmed. */
  entries: {
    entryId: string
    version: number
    title: string | null
    /** Whose words that is. */
    titleNote: string | null
  }[]
  /** The title made out of the note's words. */
  derivedTitle: string
  /** What an entry is called that no note gives a name to. */
  nameless: string
  eventId: string
}

/** Takes what the note gave to its entries out of them again; its `entry_note` is gone by now. */
export function leaveEntries(
  db: Db,
  { workspaceId, personId }: { workspaceId: string; personId: string },
  { noteId, at, from, gone }: { noteId: string; at: number; from: Unplacement; gone: Guard },
): CompiledQuery[] {
  const { entries, derivedTitle, nameless, eventId } = from
  const traced = sql`
    SELECT trace.entry_id FROM event AS trace
    WHERE trace.workspace_id = ${workspaceId} AND trace.after = ${noteId} AND trace.what <> 'renamed'`
  const isEmpty = sql`NOT EXISTS (SELECT 1 FROM ${shownNotes(workspaceId, sql.ref('entry.id'))})`
  const titles = sql`json_each(${JSON.stringify(entries)})`
  const said = (field: string) => sql`(
    SELECT value ->> ${field} FROM ${titles} WHERE value ->> 'entryId' = entry.id)`
  const own = entries[0]?.entryId ?? null
  return [
    ...(own === null ? [] : unindexNotes(db, workspaceId, [{ id: noteId, entryId: own }], gone)),
    sql`
      UPDATE proposal SET state = 'withdrawn'
      WHERE proposal.workspace_id = ${workspaceId} AND proposal.state = 'open' AND ${gone} AND proposal.entry_id IN (
        SELECT entry.id FROM ${titles} JOIN entry ON entry.id = value ->> 'entryId'
        WHERE entry.workspace_id = ${workspaceId} AND ${isEmpty})`.compile(db),
    // Wherever the note has been.
    sql`
      UPDATE event SET before = NULL
      WHERE workspace_id = ${workspaceId} AND what = 'renamed' AND before = ${derivedTitle}
        AND entry_id IN (${traced}) AND ${gone}`.compile(db),
    sql`
      UPDATE entry SET title = ${nameless}, title_note = NULL
      WHERE +workspace_id = ${workspaceId} AND title_confirmed = 0 AND ${gone}
        AND (title_note = ${noteId} OR (title_note IS NULL AND title = ${derivedTitle})) AND id IN (
          SELECT named.id FROM entry AS named
          WHERE named.workspace_id = ${workspaceId} AND named.title_note = ${noteId} UNION ALL ${traced})`.compile(
      db,
    ),
    recountEntries(
      db,
      workspaceId,
      entries.map(({ entryId }) => entryId),
      {
        at,
        guard: gone,
        // The tombstone's is the last.
        behind: 1,
        change: sql`
      title = CASE WHEN title_note IS NULL AND title_confirmed = 0 THEN COALESCE(${said('title')}, title) ELSE title END,
      title_note = CASE WHEN title_note IS NULL AND title_confirmed = 0 THEN ${said('titleNote')} ELSE title_note END,
      state = CASE
        WHEN state NOT IN ('closed', 'declined', 'merged') AND ${isEmpty} AND NOT ${isByHand(workspaceId)} THEN 'withdrawn'
        WHEN state = 'reopened' AND ${hasReopenedIt(workspaceId, noteId)} THEN 'closed'
        ELSE state END,`,
      },
    ),
    sql`
      INSERT INTO event (id, workspace_id, entry_id, at, actor, what, before, after, reason)
      SELECT ${eventId}, ${workspaceId}, value ->> 'entryId', ${at}, ${personId}, 'taken-back', NULL, ${noteId}, NULL
      FROM ${titles} WHERE key = ${entries.length - 1} AND ${gone}`.compile(db),
  ]
}

/** The note reopened the entry, and nothing was added to it since. */
function hasReopenedIt(workspaceId: string, noteId: string): RawBuilder<boolean> {
  return sql<boolean>`${noteId} = (
    SELECT after FROM event
    WHERE workspace_id = ${workspaceId} AND entry_id = entry.id AND what IN ('joined', 'reopened', 'moved-in')
    ORDER BY at DESC, id DESC LIMIT 1)`
}
