import { type CompiledQuery, sql } from 'kysely'

import type { PictureType } from '#shared/attachment'

import type { Db } from '../database/open'

export interface ExpectedPicture {
  type: PictureType
  bytes: number
  state: 'pending' | 'stored' | 'refused'
  /** Older bytes of it are being deleted until then, Unix ms; null when none are. */
  locked_until: number | null
}

/** A picture that a note of this person announced; nobody may put bytes that no note waits for. */
export async function findExpectedPicture(
  db: Db,
  workspaceId: string,
  personId: string,
  sha256: string,
): Promise<ExpectedPicture | undefined> {
  return db
    .selectFrom('attachment')
    .innerJoin('note', 'note.id', 'attachment.note_id')
    .leftJoin('unwanted_picture', (join) =>
      join
        .onRef('unwanted_picture.workspace_id', '=', 'attachment.workspace_id')
        .onRef('unwanted_picture.sha256', '=', 'attachment.sha256'),
    )
    .select([
      'attachment.type',
      'attachment.bytes',
      'attachment.state',
      'unwanted_picture.locked_until',
    ])
    .where('attachment.workspace_id', '=', workspaceId)
    .where('note.workspace_id', '=', workspaceId)
    .where('note.person_id', '=', personId)
    .where('attachment.sha256', '=', sha256)
    .limit(1)
    .executeTakeFirst()
}

/** Every note that shows this picture learns what became of its bytes. A stored one stays stored. */
export function setPictureState(
  db: Db,
  workspaceId: string,
  sha256: string,
  state: 'stored' | 'refused',
): CompiledQuery {
  return db
    .updateTable('attachment')
    .set({ state })
    .where('workspace_id', '=', workspaceId)
    .where('sha256', '=', sha256)
    .where('state', '!=', 'stored')
    .compile()
}

interface ToLookThrough {
  id: string
  epoch: number
  /** The last key that was looked at since that restore; null at the beginning. */
  cursor: string | null
}

/** Workspaces whose bucket was not looked through since their last restore. */
export async function listWorkspacesToLookThrough(db: Db, limit: number): Promise<ToLookThrough[]> {
  const { rows } = await sql<ToLookThrough>`
    SELECT id, epoch, CASE looking_epoch WHEN epoch THEN looked_to END AS cursor FROM workspace
    WHERE looked_epoch < epoch LIMIT ${limit}`.execute(db)
  return rows
}

/** Those of these pictures that no note shows go, unless one shows them again within the hour. */
export function wantOrphansGone(
  db: Db,
  workspaceId: string,
  hashes: readonly string[],
  now: number,
): CompiledQuery {
  return sql`
    INSERT INTO unwanted_picture (workspace_id, sha256, since, deleted)
    SELECT ${workspaceId}, value, ${now}, 1 FROM json_each(${JSON.stringify(hashes)})
    WHERE NOT EXISTS (SELECT 1 FROM attachment WHERE workspace_id = ${workspaceId} AND sha256 = value)
    ON CONFLICT DO NOTHING`.compile(db)
}

/**
 * The bucket was looked through from one key to another, `null` being either end. Nothing is
 * noted when another look was faster, or when there was a restore meanwhile.
 */
export function lookedTo(
  db: Db,
  workspaceId: string,
  { from, to, epoch }: { from: string | null; to: string | null; epoch: number },
): CompiledQuery {
  return sql`
    UPDATE workspace SET
      looked_to = ${to},
      looking_epoch = ${epoch},
      looked_epoch = CASE WHEN ${to} IS NULL THEN ${epoch} ELSE looked_epoch END
    WHERE id = ${workspaceId} AND epoch = ${epoch}
      AND (CASE looking_epoch WHEN epoch THEN looked_to END) IS ${from}`.compile(db)
}

/** Workspaces in which bytes may lie that no note wants, for the sweep. */
export async function listWorkspacesWithUnwanted(db: Db, limit: number): Promise<string[]> {
  const { rows } = await sql<{ workspace_id: string }>`
    SELECT workspace_id FROM unwanted_picture GROUP BY workspace_id ORDER BY random() LIMIT ${limit}`.execute(
    db,
  )
  return rows.map((row) => row.workspace_id)
}

/**
 * Takes the pictures that no note shows and whose bytes were not deleted yet, or not since the
 * last upload can have ended. While they are locked, nobody may put their bytes. The second
 * statement returns them. One that a note shows again is wanted.
 */
export function lockUnwanted(
  db: Db,
  workspaceId: string,
  times: { now: number; until: number; settledBefore: number },
  limit: number,
): CompiledQuery[] {
  const { now, until, settledBefore } = times
  const isShown = sql`
    SELECT 1 FROM attachment
    WHERE attachment.workspace_id = ${workspaceId} AND attachment.sha256 = unwanted_picture.sha256`
  return [
    sql`DELETE FROM unwanted_picture WHERE workspace_id = ${workspaceId} AND EXISTS (${isShown})`.compile(
      db,
    ),
    sql`
      UPDATE unwanted_picture SET locked_until = ${until}
      WHERE workspace_id = ${workspaceId} AND locked_until < ${now} AND sha256 IN (
        SELECT sha256 FROM unwanted_picture
        WHERE workspace_id = ${workspaceId} AND locked_until < ${now} AND (deleted = 0 OR since < ${settledBefore})
        ORDER BY since LIMIT ${limit})
      RETURNING sha256`.compile(db),
  ]
}

/** Their bytes are gone. Those that were unwanted since before `settledBefore` are forgotten for good. */
export function unlockUnwanted(
  db: Db,
  workspaceId: string,
  hashes: readonly string[],
  settledBefore: number,
): CompiledQuery[] {
  const named = sql<boolean>`sha256 IN (SELECT value FROM json_each(${JSON.stringify(hashes)}))`
  return [
    sql`DELETE FROM unwanted_picture WHERE workspace_id = ${workspaceId} AND since < ${settledBefore} AND ${named}`.compile(
      db,
    ),
    sql`UPDATE unwanted_picture SET locked_until = 0, deleted = 1 WHERE workspace_id = ${workspaceId} AND ${named}`.compile(
      db,
    ),
  ]
}
