import * as v from 'valibot'

const COVERS_MAX = 20_000
const BOXES_MAX = 50_000

/**
 * Why something is covered. field: a value is or can be in it · pattern: text that looks like
 * somebody's · marked: the page says that it is private · picture: larger than an icon ·
 * uninspected: nobody can look into it.
 */
export const CoverKind = v.picklist(['field', 'pattern', 'marked', 'picture', 'uninspected'])
export type CoverKind = v.InferOutput<typeof CoverKind>

const finite = v.pipe(v.number(), v.finite())

/** Something that is covered in a picture, in CSS px of the top viewport. */
export const PageCover = v.object({
  kind: CoverKind,
  /**
   * Of a field its accessible name, of a pattern what it looks like, of what cannot be looked
   * into its tag. Never what is under the cover.
   */
  label: v.nullable(v.pipe(v.string(), v.maxLength(200))),
  boxes: v.array(v.tuple([finite, finite, finite, finite])),
})
export type PageCover = v.InferOutput<typeof PageCover>

export const PageCovers = v.pipe(
  v.array(PageCover),
  v.maxLength(COVERS_MAX),
  v.check(
    (covers) => covers.reduce((sum, { boxes }) => sum + boxes.length, 0) <= BOXES_MAX,
    'too many boxes',
  ),
)

/** The same things found twice are one cover each; a name that either has is its name. */
export function mergeCovers(covers: readonly PageCover[]): PageCover[] {
  const merged = new Map<string, PageCover>()
  for (const cover of covers) {
    const where = `${cover.kind} ${cover.boxes.map((box) => box.map(Math.round).join(' ')).join()}`
    const known = merged.get(where)
    merged.set(where, {
      ...cover,
      label: cover.label ?? known?.label ?? null,
      // Not a pixel of either is left open.
      boxes: known === undefined ? cover.boxes : uniqueBoxes([...known.boxes, ...cover.boxes]),
    })
  }
  return [...merged.values()]
}

function uniqueBoxes(boxes: PageCover['boxes']): PageCover['boxes'] {
  return [...new Map(boxes.map((box) => [box.join(' '), box])).values()]
}
