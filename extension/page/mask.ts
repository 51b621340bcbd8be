import type { CoverKind, PageCover } from './cover'
import { type Box, type FrameView, clipBox, toTop, viewInto } from './frame-view'
import { type Fingerprint, digest, fingerprint } from './fingerprint'
import { coverOf, pseudoCoverOf } from './mask-elements'
import { TextRun } from './mask-text'
import { type FrameElement, documentOf, drawnChildren, isElement, isFrame, isText } from './tree'

/** Longer than this and nobody waits; what is not looked at by then means covering everything. */
const BUDGET_MS = 750
const BOXES_MAX = 4_000
/** Boxes reach this far over what they hide: rounding and re-encoding stay inside. CSS px. */
const MARGIN = 4

/** Something that is covered, kept to see whether it moves. */
export type Source = Element | Range

export interface MaskReport {
  covers: PageCover[]
  /** Things covered because they are fields, patterns or pictures. */
  covered: number
  /** Things covered whole because they cannot be looked into. */
  uninspected: number
  /** False: something was odd or took too long; cover everything. */
  complete: boolean
  overflowed: boolean
  /** Something moved since the last report, or nobody watched. */
  moved: boolean
  print: Fingerprint
}

/** What was found, with what the watch needs; never leaves the page as it is. */
export interface Collected {
  report: MaskReport
  /** The covers of fields, which may be given names. */
  fields: [PageCover, Element][]
  sources: Source[]
  roots: Node[]
}

/**
 * Finds what to cover in the top frame, in its shadow trees and in frames of the same origin,
 * in one go, so that all boxes are of one moment. Fails closed: whatever is odd clears `complete`.
 */
export function collectMask(top: Window, now: () => number = () => performance.now()): Collected {
  const collector = new Collector(top, now)
  try {
    collector.collect()
  } catch {
    collector.complete = false
  }
  return collector.toCollected()
}

class Collector {
  complete = true
  private overflowed = false
  private covered = 0
  private uninspected = 0
  private visited = 0
  private boxCount = 0
  private readonly covers: PageCover[] = []
  private readonly fields: [PageCover, Element][] = []
  private readonly sources: Source[] = []
  private readonly roots: Node[] = []
  private readonly frames: string[] = []
  private readonly deadline: number

  private readonly top: Window
  private readonly now: () => number

  constructor(top: Window, now: () => number) {
    this.top = top
    this.now = now
    this.deadline = now() + BUDGET_MS
  }

  collect(): void {
    const { top } = this
    // Zoomed with two fingers, a picture shows part of what the boxes are measured in.
    if ((top.visualViewport?.scale ?? 1) !== 1) this.complete = false
    this.readDocument(top.document, {
      x: 0,
      y: 0,
      scaleX: 1,
      scaleY: 1,
      clip: [0, 0, top.innerWidth, top.innerHeight],
    })
  }

  toCollected(): Collected {
    const { covers, covered, uninspected, complete, overflowed, fields, sources, roots } = this
    const print = fingerprint(this.top, digest(this.frames.join('\n')))
    return {
      report: { covers, covered, uninspected, complete, overflowed, moved: false, print },
      fields,
      sources,
      roots,
    }
  }

  private readDocument(document: Document, view: FrameView): void {
    const root = document.documentElement
    if (document.designMode === 'on') this.complete = false
    if (!root) return
    this.roots.push(document)
    const run = new TextRun((ranges, what) => this.cover(ranges, view, 'pattern', what))
    this.readElement(root, view, run)
    run.end()
  }

  private readElement(element: Element, view: FrameView, run: TextRun): void {
    this.visited += 1
    if (this.visited % 128 === 0 && this.now() > this.deadline) throw new Error('out of time')
    const window = element.ownerDocument.defaultView
    if (!window) throw new Error('no window')
    const style = window.getComputedStyle(element)
    const { display } = style
    if (display === 'none') return

    const isInline =
      display.startsWith('inline') || display === 'contents' || display.startsWith('ruby')
    if (!isInline) run.end()
    if (isFrame(element)) this.readFrame(element, view)
    else {
      const isHidden = style.visibility !== 'visible'
      const kind = isHidden ? undefined : coverOf(element, style)
      if (kind) this.coverElement(element, view, kind)
      if (!isHidden) this.readPseudo(element, view, window)
      if (element.localName === 'br') run.addSpace()
      this.readChildren(element, view, run, isHidden)
    }
    if (!isInline) run.end()
  }

