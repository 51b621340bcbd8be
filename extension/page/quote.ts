import { findSensitive, toPlaceholders } from './sensitive'
import { toStorableText } from '#shared/text'
import { isRowLike, roleOf } from './role'
import { isElement, isText } from './tree'
import { withoutTyped } from './typed'

/** A text, and what stands right before and after it; either may be empty. */
export interface Quote {
  text: string
  prefix: string
  suffix: string
}

const TEXT_MAX_LENGTH = 80
/** Of what stands around a text, in characters: what the wire allows. */
const AROUND_MAX_LENGTH = 32
/** Read that far, so that the cut goes through nothing that should be a placeholder. */
const READ_MAX_LENGTH = 240
const NODES_MAX = 400
/** Hold no words of the page: typed or chosen values, code, what is not drawn. */
const NOT_READ =
  /^(?:script|style|template|noscript|textarea|select|input|svg|iframe|frame|object)$/

/**
 * A text with its surroundings, told apart by them from an equal one elsewhere on the page.
 * Undefined where it is too long, or part of a pattern that is not kept. What stands in rows
 * around it may be somebody's name and is left out, as are typed words and patterns.
 */
export function quoteOf(element: Element, text: string): Quote | undefined {
  if (text === '' || text.length > TEXT_MAX_LENGTH || findSensitive(text).length > 0)
    return undefined
  const before = readBeside(element, 'previousSibling')
  const after = readBeside(element, 'nextSibling')
  if (runsOver(before, text, after)) return undefined
  const keep = (around: string) =>
    toStorableText(toPlaceholders(withoutTyped(around, element))).trim()
  return { text: toStorableText(text), prefix: endOf(keep(before)), suffix: startOf(keep(after)) }
}

/** True where a pattern begins outside of the text and ends in it, or the other way round. */
function runsOver(before: string, text: string, after: string): boolean {
  const start = before.length
  const end = start + text.length
  return findSensitive(before + text + after).some(
    (span) => span.start < end && span.end > start && (span.start < start || span.end > end),
  )
}

/** What stands beside an element in its tree, up to so much; a space where it is drawn apart. */
export function readBeside(element: Element, side: 'previousSibling' | 'nextSibling'): string {
  const reader = new Reader(side)
  if (!isInline(element)) reader.add(' ')
  for (let node: Node | null = element; node && !reader.isFull; node = node.parentNode) {
    for (let next: Node | null = node[side]; next && !reader.isFull; next = next[side])
      reader.read(next)
  }
  return reader.text.replace(/\s+/g, ' ')
}

class Reader {
  text = ''
  private nodes = 0
  private readonly side: 'previousSibling' | 'nextSibling'

  constructor(side: 'previousSibling' | 'nextSibling') {
    this.side = side
  }

  get isFull(): boolean {
    return this.text.length >= READ_MAX_LENGTH || this.nodes >= NODES_MAX
  }

  read(node: Node): void {
    this.nodes += 1
    if (isText(node)) this.add(node.data)
    else if (isElement(node) && isRead(node)) {
      const gap = isInline(node) ? '' : ' '
      this.add(gap)
      const forwards = this.side === 'nextSibling'
      for (
        let child = forwards ? node.firstChild : node.lastChild;
        child && !this.isFull;
        child = child[this.side]
      )
        this.read(child)
      this.add(gap)
    } else this.add(' ')
  }

  add(words: string): void {
    const isBefore = this.side === 'previousSibling'
    this.text = isBefore
      ? words.slice(-READ_MAX_LENGTH) + this.text
      : this.text + words.slice(0, READ_MAX_LENGTH)
  }
}

function isInline(element: Element): boolean {
  return element.ownerDocument.defaultView?.getComputedStyle(element).display === 'inline'
}

function isRead(element: Element): boolean {
  if (NOT_READ.test(element.localName) || isRowLike(roleOf(element))) return false
  const editable = element.getAttribute('contenteditable')
  if (editable !== null && editable.toLowerCase() !== 'false') return false
  if (/^(?:textbox|searchbox|combobox|listbox)$/.test(element.getAttribute('role') ?? ''))
    return false
  return element.checkVisibility()
}

/** Whole words where there are any: some scripts part none. */
export function endOf(text: string): string {
  const all = Array.from(text)
  if (all.length <= AROUND_MAX_LENGTH) return text
  const end = all.slice(-AROUND_MAX_LENGTH).join('')
  return end.replace(/^\S*\s+/, '')
}

export function startOf(text: string): string {
  const all = Array.from(text)
  if (all.length <= AROUND_MAX_LENGTH) return text
  const start = all.slice(0, AROUND_MAX_LENGTH).join('')
  return start.replace(/\s+\S*$/, '')
}
