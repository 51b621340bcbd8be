import type { Anchor } from '#shared/anchor'
import type { PagePlace, Place } from '#shared/place'
import { toKeyPart } from '#shared/text'

/**
 * One string for the same element in any session: role and folded name, or, where it has no
 * name, role and its plainest selector. Digits are folded, so that "Item 4" is "Item 9"; those
 * of a selector are not, because they say which of several elements it is.
 */
export function anchorKey(anchor: Anchor): string {
  const role = toKeyPart(anchor.role)
  const name = toKeyPart(anchor.name ?? '')
  if (name !== '') return `${role}:${name}`
  const selector = anchor.selectors[0]
  return selector ? `${role}@${selector.path.join(' >> ').replace(/[|\\]/g, '\\$&')}` : role
}

/** True when the anchor tells its element from others of its role on the same page. */
export function isTelling(anchor: Anchor): boolean {
  return toKeyPart(anchor.name ?? '') !== '' || anchor.selectors.length > 0
}

/**
 * One string for the exact place: same page template and element, same number and keys.
 * Two walkers at one button get one key, whatever their session.
 */
export function placeKey(place: Place): string {
  switch (place.kind) {
    case 'page':
      return `${pageKey(place)}|${place.anchor ? anchorKey(place.anchor) : ''}`
    case 'call':
      return `${widePlaceKey(place)}|${menuKey(place.keys)}`
    case 'reply':
      return `reply|${place.channel}|${toKeyPart(place.system)}|${toKeyPart(place.subject)}`
    case 'desk':
      return `desk|${toKeyPart(place.reason ?? '')}`
    case 'unseen':
      return 'unseen'
  }
}

/** The page without its element, the number without its keys: what several places share. */
export function widePlaceKey(place: Place): string {
  switch (place.kind) {
    case 'page':
      return pageKey(place)
    case 'call':
      return callPlaceKey(numberKey(place.number))
    case 'reply':
      return `reply|${place.channel}|${toKeyPart(place.system)}`
    case 'desk':
    case 'unseen':
      return place.kind
  }
}

/** True when the place says more than its channel: an element, a menu node, a subject. */
export function isExactPlace(place: Place): boolean {
  switch (place.kind) {
    case 'page':
      return place.anchor !== null && isTelling(place.anchor)
    case 'call':
      return place.keys.length > 0
    case 'reply':
      return toKeyPart(place.subject) !== ''
    case 'desk':
      return toKeyPart(place.reason ?? '') !== ''
    case 'unseen':
      return false
  }
}

function pageKey(place: PagePlace): string {
  return `page|${place.origin}${place.route.replace(/[|\\]/g, '\\$&')}`
}

/** One string for what a menu was told: keys as they are, words whatever their case and spaces. */
export function choiceKey(choice: string): string {
  return choice.startsWith('“') ? `“${toKeyPart(choice)}”` : choice
}

/** One string for a place in a menu: what it was told so far; empty at the greeting. */
export function menuKey(choices: readonly string[]): string {
  return choices.map(choiceKey).join('')
}

/** What places of one number share. */
export function callPlaceKey(number: string): string {
  return `call|${number}`
}

/** The number without what people put between its digits. Letters stay: some numbers are words. */
export function numberKey(number: string): string {
  return number
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}0-9+*#]/gu, '')
}
