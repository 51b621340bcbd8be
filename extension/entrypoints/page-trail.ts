import { browser, defineUnlistedScript } from '#imports'

import { takeOptions, wasAsked } from '../page/options'
import { startTrail, stopTrail } from '../page/trail'
import { TRAIL_STEP, isTrailStop } from '../page/trail-message'

export default defineUnlistedScript(() => {
  // The page before took the options along; once this one is there it is followed by its own.
  if (!wasAsked()) return
  const isNew = startTrail(window, takeOptions(), {
    isAlive: () => browser.runtime?.id !== undefined,
    send: (step) => {
      // Nobody listening is no fault of the page: the walk has ended.
      browser.runtime.sendMessage({ type: TRAIL_STEP, step }).catch(() => undefined)
    },
  })
  if (!isNew) return
  browser.runtime.onMessage.addListener((message: unknown) => {
    if (isTrailStop(message)) stopTrail()
  })
})
