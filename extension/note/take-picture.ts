import { capturePicture } from '../picture/capture'
import type { WinceDatabase } from '../storage/database'
import { getMeta } from '../storage/meta'
import type { Taken } from './picture-taker'

/** Takes a masked picture of a tab, covered whole where the team wants it so. */
export async function takePictureOf(
  database: WinceDatabase,
  tab: { tabId: number; windowId: number },
): Promise<Taken> {
  const pairing = await getMeta(database, 'pairing')
  const taken = await capturePicture({ ...tab, coverEverything: pairing?.coverEverything ?? false })
  if ('reason' in taken) return { ok: false, reason: taken.reason }
  const { attachment, blob } = taken
  return { ok: true, attachment, picture: { sha256: attachment.sha256, blob, state: 'kept' } }
}
