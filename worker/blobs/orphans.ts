import type { Db } from '../database/open'
import { writeAll } from '../database/write-all'
import { hashOfKey, pictureKey } from './key'
import { listWorkspacesToLookThrough, lookedTo, wantOrphansGone } from './queries'

const WORKSPACES_A_LOOK = 3
const KEYS_A_LOOK = 500

/**
 * After a restore the bucket holds pictures of notes that the database lost. Their browsers send
 * those notes again, bytes and all; whatever no note has shown for an hour is deleted by the
 * sweep, or a note that was taken back before it came again would leave its picture for ever.
 *
 * @see docs/operations.md
 */
export async function findOrphans(
  { d1, db, blobs }: { d1: D1Database; db: Db; blobs: Pick<R2Bucket, 'list'> },
  now: number,
): Promise<void> {
  for (const { id, epoch, cursor } of await listWorkspacesToLookThrough(db, WORKSPACES_A_LOOK)) {
    // oxlint-disable-next-line no-await-in-loop -- one workspace after the other keeps D1 calls bounded
    const listed = await blobs.list({
      prefix: pictureKey(id, ''),
      limit: KEYS_A_LOOK,
      ...(cursor !== null && { startAfter: cursor }),
    })
    const hashes = listed.objects.map(({ key }) => hashOfKey(key))
    const last = listed.truncated ? (listed.objects.at(-1)?.key ?? null) : null
    // oxlint-disable-next-line no-await-in-loop -- as above
    await writeAll(d1, [
      wantOrphansGone(db, id, hashes, now),
      lookedTo(db, id, { from: cursor, to: last, epoch }),
    ])
  }
}
