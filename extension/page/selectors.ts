import type { Selector } from '#shared/anchor'
import { chunksOf, isOpaque, kindOfChunk } from '#shared/opaque'
import { findSensitive } from './sensitive'
import { cutToBytes, utf8Length } from '#shared/text'
import type { Quote } from './quote'
import { isShadowRoot, outerElement } from './tree'

const STEP_MAX_BYTES = 500
const PATH_MAX = 12
/** Written by developers for tests and for servers, so they last. */
const LASTING = [
  'data-testid',
  'data-test',
  'data-test-id',
  'data-cy',
  'data-qa',
  'data-automation-id',
  'name',
  'formcontrolname',
]
type Root = Document | ShadowRoot

/**
 * Ways to find an element again, the most lasting first: id, attribute, text, structure. Each
 * holds the way in through shadow roots and frames.
 *
 * @param isPrivate no attribute and no text is used: in rows they may be somebody's name
 */
export function selectorsOf(
  element: Element,
  quote: Quote | undefined,
  isPrivate: boolean,
): Selector[] {
  const way = wayTo(element, isPrivate)
  if (!way) return []
  const root = element.getRootNode() as Root
  const selectors: Selector[] = []
  const add = (kind: Selector['kind'], last: string | undefined) => {
    if (last && utf8Length(last) <= STEP_MAX_BYTES) selectors.push({ kind, path: [...way, last] })
  }
  if (!isPrivate) {
    add('id', idSelector(element, root))
    for (const name of LASTING)
      if (selectors.length < 3) add('attribute', attributeSelector(element, root, name))
    // In the manner of other recorders: the text itself after a prefix that is no CSS.
    if (quote) {
      const { text, prefix, suffix } = quote
      const path = [...way, `text/${text}`]
      selectors.push({ kind: 'text', path, ...(prefix && { prefix }), ...(suffix && { suffix }) })
    }
  }
  add('structure', structureSelector(element, root))
  return selectors.slice(0, 6)
}

/** Selectors of the hosts and frames around an element, the outermost first. */
function wayTo(element: Element, isPrivate: boolean): string[] | undefined {
  const way: string[] = []
  for (let host = hostOf(element); host; host = hostOf(host)) {
    const root = host.getRootNode() as Root
    const selector =
      (isPrivate ? undefined : idSelector(host, root)) ?? structureSelector(host, root)
    way.unshift(cutToBytes(selector, STEP_MAX_BYTES))
    if (way.length >= PATH_MAX) return undefined
  }
  return way
}

function hostOf(element: Element): Element | null {
  const root = element.getRootNode()
  if (isShadowRoot(root)) return root.host
  const outermost = element.ownerDocument.documentElement
  return outermost ? outerElement(outermost) : null
}

function idSelector(element: Element, root: Root): string | undefined {
  const { id } = element
  return isLasting(id) && isOnly(root, `#${CSS.escape(id)}`, element)
    ? `#${CSS.escape(id)}`
    : undefined
}

function attributeSelector(element: Element, root: Root, name: string): string | undefined {
  const value = element.getAttribute(name)
  if (value === null || !isLasting(value)) return undefined
  const selector = `${element.localName}[${name}="${CSS.escape(value)}"]`
  return isOnly(root, selector, element) ? selector : undefined
}

function isOnly(root: Root, selector: string, element: Element): boolean {
  try {
    const found = root.querySelectorAll(selector)
    return found.length === 1 && found[0] === element
  } catch {
    // A name that no selector can hold.
    return false
  }
}

/**
 * False for what frameworks count up or make anew for each session (`:r1:`, `ember4`,
 * `mat-input-3`, hashes), and for what may point at a person.
 */
function isLasting(value: string): boolean {
  if (value === '' || value.length > 80 || /[:\s]/.test(value) || isOpaque(value)) return false
  if (findSensitive(value).length > 0) return false
  return chunksOf(value).every(
    ({ text }) => kindOfChunk(text) === 'word' && !/^\d+$|[a-z]\d+$/i.test(text),
  )
}

/** Tags and places among siblings, from the nearest ancestor with a lasting id, or from the root. */
export function structureSelector(element: Element, root: Root): string {
  const steps: string[] = []
  let length = 0
  for (let each: Element | null = element; each; each = each.parentElement) {
    const anchor = each === element ? undefined : idSelector(each, root)
    const step = anchor ?? stepOf(each)
    length += step.length + 3
    // Too deep to write down: what is left still narrows it.
    if (length > STEP_MAX_BYTES / 2) break
    steps.unshift(step)
    if (anchor) break
  }
  return steps.join(' > ')
}

function stepOf(element: Element): string {
  const tag = CSS.escape(element.localName)
  const siblings = Array.from(
    element.parentElement?.children ?? element.getRootNode().childNodes,
  ).filter((node) => 'localName' in node && node.localName === element.localName)
  return siblings.length > 1 ? `${tag}:nth-of-type(${siblings.indexOf(element) + 1})` : tag
}
