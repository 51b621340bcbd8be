/** `[x, y, width, height]`. */
export type Box = readonly [x: number, y: number, width: number, height: number]

/** What is drawn of a bitmap. Boxes are measured in a space that all of the bitmap fills. */
export interface Drawing {
  space: { width: number; height: number }
  /** Covered, solid. */
  ink: readonly Box[]
  /** Everything is covered but these, and `ink` in these all the same; null where only `ink` is. */
  shown: readonly Box[] | null
  /** What is left of the picture; null for all of it. */
  crop: Box | null
  /** Drawn over everything, in px of the space. */
  over?: (context: OffscreenCanvasRenderingContext2D) => void
}

/** `--mask` of the design: the same ink in light and dark, so that a box is known for a box. */
const MASK_COLOUR = '#14181A'
const LONGEST_SIDE = 1_600

/**
 * Draws on a canvas, which takes the size of the picture: covers solid, drawn after the picture
 * and in the final size, so that their edges are whole pixels. Nothing that is covered or cut
 * away is on the canvas afterwards.
 */
export function paint(
  canvas: OffscreenCanvas | HTMLCanvasElement,
  bitmap: ImageBitmap,
  { space, ink, shown, crop, over }: Drawing,
  extraScale = 1,
): void {
  const ratio = { x: bitmap.width / space.width, y: bitmap.height / space.height }
  const [left, top, wide, high] = partOf(bitmap, crop, ratio)
  const scale = extraScale * Math.min(1, LONGEST_SIDE / Math.max(wide, high))
  canvas.width = Math.max(1, Math.round(wide * scale))
  canvas.height = Math.max(1, Math.round(high * scale))
  const context = canvas.getContext('2d', {
    alpha: false,
  }) as OffscreenCanvasRenderingContext2D | null
  if (!context) throw new Error('no canvas to draw on')
  const { width, height } = canvas
  const across = ratio.x * (width / wide)
  const down = ratio.y * (height / high)
  const shift = { x: left * (width / wide), y: top * (height / high) }
  const edgesOf = ([x, y, w, h]: Box) => [
    x * across - shift.x,
    y * down - shift.y,
    (x + w) * across - shift.x,
    (y + h) * down - shift.y,
  ]

  context.fillStyle = MASK_COLOUR
  context.imageSmoothingQuality = 'high'
  if (shown) {
    context.fillRect(0, 0, width, height)
    context.save()
    context.beginPath()
    for (const box of shown) {
      const [x = 0, y = 0, right = 0, bottom = 0] = edgesOf(box)
      const [from, above] = [Math.ceil(x), Math.ceil(y)]
      context.rect(
        from,
        above,
        Math.max(0, Math.floor(right) - from),
        Math.max(0, Math.floor(bottom) - above),
      )
    }
    context.clip()
  }
  if (shown?.length !== 0) context.drawImage(bitmap, left, top, wide, high, 0, 0, width, height)
  if (shown) context.restore()
  for (const box of ink) {
    const [x = 0, y = 0, right = 0, bottom = 0] = edgesOf(box)
    const [from, above] = [Math.floor(x), Math.floor(y)]
    context.fillRect(from, above, Math.ceil(right) - from, Math.ceil(bottom) - above)
  }
  if (!over) return
  context.setTransform(across, 0, 0, down, -shift.x, -shift.y)
  over(context)
}

/** The part of a bitmap that a crop leaves, in whole px of the bitmap and never more. */
function partOf(
  { width, height }: ImageBitmap,
  crop: Box | null,
  ratio: { x: number; y: number },
): [left: number, top: number, width: number, height: number] {
  if (crop === null) return [0, 0, width, height]
  const left = Math.max(0, Math.ceil(crop[0] * ratio.x))
  const top = Math.max(0, Math.ceil(crop[1] * ratio.y))
  const right = Math.min(width, Math.floor((crop[0] + crop[2]) * ratio.x))
  const bottom = Math.min(height, Math.floor((crop[1] + crop[3]) * ratio.y))
  return [left, top, Math.max(1, right - left), Math.max(1, bottom - top)]
}
