import type { CoverKind, PageCover } from './cover'
import { type Box, type FrameView, viewInto } from './frame-view'
import { type Fingerprint, digest, fingerprint } from './fingerprint'
import { type Source, boxesOf, isAway } from './mask-boxes'
import { NOTABLE, coverOf, pseudoCoverOf } from './mask-elements'
import { type Drawn, drawnBy } from './mask-styles'
import { TextRun } from './mask-text'
import {
  type FrameElement,
  documentOf,
  isElement,
  isFrame,
  isText,
  shadowRootOf,
  slottedIn,
} from './tree'

/** Longer than this and nobody waits; what is not looked at by then means covering everything. */
const BUDGET_MS = 750
const BOXES_MAX = 4_000
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
  /** What is covered, and where it was. */
  places: [Source, DOMRect][]
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

/** What holds for all that is read of one document. */
interface Place {
  view: FrameView
  window: Window
  run: TextRun
}

/** What these hold inside is not drawn as their children. */
const OPAQUE = /^(?:select|textarea|script|style|template|noscript|head)$/

class Collector {
  complete = true
  private overflowed = false
  private covered = 0
  private uninspected = 0
  private visited = 0
  private boxCount = 0
  private readonly covers: PageCover[] = []
  private readonly fields: [PageCover, Element][] = []
  private readonly places: [Source, DOMRect][] = []
  private readonly roots: Node[] = []
  private readonly frames: string[] = []
  private readonly notable = new Set<Element>()
  /** What the styles met so far may draw. */
  private readonly drawn: Drawn = { pictures: false, words: false }
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
    const { covers, covered, uninspected, complete, overflowed, fields, places, roots } = this
    const print = fingerprint(this.top, digest(this.frames.join('\n')))
    return {
      report: { covers, covered, uninspected, complete, overflowed, moved: false, print },
      fields,
      places,
      roots,
    }
  }

  private readDocument(document: Document, view: FrameView): void {
    const { documentElement, defaultView: window } = document
    if (document.designMode === 'on') this.complete = false
    if (!documentElement) return
    if (!window) throw new Error('no window')
    this.enter(document)
    const run = new TextRun((ranges, what) => this.cover(ranges, view, 'pattern', what))
    this.readElement(documentElement, { view, window, run })
    run.end()
  }

  private enter(root: Document | ShadowRoot): void {
    this.roots.push(root)
    for (const element of root.querySelectorAll(NOTABLE)) this.notable.add(element)
    const { pictures, words } = drawnBy(root)
    this.drawn.pictures ||= pictures
    this.drawn.words ||= words
  }

  private readElement(element: Element, place: Place): void {
    this.visited += 1
    if (this.visited % 128 === 0 && this.now() > this.deadline) throw new Error('out of time')
    const style = place.window.getComputedStyle(element)
    const { display } = style
    if (display === 'none') return

    const isInline =
      display.startsWith('inline') || display === 'contents' || display.startsWith('ruby')
    if (!isInline) place.run.end()
    const isNotable = this.notable.has(element)
    if (isNotable && isFrame(element)) this.readFrame(element, place.view)
    else {
      const root = shadowRootOf(element)
      // Its styles may have a say in what the element looks like itself.
      if (root) this.enter(root)
      this.readOwn(element, style, place, isNotable)
      if (isNotable && element.localName === 'br') place.run.addSpace()
      this.readChildren(element, root, style, place)
    }
    if (!isInline) place.run.end()
  }

  private readOwn(
    element: Element,
    style: CSSStyleDeclaration,
    { view, window }: Place,
    isNotable: boolean,
  ): void {
    const { pictures, words } = this.drawn
    if (isNotable || (pictures && style.backgroundImage.includes('url('))) {
      const kind = style.visibility === 'visible' ? coverOf(element, style) : undefined
      if (kind) this.coverElement(element, view, kind)
    }
    // Asking for pseudo-elements is what takes longest; far down the page nobody sees them.
    if (!words || isAway(element.getBoundingClientRect(), view) || style.visibility !== 'visible')
      return
    const cover = pseudoCoverOf(element, window)
    if (!cover) return
    this.cover([element], view, cover.kind, cover.label)
    if (!cover.isInside) this.complete = false
  }

  private readChildren(
    element: Element,
    root: ShadowRoot | null,
    style: CSSStyleDeclaration,
    place: Place,
  ): void {
    const isNotable = this.notable.has(element)
    if (isNotable && OPAQUE.test(element.localName)) return
    const slotted = isNotable && !root ? slottedIn(element) : undefined
    if (slotted) for (const node of slotted) this.readNode(node, style, place)
    else if (!root && element.firstElementChild === null) {
      // Most elements hold a text and nothing else: one answer instead of a node and its neighbours.
      place.run.add(element, element.textContent ?? '', style)
    } else
      for (let node = (root ?? element).firstChild; node; node = node.nextSibling)
        this.readNode(node, style, place)
  }

  private readNode(node: Node, style: CSSStyleDeclaration, place: Place): void {
    if (isElement(node)) this.readElement(node, place)
    else if (isText(node)) place.run.add(node, node.data, style)
  }

  private readFrame(frame: FrameElement, view: FrameView): void {
    const box = frame.getBoundingClientRect()
    const document = documentOf(frame)
    const inner = document && viewInto(frame, view)
    this.frames.push(
      `${frame.src} ${document?.URL ?? ''} ${inner ? 'in' : 'out'} ${box.x} ${box.y} ${box.width} ${box.height}`,
    )
    if (document && inner) {
      this.places.push([frame, box])
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
      const rect = source.getBoundingClientRect()
      this.places.push([source, rect])
      const own = boxesOf(source, rect, view)
      if (own.length === 0) continue
      boxes.push(...own)
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

/** True for documents that are pages; a PDF or a plug-in shows what no script can see. */
export function isReadable(document: Document): boolean {
  return /^(?:text\/html|application\/xhtml\+xml|text\/plain|image\/)/.test(document.contentType)
}
