import { type CompiledQuery, sql } from 'kysely'

import type { Db } from '../database/open'

const SHOWN = 6
/** Of those closed of late, as many are looked at for what got better. */
const LOOKED_AT = 50
/** The newest walks that home looks at: more tell the same. */
export const WALKS_COVERED = 300
/** Words for customers, as long as a line of home. */
const WORDS_MAX_CHARS = 240

/** What was closed since then because it works now, with what customers are told of it. */
export function selectBetter(db: Db, workspaceId: string, since: number): CompiledQuery {
  return sql`
      SELECT closed.number, substr(COALESCE((
        SELECT message.words FROM message
        WHERE message.entry_id = closed.id AND +message.workspace_id = ${workspaceId} AND message.kind = 'changed'
        ORDER BY message.version DESC LIMIT 1), closed.title), 1, ${WORDS_MAX_CHARS}) AS words
      FROM (
        SELECT id, number, title, changed_at FROM entry
        WHERE workspace_id = ${workspaceId} AND state = 'closed' AND changed_at >= ${since}
        ORDER BY changed_at DESC LIMIT ${LOOKED_AT}) AS closed
      LEFT JOIN entry_work AS work ON work.entry_id = closed.id AND +work.workspace_id = ${workspaceId}
      WHERE COALESCE(work.close_code, 'successful') = 'successful'
      ORDER BY closed.changed_at DESC, closed.number LIMIT ${SHOWN}`.compile(db)
}

/** The newest walks of six months with their notes' worst wince, by service and month. */
export function selectCoverage(db: Db, workspaceId: string, since: number): CompiledQuery {
  const service = sql`COALESCE(note.service, walk.service)`
  return sql`
    SELECT ${service} AS service, strftime('%Y-%m', walk.started_at / 1000, 'unixepoch') AS month,
      max(note.wince) AS worst, COALESCE(sum(note.mood = 'embarrassed'), 0) AS embarrassed, max(walk.started_at) AS last
    FROM (
      SELECT id, service, started_at FROM walk WHERE workspace_id = ${workspaceId} AND started_at >= ${since}
      ORDER BY started_at DESC LIMIT ${WALKS_COVERED}) AS walk
    LEFT JOIN note ON note.workspace_id = ${workspaceId} AND note.walk_id = walk.id
    WHERE ${service} IS NOT NULL GROUP BY 1, 2`.compile(db)
}
