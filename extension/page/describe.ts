import { toTitle } from '#shared/address'
import type { Anchor } from '#shared/anchor'
import type { PagePlace } from '#shared/place'
import { toAddress, toPlaceholders } from './sensitive'
import { cutToBytes } from '#shared/text'
import { accessibleName, keptName } from './accessible-name'
import { isOnlyOfName } from './alike'
import { quoteOf } from './quote'
import { isInsideRow, isInteractive, roleOf } from './role'
import { selectorsOf } from './selectors'
import { documentOf, isFrame, outerElement, shadowRootOf } from './tree'
import { withoutTyped } from './typed'

export interface DescribeOptions {
  /**
   * Names are data too: nothing is cited inside rows, and no title and no text anywhere. True
   * where everything is covered and before pairing (DECISIONS 3).
   */
  withholdNames: boolean
}

const ROLE_MAX_BYTES = 60
const WORDED =
  /^(?:generic|paragraph|listitem|status|alert|term|definition|button|link|heading|tab|menuitem|switch|legend|caption)$/
/** As `isRowLike`, for what is inside. */
const ROWS =
  'li, tr, option, [role="row"], [role="gridcell"], [role="listitem"], [role="option"], [role="treeitem"]'
/** Containers: whoever points at one of these points at something inside it that has no name. */
const CONTAINERS =
  /^(?:document|main|form|table|list|navigation|banner|contentinfo|complementary|region|search|rowgroup|dialog|group|article|iframe)$/

/** Where the customer is: this page, and the element under the cursor, or else the focused one. */
export function describePage(document: Document, options: DescribeOptions): PagePlace | null {
  const address = toAddress(document.location.href)
  if (!address) return null
  const element = elementUnderCursor(document) ?? focusedElement(document)
  return {
    kind: 'page',
    ...address,
    title: options.withholdNames ? null : titleOf(document),
    anchor: element ? anchorOf(element, options) : null,
  }
}

/** The title without what was typed or searched for; null when nothing is left. */
export function titleOf(document: Document): string | null {
  const title = toTitle(toPlaceholders(withoutTyped(document.title, document)))
  return title === '' ? null : title
}

/** The deepest element that the pointer is over, in shadow roots and frames too. */
function elementUnderCursor(document: Document): Element | undefined {
  const element = deepest(
    document,
    (root) => Array.from(root.querySelectorAll(':hover')).at(-1) ?? null,
  )
  return element && !/^(?:html|body|frameset)$/.test(element.localName) ? element : undefined
}

function focusedElement(document: Document): Element | undefined {
  const element = deepest(document, (root) => root.activeElement)
  return element && !/^(?:html|body|frameset)$/.test(element.localName) ? element : undefined
}

function deepest(
  top: Document,
  pick: (root: Document | ShadowRoot) => Element | null,
): Element | undefined {
  let found = pick(top) ?? undefined
  for (let element = found; element;) {
    const inner: Document | ShadowRoot | null | undefined = isFrame(element)
      ? documentOf(element)
      : shadowRootOf(element)
    element = (inner && pick(inner)) ?? undefined
    found = element ?? found
  }
  return found
}

/** What of an element a note is pinned to: the control around it, or the nearest thing with a role. */
function anchorOf(pointed: Element, options: DescribeOptions): Anchor {
  const element = meaningfulElement(pointed)
  const isInRow = isInsideRow(element)
  const quote = options.withholdNames || isInRow ? undefined : quoteOf(element, ownText(element))
  const label = labelOf(element, options)
  const isOnly = label.name === null ? undefined : isOnlyOfName(element)
  return {
    ...label,
    selectors: selectorsOf(element, quote, isInRow),
    ...(isOnly !== undefined && { isOnly }),
  }
}

/** What an element is called: its role, and its name as far as that may be kept. */
export function labelOf(
  element: Element,
  { withholdNames }: DescribeOptions,
): Pick<Anchor, 'role' | 'name'> {
  const isWithheld = withholdNames && isInsideRow(element)
  return {
    role: cutToBytes(roleOf(element), ROLE_MAX_BYTES),
    name: isWithheld ? null : keptName(withoutTyped(accessibleName(element), element)),
  }
}

/** Its own words, if it is something that is read or pressed; never what a field holds. */
export function ownText(element: Element): string {
  if (!WORDED.test(roleOf(element)) || isEditable(element) || element.querySelector(ROWS)) return ''
  const text = (element.textContent ?? '').slice(0, 400).replace(/\s+/g, ' ').trim()
  return withoutTyped(text, element)
}

function isEditable(element: Element): boolean {
  return 'isContentEditable' in element && element.isContentEditable === true
}

/** The control that an element is part of, else the nearest element that is something. */
export function meaningfulElement(pointed: Element): Element {
  let something: Element | undefined
  for (
    let element: Element | null = pointed, steps = 0;
    element && steps < 24;
    element = outerElement(element), steps += 1
  ) {
    const role = roleOf(element)
    if (isInteractive(role)) return element
    if (element.localName === 'label') return (element as HTMLLabelElement).control ?? element
    if (role === 'generic') continue
    if (CONTAINERS.test(role)) break
    something ??= element
  }
  return something ?? pointed
}
