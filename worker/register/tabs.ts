import { type EntryTabs, QUIET_DAYS } from '#shared/api/entry-list'

import { readAll } from '../database/write-all'
import { countFacets, countLate, countRange } from '../lines/queries'
import { toCounted } from './list'
import type { Reader } from './reader'

const DAY_MS = 86_400_000

/** What the register's own views hold: kept counts, but for what time alone changes. */
export async function readTabs({ d1, db, workspaceId, personId, now }: Reader): Promise<EntryTabs> {
  const mine = `owner:${personId}`
  const [counts, quiet, late] = await readAll(d1, [
    countFacets(db, workspaceId, ['open', mine, 'owner:none', 'waiting', 'free']),
    countRange(db, workspaceId, 'open', [{ changedBefore: now - QUIET_DAYS * DAY_MS }]),
    countLate(db, workspaceId, now),
  ])
  const kept = new Map((counts?.rows ?? []).map((row) => [row['facet'], Number(row['entries'])]))
  const of = (facet: string) => ({ total: kept.get(facet) ?? 0, isMore: false })
  return {
    open: of('open'),
    mine: of(mine),
    noOwner: of('owner:none'),
    waiting: of('waiting'),
    late: toCounted(Number(late?.rows[0]?.['total'] ?? 0)),
    free: of('free'),
    quiet: toCounted(Number(quiet?.rows[0]?.['total'] ?? 0)),
  }
}
