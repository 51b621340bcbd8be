import { capturePicture } from '../picture/capture'
import { proofOf } from '../picture/proof'
import { coversEverything, findPageRules } from '../policy/managed'
import { isOffLimits } from '../policy/off-limits'
import type { WinceDatabase } from '../storage/database'
import type { Taken } from './picture-taker'

/** Takes a masked picture of a tab, covered whole where the team wants it so. */
export async function takePictureOf(
  database: WinceDatabase,
  tab: { tabId: number; windowId: number },
): Promise<Taken> {
  if (await isOffLimits(tab.tabId)) return { ok: false, reason: 'not-inspectable' }
  const taken = await capturePicture({
    ...tab,
    coverEverything: await coversEverything(database),
    rules: await findPageRules(database),
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
