import { defineUnlistedScript } from '#imports'

import { describePage } from '../page/describe'
import { takeOptions } from '../page/options'

/** Its result is a PagePlace, or null where the page has no address to keep. */
export default defineUnlistedScript(() => describePage(document, takeOptions()))
