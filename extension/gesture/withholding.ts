import type { WinceDatabase } from '../storage/database'
import { getMeta } from '../storage/meta'

/** Names are data too: withheld before pairing, and where a team covers everything (DECISIONS 3). */
export async function withholdsNames(database: WinceDatabase): Promise<boolean> {
  const pairing = await getMeta(database, 'pairing')
  return pairing === null || pairing.coverEverything
}
