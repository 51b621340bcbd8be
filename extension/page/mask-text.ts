import { findSensitive } from './sensitive'

/** Longer than this, a run is looked at in pieces: nobody's number is that long. UTF-16 units. */
const RUN_MAX_LENGTH = 20_000

/**
 * Text as it reads on one line, gathered node by node, so that `jane<wbr>@<b>x.org</b>` is seen
 * as the address that it is. White space counts as one space, as it does on screen.
 */
export class TextRun {
  /** Nodes in order; undefined is a space that no node holds. */
  private nodes: (Text | undefined)[] = []
  private length = 0
  private readonly onPattern: (ranges: Range[], what: string) => void

  constructor(onPattern: (ranges: Range[], what: string) => void) {
    this.onPattern = onPattern
  }

  add(node: Text): void {
    this.nodes.push(node)
    this.length += node.length
    if (this.length > RUN_MAX_LENGTH) this.end()
  }

  addSpace(): void {
    this.nodes.push(undefined)
    this.length += 1
  }

  /** Ends the line: a block begins or ends here. */
  end(): void {
    if (this.length === 0) return
    const { nodes } = this
    this.nodes = []
    this.length = 0
    const raw = nodes.map((node) => node?.data ?? ' ').join('')
    const spans = findSensitive(raw.replace(/\s+/g, ' '))
    if (spans.length === 0) return
    const rawOf = placesInRaw(raw)
    for (const { start, end, what } of spans)
      this.onPattern(rangesOf(nodes, rawOf[start] ?? 0, rawOf[end - 1] ?? 0), what)
  }
}

/** One range a node: across the edge of a shadow tree there is no range that holds both. */
function rangesOf(nodes: readonly (Text | undefined)[], first: number, last: number): Range[] {
  const ranges: Range[] = []
  let start = 0
  for (const node of nodes) {
    const end = start + (node?.length ?? 1)
    if (node && start <= last && end > first) {
      const range = node.ownerDocument.createRange()
      range.setStart(node, Math.max(0, first - start))
      range.setEnd(node, Math.min(node.length, last - start + 1))
      ranges.push(range)
    }
    start = end
  }
  return ranges
}

/** For each character of the text with single spaces, where it stands in the text as it is. */
function placesInRaw(raw: string): number[] {
  const places: number[] = []
  for (let index = 0; index < raw.length; index += 1) {
    const isSpace = /\s/.test(raw[index] ?? '')
    if (!isSpace || index === 0 || !/\s/.test(raw[index - 1] ?? '')) places.push(index)
  }
  return places
}
