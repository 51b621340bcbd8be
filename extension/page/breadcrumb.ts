import { cutToBytes, toStorableText, utf8Length } from '#shared/text'
import { withoutTyped } from './typed'
import { toPlaceholders } from './sensitive'

const LABELS_MAX = 5
/** Of all labels together: what the wire allows. */
const BREADCRUMB_MAX_BYTES = 200
const LABEL_MAX_BYTES = 80
const ITEMS_MAX = 40

/** Where a page says that it shows one, the surest first. What is written for machines alone is not read. */
const PLACES = [
  'nav[aria-label*="breadcrumb" i], [role="navigation"][aria-label*="breadcrumb" i]',
  '[typeof~="BreadcrumbList"], [itemtype$="/BreadcrumbList"]',
  'ol.breadcrumb, ul.breadcrumb, ol.breadcrumbs, ul.breadcrumbs, nav.breadcrumb, nav.breadcrumbs, .breadcrumb, .breadcrumbs',
]
const ITEMS = [
  'li',
  '[property="itemListElement"], [itemprop="itemListElement"]',
  'a, [aria-current]',
]

/**
 * The way to a page as it tells it itself: `Home, IT, Laptops`, the last five and no more than
 * 200 bytes, without what was typed and with placeholders. Null where it tells none.
 */
export function breadcrumbOf(document: Document): string[] | null {
  const place = PLACES.map((selector) => document.querySelector(selector)).find(
    (found) => found?.checkVisibility() === true,
  )
  const items =
    place &&
    ITEMS.map((selector) => place.querySelectorAll(selector)).find(({ length }) => length > 0)
  const labels = Array.from(items ?? [])
    .slice(0, ITEMS_MAX)
    .map(labelOf)
    .filter((label) => label !== '')
    .slice(-LABELS_MAX)
  while (labels.reduce((sum, label) => sum + utf8Length(label), 0) > BREADCRUMB_MAX_BYTES)
    labels.shift()
  return labels.length > 0 ? labels : null
}

/** An item's words without the signs that part it from the next. */
function labelOf(item: Element): string {
  const text = (item.textContent ?? '').slice(0, 400).replace(/\s+/g, ' ').trim()
  const words = text.replace(/^[/›»>\\·|→-]+\s*|\s*[/›»>\\·|→-]+$/gu, '')
  const kept = toStorableText(toPlaceholders(withoutTyped(words, item)))
  return cutToBytes(kept, LABEL_MAX_BYTES).trim()
}
