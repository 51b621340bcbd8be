import { accessibleName } from './accessible-name'
import { isInteractive, roleOf } from './role'
import { documentOf, isElement, isFrame, outerElement, shadowRootOf } from './tree'

/** Looking longer for others of a name is not worth it; then nobody knows. */
const BUDGET_MS = 60

/** The trees of a page: documents of its origin and shadow roots, each with what of it is asked for. */
export function* everyNode(top: Document, what: number): Generator<Node, void> {
  const roots: (Document | ShadowRoot)[] = [top]
  for (let root = roots.pop(); root; root = roots.pop()) {
    const walker = top.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | what)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const inner = isElement(node) && innerRootOf(node)
      if (inner) roots.push(inner)
      yield node
    }
  }
}

/**
 * Asking for closed roots takes longest of all. Those that matter belong to custom elements, or to
 * plain ones that hold nothing beside them.
 */
function innerRootOf(element: Element): Document | ShadowRoot | null | undefined {
  if (isFrame(element)) return documentOf(element)
  if (element.shadowRoot) return element.shadowRoot
  return element.firstChild === null || element.localName.includes('-')
    ? shadowRootOf(element)
    : null
}

/**
 * True when nothing else on its page has an element's role and name, so that the name alone will
 * tell it; undefined where it has no name or that took too long.
 */
export function isOnlyOfName(
  element: Element,
  now: () => number = () => performance.now(),
): boolean | undefined {
  const role = roleOf(element)
  const name = quickName(element)
  if (name === '') return undefined
  const deadline = now() + BUDGET_MS
  let visited = 0
  for (const node of everyNode(topOf(element.ownerDocument), NodeFilter.SHOW_ELEMENT)) {
    visited += 1
    if (visited % 128 === 0 && now() > deadline) return undefined
    const other = node as Element
    if (other !== element && isKin(roleOf(other), role) && isCalled(other, name)) return false
  }
  return true
}

/** Roles that an element may have been given instead: a button that is a link now. */
export function isKin(one: string, other: string): boolean {
  return one === other || (isInteractive(one) && isInteractive(other))
}

/** What an element is called, without asking everything that may have a say in it. */
export function quickName(element: Element): string {
  if (isNamedElsewhere(element)) return accessibleName(element)
  const name = clean(element.getAttribute('aria-label') ?? element.textContent ?? '')
  return name === '' ? accessibleName(element) : name
}

/** Whether `quickName` is this name; sooner where it is not. */
export function isCalled(element: Element, name: string): boolean {
  if (isNamedElsewhere(element)) return accessibleName(element) === name
  const words = element.getAttribute('aria-label') ?? element.textContent ?? ''
  if (words === name) return true
  // White space only makes it longer; what is empty is named by a picture, or not at all.
  return words.length > name.length || words.length < 4 ? quickName(element) === name : false
}

function isNamedElsewhere(element: Element): boolean {
  return (
    /^(?:input|select|textarea)$/.test(element.localName) || element.hasAttribute('aria-labelledby')
  )
}

function clean(words: string): string {
  return words.slice(0, 400).replace(/\s+/g, ' ').trim()
}

function topOf(document: Document): Document {
  let top = document
  for (let depth = 0; depth < 12; depth += 1) {
    const frame = top.documentElement && outerElement(top.documentElement)
    if (!frame) break
    top = frame.ownerDocument
  }
  return top
}
