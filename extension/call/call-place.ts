import type { Call } from '#shared/call'
import type { CallPlace } from '#shared/place'

/** As many choices as a place holds. */
const MAX_CHOICES = 40

/** Where in the menu one is now. */
export function callPlace(call: Call): CallPlace {
  return {
    kind: 'call',
    number: call.number,
    keys: call.path.map(({ choice }) => choice).slice(-MAX_CHOICES),
  }
}
