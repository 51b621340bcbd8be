import { type CompiledQuery, sql } from 'kysely'

import { NEARBY_MAX_ENTRIES, NEARBY_MAX_TOKENS } from '#shared/limits'

import { EVERY_NOTE } from '../database/index-rows'
import type { Db } from '../database/open'

/**
 * Entries that changed after `after`, the oldest change first; null starts with the last two
 * thousand. Each with what is merged into it: `notes`, `others` (people who noted it, without the
 * one who asks), `tokens` as JSON `[token, notes][]`, the most frequent and none of a person,
 * and `summaries` as JSON `[entry, summary or null][]`. One that cannot be joined has no tokens.
 */
export function listNearby(
  db: Db,
  { workspaceId, personId, after, limit }: NearbyAsked,
): CompiledQuery {
  const since =
    after ??
    sql`COALESCE((
      SELECT seq FROM entry WHERE entry.workspace_id = ${workspaceId}
      ORDER BY seq DESC LIMIT 1 OFFSET ${NEARBY_MAX_ENTRIES}), 0)`
  const counted = sql`
    member CROSS JOIN entry_token ON entry_token.entry_id = member.id
    WHERE member.root = page.id AND entry_token.workspace_id = ${workspaceId}`
  const isPerson = sql`(entry_token.token >= 'person|' AND entry_token.token < 'person}')`
  return sql`
    WITH page AS MATERIALIZED (
      SELECT id, seq, number, mood, state, CASE title_confirmed WHEN 1 THEN title END AS title,
        merged_into IS NULL AND state NOT IN ('merged', 'declined', 'withdrawn') AS is_open
      FROM entry WHERE entry.workspace_id = ${workspaceId} AND seq > ${since} ORDER BY seq LIMIT ${limit}),
    member (root, id) AS MATERIALIZED (
      SELECT id, id FROM page WHERE is_open
      UNION ALL
      SELECT page.id, part.id FROM page CROSS JOIN entry AS part ON part.merged_into = page.id
      WHERE is_open AND part.workspace_id = ${workspaceId})
    SELECT id, seq, number, mood, state, title,
      (SELECT COALESCE(sum(entry_token.notes), 0) FROM ${counted} AND entry_token.token = ${EVERY_NOTE}) AS notes,
      (SELECT count(DISTINCT entry_token.token) FROM ${counted} AND ${isPerson}
        AND entry_token.token <> ${`person|${personId}`}) AS others,
      (SELECT json_group_array(json_array(token, notes)) FROM (
        SELECT entry_token.token, sum(entry_token.notes) AS notes FROM ${counted}
          AND entry_token.token <> ${EVERY_NOTE} AND NOT ${isPerson}
        GROUP BY entry_token.token ORDER BY 2 DESC, 1 LIMIT ${NEARBY_MAX_TOKENS})) AS tokens,
      (SELECT json_group_array(json_array(member.id, entry_summary.data)) FROM member
        LEFT JOIN entry_summary ON entry_summary.workspace_id = ${workspaceId} AND entry_summary.entry_id = member.id
        WHERE member.root = page.id) AS summaries
    FROM page ORDER BY seq`.compile(db)
}

interface NearbyAsked {
  workspaceId: string
  personId: string
  after: number | null
  limit: number
}
