import type { WinceDatabase } from '../storage/database'
import { exportUnsent } from './export-file'
import { saveFile } from './save-file'
import { toZip } from './zip'

/** Writes everything that was not sent into a file of the walker's. */
export async function saveUnsent(database: WinceDatabase, now: number): Promise<void> {
  const day = new Date(now).toISOString().slice(0, 10)
  const zip = toZip(await exportUnsent(database, now))
  saveFile(`wince-${day}.zip`, new Blob([zip], { type: 'application/zip' }))
}
