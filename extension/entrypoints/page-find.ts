import { defineUnlistedScript } from '#imports'

import { findAnchor } from '../page/find-anchor'
import { showFound } from '../page/find-outline'
import { takeAnchor } from '../page/options'

/** Its result is `{ score, box }`, or null where the element is not found. */
export default defineUnlistedScript(() => {
  const anchor = takeAnchor()
  const found = anchor && findAnchor(document, anchor)
  return found ? { score: found.score, box: showFound(found.element) } : null
})
