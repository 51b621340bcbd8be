import * as v from 'valibot'

import { textUpTo } from '#shared/text'

/**
 * One way to find an element again. `path` holds a selector for each tree on the way in: the
 * last one matches inside the innermost tree, each one before it matches a shadow host or a
 * frame that holds the next tree. All are CSS but the last of kind `text`: `text/Submit request`.
 */
export const Selector = v.looseObject({
  kind: v.picklist(['id', 'attribute', 'text', 'structure']),
  path: v.pipe(v.array(textUpTo(500)), v.minLength(1), v.maxLength(12)),
  /**
   * Of a text: what stands right before and after it, at most 32 characters each, with
   * placeholders; missing where nothing does. An older server keeps them untouched.
   */
  prefix: v.optional(textUpTo(128)),
  suffix: v.optional(textUpTo(128)),
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
  /**
   * True when nothing else on its page had its role and name; missing where that is not known.
   * An older server keeps it untouched.
   */
  isOnly: v.optional(v.boolean()),
})
export type Anchor = v.InferOutput<typeof Anchor>
