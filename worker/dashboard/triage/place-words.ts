import type { Place } from '#shared/place'

/** Where, in two words, for a list: `Portal`, `Call 1 › 3`. */
export function placeInShort(place: Place): string {
  switch (place.kind) {
    case 'page':
    case 'unseen':
      return 'Portal'
    case 'call':
      return place.keys.length === 0 ? 'Call' : `Call ${place.keys.join(' › ')}`
    case 'reply':
      return place.channel === 'email' ? 'E-mail' : 'Chat'
    case 'desk':
      return 'Desk'
  }
}
