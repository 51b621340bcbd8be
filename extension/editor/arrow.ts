import type { Point } from './geometry'

/** `--arrow` and its casing, of the design: part of the picture, so the same in both themes. */
const ARROW_COLOUR = '#D1105A'
const CASING_COLOUR = '#FFFFFF'
/** How far it swings out, and how long its barbs are, as fractions. */
const SWING = 0.3
const BARB_OF_WIDTH = 0.045
const BARB_MOST = 0.45
/** Stroke widths in a picture 640 px wide. */
const STROKE = 6.5
const CASING = 13

interface Arrow {
  from: Point
  to: Point
}

/** An arrow as path data: a curve to `to`, and its two barbs. */
function arrowPath({ from, to }: Arrow, pictureWidth: number): string {
  const [across, down] = [to[0] - from[0], to[1] - from[1]]
  const length = Math.hypot(across, down)
  // Swings out to the side on which it ends up pointing level, as a hand draws it.
  const side = across * down > 0 ? 1 : -1
  const bend: Point = [
    (from[0] + to[0]) / 2 - side * down * SWING,
    (from[1] + to[1]) / 2 + side * across * SWING,
  ]
  const direction = Math.atan2(to[1] - bend[1], to[0] - bend[0])
  const barb = Math.min(pictureWidth * BARB_OF_WIDTH, length * BARB_MOST)
  const tips = [-0.65, 0.65].map((angle): Point => {
    const back = direction + Math.PI + angle
    return [to[0] + Math.cos(back) * barb, to[1] + Math.sin(back) * barb]
  })
  return `M${at(from)}Q${at(bend)} ${at(to)}M${at(tips[0])}L${at(to)}L${at(tips[1])}`
}

function at(point: Point | undefined): string {
  return point?.map((value) => value.toFixed(1)).join(' ') ?? ''
}

/** Draws an arrow with its casing, in px of the picture's space. */
export function paintArrow(
  context: OffscreenCanvasRenderingContext2D,
  arrow: Arrow,
  pictureWidth: number,
): void {
  const path = new Path2D(arrowPath(arrow, pictureWidth))
  context.lineCap = 'round'
  context.lineJoin = 'round'
  for (const [colour, width] of [
    [CASING_COLOUR, CASING],
    [ARROW_COLOUR, STROKE],
  ] as const) {
    context.strokeStyle = colour
    context.lineWidth = (width * pictureWidth) / 640
    context.stroke(path)
  }
}
