import { accessibleName } from './accessible-name'
import { isInteractive, roleOf } from './role'
import { documentOf, isElement, isFrame, outerElement, shadowRootOf } from './tree'

/** Looking longer for others of a name is not worth it; then nobody knows. */
const BUDGET_MS = 25

/** Every element and text of a page, in shadow trees and frames of the same origin too. */
export function* everyNode(top: Document): Generator<Node, void> {
  const roots: (Document | ShadowRoot)[] = [top]
  for (let root = roots.pop(); root; root = roots.pop()) {
    const walker = top.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const inner = isElement(node) && (isFrame(node) ? documentOf(node) : shadowRootOf(node))
      if (inner) roots.push(inner)
      yield node
    }
  }
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
  const top = topOf(element.ownerDocument)
  if (name === '') return undefined
  const deadline = now() + BUDGET_MS
  let visited = 0
  for (const node of everyNode(top)) {
    visited += 1
    if (visited % 128 === 0 && now() > deadline) return undefined
    if (
      isElement(node) &&
      node !== element &&
      isKin(roleOf(node), role) &&
      quickName(node) === name
    )
      return false
  }
  return true
}

/** Roles that an element may have been given instead: a button that is a link now. */
export function isKin(one: string, other: string): boolean {
  return one === other || (isInteractive(one) && isInteractive(other))
}

/** What an element is called, without asking everything that may have a say in it. */
export function quickName(element: Element): string {
  if (
    element.hasAttribute('aria-labelledby') ||
    /^(?:input|select|textarea)$/.test(element.localName)
  )
    return accessibleName(element)
  const name = element.getAttribute('aria-label') ?? element.textContent?.slice(0, 400).trim() ?? ''
  return name === '' ? accessibleName(element) : name.replace(/\s+/g, ' ')
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
