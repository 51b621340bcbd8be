import type { PageCover } from '../page/cover'
import type { Box } from '../picture/paint'
import type { Edited, Mark } from './edits'
import { type Point, hasPoint, middleOf, moved } from './geometry'

/** A cover by its place in the list, or a mark by its id. */
export type Chosen = { cover: number } | { mark: number }

type Shape = Mark['shape']

/** A box or an arrow in the middle of an area, to be moved from there. */
export function middleMark(shape: Shape, id: number, area: Box): Mark {
  const [x, y, width, height] = middleOf(area, 0.25, 0.12)
  return shape === 'arrow'
    ? { id, shape, from: [x + width, y + height], to: [x, y] }
    : { id, shape, box: [x, y, width, height] }
}

/** The same where somebody pressed: a box around that, an arrow that points at it. */
export function tappedMark(shape: Shape, id: number, at: Point, area: Box): Mark {
  const [, , width, height] = middleOf(area, 0.25, 0.12)
  const box = moved([at[0] - width / 2, at[1] - height / 2, width, height], [0, 0], area)
  if (shape !== 'arrow') return { id, shape, box }
  // From the side on which there is more room.
  const across = at[0] > area[0] + area[2] / 2 ? -width / 2 : width / 2
  const down = at[1] > area[1] + area[3] / 2 ? -height : height
  return { id, shape, from: [at[0] + across, at[1] + down], to: at }
}

/** What lies at a point: marks before covers, and what was put there last before the rest. */
export function findAt(
  at: Point,
  { marks, uncovered }: Edited,
  covers: readonly PageCover[],
): Chosen | null {
  const mark = marks.findLast((each) => hasPoint(boxOf(each), at))
  if (mark !== undefined) return { mark: mark.id }
  const cover = covers.findLastIndex(
    ({ boxes }, index) => !uncovered.has(index) && boxes.some((box) => hasPoint(box, at)),
  )
  return cover < 0 ? null : { cover }
}

/** Where a mark is. */
export function boxOf(mark: Mark): Box {
  if (mark.shape !== 'arrow') return mark.box
  const { from, to } = mark
  return [
    Math.min(from[0], to[0]),
    Math.min(from[1], to[1]),
    Math.abs(to[0] - from[0]),
    Math.abs(to[1] - from[1]),
  ]
}
