import { type PageCover, mergeCovers } from '../page/cover'
import type { MaskOfDocument } from '../page/inject'

/** How a picture is drawn: covers in CSS px of the viewport, or all of it covered. */
export interface PicturePlan {
  covers: readonly PageCover[]
  viewport: { width: number; height: number }
  covered: number
  uninspected: number
  everythingCovered: boolean
  /** False where nobody can say what lies where: then no cover may ever be taken off. */
  isSure: boolean
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
  const isSure = isWhole && stoodStill(before, after)
  return {
    covers: mergeCovers([...before.covers, ...after.covers]),
    viewport: { width: after.print.width, height: after.print.height },
    covered: Math.max(before.covered, after.covered),
    uninspected: Math.max(before.uninspected, after.uninspected),
    everythingCovered: coverEverything || !isSure,
    isSure,
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
