import type { Place } from '#shared/place'
import { anchorKey, isExactPlace, isTelling, placeKey, widePlaceKey } from '#shared/place-key'
import { toKeyPart } from '#shared/text'

/**
 * A place at every width, each a key of its own; null where the place has no such width. Two
 * notes may share a wide key and no narrow one, never the other way round (but `element`, which
 * is the same button on any page).
 */
export interface PlaceKeys {
  /** Element on its page, node of a menu, subject of a message, reason at a desk. */
  exact: string | null
  /** The element's role and name, wherever it is. */
  element: string | null
  /** Page template; number with the keys pressed, none included. */
  page: string | null
  /** The page above, the menu one key earlier: siblings share it. */
  parent: string | null
  /** Site, number, system. */
  wide: string | null
}

const NOWHERE: PlaceKeys = { exact: null, element: null, page: null, parent: null, wide: null }

export function placeKeysOf(place: Place | null): PlaceKeys {
  if (place === null) return NOWHERE
  const exact = isExactPlace(place) ? `exact|${placeKey(place)}` : null
  switch (place.kind) {
    case 'page': {
      const { anchor, route, origin } = place
      const above = route.replace(/\/[^/]*$/, '')
      return {
        exact,
        element: anchor !== null && isTelling(anchor) ? `element|${anchorKey(anchor)}` : null,
        page: `page|${widePlaceKey(place)}`,
        parent: route === '/' ? null : `above|${widePlaceKey({ ...place, route: above || '/' })}`,
        wide: `wide|${toKeyPart(origin)}`,
      }
    }
    case 'call': {
      const above = { ...place, keys: place.keys.slice(0, -1) }
      return {
        exact,
        element: null,
        page: `page|${placeKey(place)}`,
        parent: place.keys.length > 0 ? `above|${placeKey(above)}` : null,
        wide: `wide|${widePlaceKey(place)}`,
      }
    }
    case 'reply':
      return { ...NOWHERE, exact, wide: `wide|${widePlaceKey(place)}` }
    case 'desk':
      return { ...NOWHERE, exact }
    case 'unseen':
      return NOWHERE
  }
}

/** The keys a note is counted under, each once. */
export function keysOf(places: PlaceKeys): string[] {
  const { exact, element, page, parent, wide } = places
  return [exact, element, page, parent, wide].filter((key) => key !== null)
}

/** The key of notes that are directly under this page or menu node, or null. */
export function underKeyOf({ page }: PlaceKeys): string | null {
  return page === null ? null : page.replace(/^page/, 'above')
}

/** The key of notes that are at the page above or one menu key earlier, or null. */
export function aboveKeyOf({ parent }: PlaceKeys): string | null {
  return parent === null ? null : parent.replace(/^above/, 'page')
}

/** What people would say of the place: names on the screen, the page's title, words of its route. */
export function placeTextOf(place: Place | null): string {
  if (place === null) return ''
  switch (place.kind) {
    case 'page':
      return [
        place.anchor?.name ?? '',
        place.title ?? '',
        place.route.replace(/[/:_-]+/g, ' '),
      ].join(' ')
    case 'call':
    case 'unseen':
      return ''
    case 'reply':
      return place.subject
    case 'desk':
      return place.reason ?? ''
  }
}
