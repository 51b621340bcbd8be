import { type Db, openDatabase } from '../database/open'
import { writeAll } from '../database/write-all'
import type { Job } from '../doors/jobs'
import { pictureKey } from './key'
import { findOrphans } from './orphans'
import { listWorkspacesWithUnwanted, lockUnwanted, unlockUnwanted } from './queries'

export interface PictureSweepDeps {
  d1: D1Database
  db: Db
  blobs: Pick<R2Bucket, 'delete'>
  /** Unix ms. */
  now(): number
}

const PICTURES_A_SWEEP = 100
const WORKSPACES_A_SWEEP = 3
/** Longer than a request lives, so that nobody deletes after the lock has lapsed. */
const LOCK_MS = 60_000
/** An upload that began before the recall is over by then; what it left is deleted with the second pass. */
const SETTLED_MS = 3_600_000

/**
 * Deletes the bytes of pictures that no note shows any more, because theirs was recalled. Safe to
 * repeat and to be killed anywhere: what is not struck off is deleted again.
 */
export async function sweepUnwanted(deps: PictureSweepDeps, workspaceId: string): Promise<void> {
  const { d1, db, blobs, now } = deps
  const startedAt = now()
  const settledBefore = startedAt - SETTLED_MS
  const [, locked] = await writeAll(
    d1,
    lockUnwanted(
      db,
      workspaceId,
      { now: startedAt, until: startedAt + LOCK_MS, settledBefore },
      PICTURES_A_SWEEP,
    ),
  )
  const hashes = (locked?.rows ?? []).map((row) => String(row['sha256']))
  if (hashes.length === 0) return
  await blobs.delete(hashes.map((sha256) => pictureKey(workspaceId, sha256)))
  await writeAll(d1, unlockUnwanted(db, workspaceId, hashes, settledBefore))
}

/** Cron: deletes what a crash between a recall's batch and its pictures left, or a restore. */
export const pictureSweep: Job = {
  name: 'picture-sweep',
  run: async (env, now) => {
    const db = openDatabase(env.DB)
    await findOrphans({ d1: env.DB, db, blobs: env.BLOBS }, now)
    for (const workspaceId of await listWorkspacesWithUnwanted(db, WORKSPACES_A_SWEEP)) {
      // oxlint-disable-next-line no-await-in-loop -- one workspace after the other keeps D1 calls bounded
      await sweepUnwanted({ d1: env.DB, db, blobs: env.BLOBS, now: () => now }, workspaceId)
    }
  },
}
