import * as v from 'valibot'

import { textUpTo, toKeyPart } from '#shared/text'

/**
 * One way to find an element again. `path` holds a selector for each tree on the way in: the
 * last one matches inside the innermost tree, each one before it matches a shadow host or a
 * frame that holds the next tree. All are CSS but the last of kind `text`: `text/Submit request`.
 */
export const Selector = v.looseObject({
  kind: v.picklist(['id', 'attribute', 'text', 'structure']),
  path: v.pipe(v.array(textUpTo(500)), v.minLength(1), v.maxLength(12)),
})
export type Selector = v.InferOutput<typeof Selector>

/**
 * What a note is pinned to: ARIA role and accessible name first, selectors after.
 * `name` is null where the element has none, or where names are data too: inside a row,
 * cell, list item, option or tree item when everything is covered or nobody is paired yet.
 */
export const Anchor = v.looseObject({
  role: v.pipe(textUpTo(60), v.minLength(1)),
  name: v.nullable(textUpTo(200)),
  selectors: v.pipe(v.array(Selector), v.maxLength(6)),
})
export type Anchor = v.InferOutput<typeof Anchor>

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
