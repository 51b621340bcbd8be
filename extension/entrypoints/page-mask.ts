import { defineUnlistedScript } from '#imports'

import { isReadable } from '../page/mask'
import { reportMask } from '../page/mask-watch'
import { takeOptions } from '../page/options'

/** Its result is a MaskReport, or null where there is no page to look into (a PDF). */
export default defineUnlistedScript(() =>
  isReadable(document) ? reportMask(window, takeOptions()) : null,
)
