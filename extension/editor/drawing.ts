import type { Attachment } from '#shared/attachment'

import type { PageCover } from '../page/cover'
import type { CoverCounts } from '../picture/draw'
import type { Box, Drawing } from '../picture/paint'
import { type PictureProof, proofOf } from '../picture/proof'
import { paintArrow } from './arrow'
import { coverTitle } from './cover-words'
import type { Edited } from './edits'
import { meet } from './geometry'

/** What is worked on: the shot itself, or only its masked picture, whose covers are burned in. */
export interface Source {
  bitmap: ImageBitmap
  space: { width: number; height: number }
  /** None where they are burned in. */
  covers: readonly PageCover[]
  canReveal: boolean
}

/** How an edited picture is drawn, on the screen and for good. */
export function drawingOf({ space, covers }: Source, edited: Edited): Drawing {
  const { everything, marks, uncovered, crop } = edited
  const off = covers.filter((_, index) => uncovered.has(index))
  const on = covers.filter((_, index) => !uncovered.has(index))
  const boxesOf = (shape: 'cover' | 'reveal') =>
    marks.flatMap((mark) => (mark.shape === shape ? [mark.box] : []))
  return {
    space,
    ink: [...on.flatMap(({ boxes }) => boxes), ...boxesOf('cover')],
    shown: everything ? [...boxesOf('reveal'), ...off.flatMap(({ boxes }) => boxes)] : null,
    crop: isWhole(crop, space) ? null : crop,
    over: (context) => {
      for (const mark of marks) if (mark.shape === 'arrow') paintArrow(context, mark, space.width)
    },
  }
}

function isWhole([x, y, width, height]: Box, space: { width: number; height: number }): boolean {
  return x === 0 && y === 0 && width === space.width && height === space.height
}

/** What is covered in an edited picture, for its attachment; of what is cut away, nothing. */
export function countsOf(source: Source, edited: Edited, before: Attachment): CoverCounts {
  const { everything, crop } = edited
  const added = addedIn(edited)
  const shown = drawingOf(source, edited).shown?.filter((box) => meet(box, crop)) ?? []
  const everythingCovered = everything && shown.length === 0
  if (!source.canReveal) {
    return {
      covered: before.covered + added,
      uninspected: before.uninspected,
      everythingCovered: everythingCovered || before.everythingCovered,
    }
  }
  const on = coversOn(source, edited)
  const uninspected = on.filter(({ kind }) => kind === 'uninspected').length
  return { covered: on.length - uninspected + added, uninspected, everythingCovered }
}

/** The proof of what was done, to be kept beside the picture that came of it. */
export function editedProof(
  source: Source,
  edited: Edited,
  attachment: Attachment,
  before: PictureProof | undefined,
): PictureProof {
  const fresh = proofOf(attachment, coversOn(source, edited))
  const { marks, uncovered, crop } = edited
  const here = {
    added: marks.filter(({ shape }) => shape === 'cover').length,
    cropped: !isWhole(crop, source.space),
  }
  if (!source.canReveal) {
    return {
      ...(before ?? fresh),
      sha256: attachment.sha256,
      added: (before?.added ?? 0) + here.added,
      cropped: here.cropped || before?.cropped === true,
    }
  }
  return {
    ...fresh,
    ...here,
    parts: marks.filter(({ shape }) => shape === 'reveal').length,
    uncovered: [...uncovered].flatMap(([index, reason]) => {
      const cover = source.covers[index]
      return cover ? [{ what: coverTitle(cover), reason }] : []
    }),
  }
}

function coversOn({ covers }: Source, { uncovered, crop }: Edited): PageCover[] {
  return covers.filter(
    ({ boxes }, index) => !uncovered.has(index) && boxes.some((box) => meet(box, crop)),
  )
}

function addedIn({ marks, crop }: Edited): number {
  return marks.filter((mark) => mark.shape === 'cover' && meet(mark.box, crop)).length
}
