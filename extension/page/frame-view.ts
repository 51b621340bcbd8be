import type { FrameElement } from './tree'
import { outerElement } from './tree'

/** `[x, y, width, height]` in CSS px of the top viewport. */
export type Box = [x: number, y: number, width: number, height: number]

/** How one document lies in the top viewport: offset, scale, and the box that it may draw in. */
export interface FrameView {
  x: number
  y: number
  scaleX: number
  scaleY: number
  clip: Box
}

export function toTop(rect: DOMRectReadOnly | Box, view: FrameView): Box {
  const [x, y, width, height] = Array.isArray(rect)
    ? rect
    : [rect.x, rect.y, rect.width, rect.height]
  return [
    view.x + x * view.scaleX,
    view.y + y * view.scaleY,
    width * view.scaleX,
    height * view.scaleY,
  ]
}

/** What of a box is inside another; undefined when nothing is. */
export function clipBox([x, y, width, height]: Box, [left, top, wide, high]: Box): Box | undefined {
  const fromX = Math.max(x, left)
  const fromY = Math.max(y, top)
  const toX = Math.min(x + width, left + wide)
  const toY = Math.min(y + height, top + high)
  return toX > fromX && toY > fromY ? [fromX, fromY, toX - fromX, toY - fromY] : undefined
}

/**
 * How a frame's document lies in the top viewport. Undefined where plain offsets and scales
 * cannot tell it (turned, skewed, zoomed or in perspective): then the frame is covered whole.
 */
export function viewInto(frame: FrameElement, outer: FrameView): FrameView | undefined {
  const rect = frame.getBoundingClientRect()
  if (rect.width === 0 || rect.height === 0 || !liesStraight(frame)) return undefined
  const style = frame.ownerDocument.defaultView?.getComputedStyle(frame)
  if (!style) return undefined
  const scaleX = frame.offsetWidth > 0 ? rect.width / frame.offsetWidth : 1
  const scaleY = frame.offsetHeight > 0 ? rect.height / frame.offsetHeight : 1
  const [left, right] = [parseFloat(style.paddingLeft) || 0, parseFloat(style.paddingRight) || 0]
  const [top, bottom] = [parseFloat(style.paddingTop) || 0, parseFloat(style.paddingBottom) || 0]
  const inner = toTop(
    [
      rect.x + (frame.clientLeft + left) * scaleX,
      rect.y + (frame.clientTop + top) * scaleY,
      (frame.clientWidth - left - right) * scaleX,
      (frame.clientHeight - top - bottom) * scaleY,
    ],
    outer,
  )
  const clip = clipBox(inner, outer.clip)
  if (!clip) return undefined
  return {
    x: inner[0],
    y: inner[1],
    scaleX: outer.scaleX * scaleX,
    scaleY: outer.scaleY * scaleY,
    clip,
  }
}

function liesStraight(frame: FrameElement): boolean {
  const view = frame.ownerDocument.defaultView
  for (
    let element: Element | null = frame;
    element?.ownerDocument === frame.ownerDocument;
    element = outerElement(element)
  ) {
    const style = view?.getComputedStyle(element)
    if (!style || (style.zoom !== '1' && style.zoom !== '' && style.zoom !== 'normal')) return false
    if (
      style.scale.includes('-') ||
      style.perspective !== 'none' ||
      style.rotate !== 'none' ||
      (style.offsetPath ?? 'none') !== 'none'
    )
      return false
    if (style.transform === 'none') continue
    const { a, b, c, d, is2D } = new DOMMatrixReadOnly(style.transform)
    if (!is2D || b !== 0 || c !== 0 || a <= 0 || d <= 0) return false
  }
  return true
}
