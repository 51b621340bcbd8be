import { type Box, type FrameView, clipBox, toTop } from './frame-view'

/** Boxes reach this far over what they hide: rounding and re-encoding stay inside. CSS px. */
const MARGIN = 4

/** Something that is covered, kept to see whether it moves. */
export type Source = Element | Range

/**
 * What of a thing is to be seen in the top viewport, in boxes that reach a little over it: of an
 * element its own box, and whatever text or element of it sticks out.
 */
export function boxesOf(source: Source, own: DOMRect, view: FrameView): Box[] {
  const boxes: Box[] = []
  for (const rect of rectsOf(source, own, view)) {
    const box = clipBox(grow(toTop(rect, view)), view.clip)
    if (box) boxes.push(box)
  }
  return boxes
}

/** True where there is a box, and nothing of it is to be seen. */
export function isAway(rect: DOMRect, view: FrameView): boolean {
  return rect.width > 0 && rect.height > 0 && !clipBox(grow(toTop(rect, view)), view.clip)
}

function* rectsOf(source: Source, own: DOMRect, view: FrameView): Iterable<DOMRect> {
  if (!('tagName' in source)) {
    // Most texts are far down the page: their rectangles need not be listed.
    if (!isAway(own, view)) yield* drawn(source.getClientRects())
    return
  }
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
