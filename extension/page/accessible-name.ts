import { cutToBytes, toStorableText } from '#shared/text'

import { drawnChildren, isElement, isText } from './tree'
import { roleOf } from './role'
import { toPlaceholders } from './sensitive'

/** Elements looked at for one name; a hostile page may nest without end. */
const ELEMENTS_MAX = 600
const NAME_MAX_LENGTH = 1_000
const KEPT_MAX_BYTES = 200
const FROM_CONTENT =
  /^(?:button|cell|checkbox|columnheader|gridcell|heading|link|menuitem|menuitemcheckbox|menuitemradio|option|radio|row|rowheader|switch|tab|tooltip|treeitem|legend|caption|term)$/
/** Fields: what is typed or chosen in them is a value, never part of a name. */
const VALUES =
  /^(?:textbox|searchbox|combobox|spinbutton|slider|listbox|password|date|time|file|color)$/
/** Icon fonts draw with code points that mean nothing. */
const ICONS = /\p{Co}/gu

interface Walk {
  seen: Set<Element>
  isReference: boolean
}

/**
 * An element's accessible name, on one line, never with what was typed into a field. Empty where
 * it has none. @see Accessible Name and Description Computation 1.2, §4.3 (letters below)
 */
export function accessibleName(element: Element): string {
  const name = nameOf(element, { seen: new Set(), isReference: false }, false)
  return name.replace(ICONS, '').replace(/\s+/g, ' ').trim()
}

/** A name as a disk may keep it: patterns as placeholders. Null when nothing is left; what was typed is out of it already. */
export function keptName(name: string): string | null {
  const kept = cutToBytes(toStorableText(toPlaceholders(name)), KEPT_MAX_BYTES).trim()
  return kept === '' ? null : kept
}

/** @param inContent true while an ancestor's name is made from its content */
function nameOf(element: Element, walk: Walk, inContent: boolean): string {
  if (walk.seen.has(element) || walk.seen.size >= ELEMENTS_MAX) return ''
  walk.seen.add(element)
  if (!walk.isReference && isHidden(element)) return ''
  // 2B: labels that others hold, once.
  if (!walk.isReference) {
    const referenced = referencedName(element)
    if (referenced) return referenced
  }
  const role = roleOf(element)
  // 2C: a field inside a label would say its value.
  const isValue = VALUES.test(role) || isEditable(element)
  if (inContent && isValue) return ''
  // 2D
  const label = clean(element.getAttribute('aria-label'))
  if (label) return label
  // 2E
  const native = nativeName(element, walk)
  if (native) return native
  // 2F, 2H
  if (!isValue && (FROM_CONTENT.test(role) || inContent || walk.isReference)) {
    const content = contentName(element, walk)
    if (clean(content)) return content
  }
  // 2I
  return inContent ? clean(element.getAttribute('title')) : tooltipName(element)
}

function tooltipName(element: Element): string {
  return (
    clean(element.getAttribute('title')) ||
    clean(element.getAttribute('placeholder')) ||
    clean(element.getAttribute('aria-placeholder'))
  )
}

function referencedName(element: Element): string {
  const ids = element.getAttribute('aria-labelledby')?.split(/\s+/).slice(0, 20) ?? []
  const root = element.getRootNode() as Document | ShadowRoot
  return ids
    .map((id) => {
      const other = id === '' ? null : root.getElementById(id)
      // A label may name itself among its parts: it is read anew.
      return other ? nameOf(other, { seen: new Set(), isReference: true }, false) : ''
    })
    .filter((part) => clean(part) !== '')
    .join(' ')
}

function nativeName(element: Element, walk: Walk): string {
  switch (element.localName) {
    case 'input':
      return inputName(element as HTMLInputElement, walk)
    case 'textarea':
    case 'select':
    case 'meter':
    case 'output':
    case 'progress':
      return labelsName(element as HTMLSelectElement, walk)
    case 'button':
      return labelsName(element as HTMLButtonElement, walk)
    case 'img':
    case 'area':
      return clean(element.getAttribute('alt'))
    case 'fieldset':
      return childName(element, 'legend', walk)
    case 'table':
      return childName(element, 'caption', walk)
    case 'figure':
      return childName(element, 'figcaption', walk)
    case 'svg':
      return childName(element, 'title', walk)
    default:
      return ''
  }
}

/** The words on a button are its name; what stands in any other input is a value. */
function inputName(input: HTMLInputElement, walk: Walk): string {
  const labelled = labelsName(input, walk)
  if (labelled) return labelled
  switch (input.type) {
    case 'submit':
      return clean(input.getAttribute('value')) || 'Submit'
    case 'reset':
      return clean(input.getAttribute('value')) || 'Reset'
    case 'button':
      return clean(input.getAttribute('value'))
    case 'image':
      return clean(input.getAttribute('alt')) || clean(input.title) || 'Submit'
    default:
      return ''
  }
}

function labelsName(
  element: HTMLInputElement | HTMLSelectElement | HTMLButtonElement,
  walk: Walk,
): string {
  return Array.from(element.labels ?? [])
    .slice(0, 10)
    .map((label) =>
      nameOf(label, { seen: new Set(walk.seen), isReference: walk.isReference }, true),
    )
    .filter((part) => clean(part) !== '')
    .join(' ')
}

function childName(element: Element, tag: string, walk: Walk): string {
  const child = Array.from(element.children).find((each) => each.localName === tag)
  return child ? contentName(child, walk) : ''
}

function contentName(element: Element, walk: Walk): string {
  let text = ''
  for (const child of drawnChildren(element)) {
    if (text.length > NAME_MAX_LENGTH) break
    if (isText(child)) text += child.data
    else if (isElement(child)) {
      const name = nameOf(child, { seen: walk.seen, isReference: false }, true)
      text += isInline(child) ? name : ` ${name} `
    }
  }
  return pseudoText(element, '::before') + text + pseudoText(element, '::after')
}

function pseudoText(element: Element, pseudo: string): string {
  const content = element.ownerDocument.defaultView?.getComputedStyle(element, pseudo).content ?? ''
  return /^"[^"]*"$/.test(content) ? content.slice(1, -1) : ''
}

function isInline(element: Element): boolean {
  return element.ownerDocument.defaultView?.getComputedStyle(element).display === 'inline'
}

function isHidden(element: Element): boolean {
  if (element.getAttribute('aria-hidden') === 'true') return true
  if (/^(?:script|style|template|noscript)$/.test(element.localName)) return true
  const style = element.ownerDocument.defaultView?.getComputedStyle(element)
  return (
    style?.display === 'none' || style?.visibility === 'hidden' || style?.visibility === 'collapse'
  )
}

function isEditable(element: Element): boolean {
  const editable = element.getAttribute('contenteditable')
  return editable !== null && editable.toLowerCase() !== 'false'
}

function clean(text: string | null | undefined): string {
  return text?.replace(/\s+/g, ' ').trim() ?? ''
}
