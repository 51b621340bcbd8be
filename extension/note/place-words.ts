import { hostOf } from '#shared/address'
import type { Anchor } from '#shared/anchor'
import type { Place } from '#shared/place'

/** A place in words: `help.example.org › request`, `Call to 4357, at 1 › 3`. */
export function placeWords(place: Place): string {
  switch (place.kind) {
    case 'page':
      return [hostOf(place.origin), ...place.route.split('/').filter((part) => part !== '')].join(
        ' › ',
      )
    case 'call':
      return `Call to ${place.number || 'a number'}${place.keys.length > 0 ? `, at ${place.keys.join(' › ')}` : ''}`
    case 'reply':
      return place.subject === '' ? place.system : `${place.system}, “${place.subject}”`
    case 'desk':
      return place.reason ?? 'At the desk'
    case 'unseen':
      return 'A page that Wince did not see'
  }
}

/** The headline of a place: its title where there is one. */
export function placeTitle(place: Place): string {
  if (place.kind === 'page') return place.title ?? hostOf(place.origin)
  if (place.kind === 'call') return `Call to ${place.number || 'a number'}`
  return placeWords(place)
}

/** The element a note is pinned to: `Button “Search”`. */
export function anchorWords(anchor: Anchor): string {
  const role = anchor.role.charAt(0).toUpperCase() + anchor.role.slice(1)
  return anchor.name === null ? role : `${role} “${anchor.name}”`
}
