import { capturePicture } from '../picture/capture'
import { proofOf } from '../picture/proof'
import { withholdsNames } from '../gesture/withholding'
import type { WinceDatabase } from '../storage/database'
import { getMeta } from '../storage/meta'
import type { Taken } from './picture-taker'

/** Takes a masked picture of a tab, covered whole where the team wants it so. */
export async function takePictureOf(
  database: WinceDatabase,
  tab: { tabId: number; windowId: number },
): Promise<Taken> {
  const pairing = await getMeta(database, 'pairing')
  const coverEverything = pairing?.coverEverything ?? false
  const taken = await capturePicture({
    ...tab,
    coverEverything,
    withholdNames: await withholdsNames(database),
  })
  if ('reason' in taken) return { ok: false, reason: taken.reason }
  const { attachment, blob, shot, mayOpen } = taken
  if (!mayOpen) shot.bitmap.close()
  return {
    ok: true,
    attachment,
    picture: { sha256: attachment.sha256, blob, state: 'kept' },
    proof: proofOf(attachment, shot.plan.covers),
    shot: mayOpen ? shot : null,
  }
}
