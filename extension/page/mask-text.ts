import { findSensitive } from './sensitive'
import { isText } from './tree'

/** Longer than this, a run is looked at in pieces: nobody's number is that long. UTF-16 units. */
const RUN_MAX_LENGTH = 20_000

/** White space that is not one space. */
const SPACES = /\s\s|[^\S ]/

interface Piece {
  data: string
  /** A text, or an element that holds nothing but text; undefined for a space that no node holds. */
  node?: Text | Element
  /** Of the element that the text is drawn in. */
  style?: CSSStyleDeclaration
}
const SPACE: Piece = { data: ' ' }

/**
 * Text as it reads on one line, gathered node by node, so that `jane<wbr>@<b>x.org</b>` is seen
 * as the address that it is. White space counts as one space, as it does on screen.
 */
export class TextRun {
  private pieces: Piece[] = []
  private length = 0
  private readonly onPattern: (ranges: Range[], what: string) => void

  constructor(onPattern: (ranges: Range[], what: string) => void) {
    this.onPattern = onPattern
  }

  add(node: Text | Element, data: string, style: CSSStyleDeclaration): void {
    // White space before the first word is no part of anything.
    if (data === '' || (this.length === 0 && !/\S/.test(data))) return
    this.pieces.push({ data, node, style })
    this.length += data.length
    if (this.length > RUN_MAX_LENGTH) this.end()
  }

  addSpace(): void {
    if (this.length === 0) return
    this.pieces.push(SPACE)
    this.length += 1
  }

  /** Ends the line: a block begins or ends here. */
  end(): void {
    if (this.length === 0) return
    const { pieces } = this
    this.pieces = []
    this.length = 0
    const [only] = pieces
    // What stands alone is looked at first: whether it is visible takes longer to say.
    if (pieces.length === 1 && only && findIn(only.data).length === 0) return
    const visible = pieces.filter(({ style }) => !style || style.visibility === 'visible')
    const raw = visible.map(({ data }) => data).join('')
    const spans = findIn(raw)
    if (spans.length === 0) return
    const rawOf = placesInRaw(raw)
    for (const { start, end, what } of spans)
      this.onPattern(rangesOf(visible, rawOf[start] ?? 0, rawOf[end - 1] ?? 0), what)
  }
}

function findIn(raw: string): ReturnType<typeof findSensitive> {
  return findSensitive(SPACES.test(raw) ? raw.replace(/\s+/g, ' ') : raw)
}

/** One range a node: across the edge of a shadow tree there is no range that holds both. */
function rangesOf(pieces: readonly Piece[], first: number, last: number): Range[] {
  const ranges: Range[] = []
  let start = 0
  for (const { data, node } of pieces) {
    const end = start + data.length
    if (node && start <= last && end > first) {
      let from = start
      for (const text of textsOf(node)) {
        const to = from + text.length
        if (from <= last && to > first) {
          const range = text.ownerDocument.createRange()
          range.setStart(text, Math.max(0, first - from))
          range.setEnd(text, Math.min(text.length, last - from + 1))
          ranges.push(range)
        }
        from = to
      }
    }
    start = end
  }
  return ranges
}

function textsOf(node: Text | Element): Iterable<Text> {
  return isText(node) ? [node] : Array.from(node.childNodes).filter(isText)
}

/** For each character of the text with single spaces, where it stands in the text as it is. */
function placesInRaw(raw: string): number[] {
  const places: number[] = []
  let wasSpace = false
  for (let index = 0; index < raw.length; index += 1) {
    const isSpace = /\s/.test(raw[index] ?? '')
    if (!isSpace || !wasSpace) places.push(index)
    wasSpace = isSpace
  }
  return places
}