  private readChildren(element: Element, view: FrameView, run: TextRun, isHidden: boolean): void {
    // What a field holds inside is not drawn as its children.
    if (/^(?:select|textarea|script|style|template|noscript|head)$/.test(element.localName)) return
    const children = drawnChildren(element)
    for (const child of children) {
      const root = child.getRootNode()
      if (root !== this.roots.at(-1) && !this.roots.includes(root)) this.roots.push(root)
      if (isText(child)) {
        if (!isHidden) run.add(child)
      } else if (isElement(child)) this.readElement(child, view, run)
    }
  }

  private readPseudo(element: Element, view: FrameView, window: Window): void {
    // Asking for pseudo-elements is what takes longest; far down the page nobody sees them.
    const box = element.getBoundingClientRect()
    if (box.width > 0 && box.height > 0 && !clipBox(grow(toTop(box, view)), view.clip)) return
    const cover = pseudoCoverOf(element, window)
    if (!cover) return
    this.cover([element], view, cover.kind, cover.label)
    if (!cover.isInside) this.complete = false
  }

  private readFrame(frame: FrameElement, view: FrameView): void {
    const box = frame.getBoundingClientRect()
    const document = documentOf(frame)
    const inner = document && viewInto(frame, view)
    this.frames.push(
      `${frame.src} ${document?.URL ?? ''} ${inner ? 'in' : 'out'} ${box.x} ${box.y} ${box.width} ${box.height}`,
    )
    if (document && inner) {
      this.sources.push(frame)
      this.readDocument(document, inner)
    } else this.coverElement(frame, view, 'uninspected')
  }

  private coverElement(element: Element, view: FrameView, kind: CoverKind): void {
    const label = kind === 'uninspected' ? element.localName.slice(0, 20) : null
    const cover = this.cover([element], view, kind, label)
    if (cover && kind === 'field') this.fields.push([cover, element])
  }

  private cover(
    sources: readonly Source[],
    view: FrameView,
    kind: CoverKind,
    label: string | null,
  ): PageCover | undefined {
    const boxes: Box[] = []
    for (const source of sources) {
      const seen = boxes.length
      for (const rect of rectsOf(source)) {
        const box = clipBox(grow(toTop(rect, view)), view.clip)
        if (box) boxes.push(box)
      }
      this.sources.push(source)
      if (boxes.length === seen) continue
      if (kind === 'uninspected') this.uninspected += 1
      else this.covered += 1
    }
    if (boxes.length === 0) return undefined
    const cover: PageCover = { kind, label, boxes }
    this.covers.push(cover)
    this.boxCount += boxes.length
    if (this.boxCount > BOXES_MAX) {
      this.overflowed = true
      throw new Error('too many boxes')
    }
    return cover
  }
}

/** An element's own box, and whatever text or element of it sticks out. */
function* rectsOf(source: Source): Iterable<DOMRect> {
  if (!('tagName' in source)) {
    yield* drawn(source.getClientRects())
    return
  }
  const own = source.getBoundingClientRect()
  yield* drawn([own])
  const inner = source.ownerDocument.createRange()
  inner.selectNodeContents(source)
  const all = inner.getBoundingClientRect()
  if (
    all.left < own.left ||
    all.top < own.top ||
    all.right > own.right ||
    all.bottom > own.bottom
  ) {
    yield* drawn(inner.getClientRects())
  }
}

function* drawn(rects: Iterable<DOMRect>): Iterable<DOMRect> {
  for (const rect of rects) if (rect.width > 0 && rect.height > 0) yield rect
}

function grow([x, y, width, height]: Box): Box {
  return [x - MARGIN, y - MARGIN, width + 2 * MARGIN, height + 2 * MARGIN]
}

/** True for documents that are pages; a PDF or a plug-in shows what no script can see. */
export function isReadable(document: Document): boolean {
  return /^(?:text\/html|application\/xhtml\+xml|text\/plain|image\/)/.test(document.contentType)
}
