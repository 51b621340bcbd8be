import { defineBackground } from '#imports'

import { wireBadge } from '../gesture/badge'
import { describeTab } from '../gesture/describe-tab'
import { wireGestures } from '../gesture/gestures'
import { keepMoment } from '../gesture/moments'
import { withholdsNames } from '../policy/managed'
import { openWinceDatabase } from '../storage/database'
import { browserSurroundings } from '../storage/device'
import { wireCourier } from '../sync/courier'
import { wireRecorder } from '../walk/follow'
import { findActiveWalk } from '../walk/walks'

export default defineBackground(() => {
  wireCourier()
  wireGestures({
    keepMoment: async (tab) =>
      keepMoment(
        {
          database: await openWinceDatabase(),
          surroundings: browserSurroundings,
          describe: describeFront,
        },
        tab,
      ),
    isWalking: async () => (await findActiveWalk(await openWinceDatabase())) !== undefined,
  })
  wireRecorder(async () => withholdsNames(await openWinceDatabase()))
  wireBadge()
})

async function describeFront(tabId: number) {
  return describeTab(tabId, await withholdsNames(await openWinceDatabase()))
}
