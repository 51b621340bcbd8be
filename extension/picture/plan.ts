import type { MaskOfDocument } from '../page/inject'

type PlanBox = readonly [x: number, y: number, width: number, height: number]

/** How a picture is drawn: boxes in CSS px of the viewport, or all of it covered. */
export interface PicturePlan {
  boxes: readonly PlanBox[]
  viewport: { width: number; height: number }
  covered: number
  uninspected: number
  everythingCovered: boolean
}

/** True when the page stood still from before a shot until after it, so that its boxes fit. */
export function stoodStill(before: MaskOfDocument, after: MaskOfDocument): boolean {
  const keys = Object.keys(before.print) as (keyof MaskOfDocument['print'])[]
  return !after.moved && keys.every((key) => before.print[key] === after.print[key])
}

/** The union of both collections; everything where either is not to be trusted. */
export function planOf(
  before: MaskOfDocument,
  after: MaskOfDocument,
  coverEverything: boolean,
): PicturePlan {
  const isWhole = [before, after].every((mask) => mask.complete && !mask.overflowed)
  return {
    boxes: [...before.boxes, ...after.boxes],
    viewport: { width: after.print.width, height: after.print.height },
    covered: Math.max(before.covered, after.covered),
    uninspected: Math.max(before.uninspected, after.uninspected),
    everythingCovered: coverEverything || !isWhole || !stoodStill(before, after),
  }
}

/** A bitmap that is not the viewport in another scale shows something that nobody measured. */
export function fitsViewport(
  bitmap: { width: number; height: number },
  { viewport }: PicturePlan,
): boolean {
  const across = bitmap.width / viewport.width
  const down = bitmap.height / viewport.height
  return across > 0 && Math.abs(across - down) <= Math.max(0.01 * across, 2 / viewport.height)
}
