import type { Db } from '../database/open'
import { listCoverage } from './queries'

/** After half a year nobody knows any more what customers meet there, in ms. */
const LONG_AGO_MS = 182 * 24 * 3_600_000

/**
 * The service that nobody has walked for longest; null where all were walked within half a year.
 *
 * @param now Unix ms
 */
export async function findUnwalked(
  d1: D1Database,
  db: Db,
  workspaceId: string,
  now: number,
): Promise<string | null> {
  const [longest] = await listCoverage(d1, db, workspaceId)
  if (longest === undefined) return null
  const { service, lastWalkedAt } = longest
  return lastWalkedAt === null || lastWalkedAt < now - LONG_AGO_MS ? service : null
}
