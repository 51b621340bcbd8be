import { defineBackground } from '#imports'

import { wireBadge } from '../gesture/badge'
import { addressOf, askPage } from '../gesture/describe-tab'
import { wireGestures } from '../gesture/gestures'
import { keepMoment } from '../gesture/moments'
import { findPageRules, findPolicy } from '../policy/managed'
import { openWinceDatabase } from '../storage/database'
import { browserSurroundings } from '../storage/device'
import { wireCourier } from '../sync/courier'
import { wireRecorder } from '../walk/follow'
import { findActiveWalk } from '../walk/walks'

export default defineBackground(() => {
  wireCourier()
  wireGestures({
    keepMoment: async (tab) => {
      const address = addressOf(tab.id)
      const database = await openWinceDatabase()
      const moment = await keepMoment(
        {
          database,
          surroundings: browserSurroundings,
          addressOf: () => address,
          askPage: (tabId) => askPage(tabId, () => findPageRules(database)),
        },
        tab,
      )
      await moment.placed
    },
    // On a shift the tab in front is the desk's own, and shows patients: no click notes it.
    isWalking: async () => (await findActiveWalk(await openWinceDatabase()))?.kind === 'errand',
  })
  wireRecorder(async () => findPageRules(await openWinceDatabase()))
  wireBadge()
  // What is read for the first time takes a browser ten times as long: not at the first key.
  void findPolicy()
})
