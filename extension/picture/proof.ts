import type { Attachment } from '#shared/attachment'

import type { CoverKind, PageCover } from '../page/cover'

/**
 * What was covered in a picture, and what its walker changed about that. It stays on this
 * device, is shown there (C11), and goes with its note.
 */
export interface PictureProof {
  /** Of the picture's bytes as they are kept. */
  sha256: string
  everythingCovered: boolean
  /** How many are covered, by what they are; `uninspected` could not be looked into. */
  covered: Partial<Record<CoverKind, number>>
  /** What was uncovered, and why, in the walker's words. */
  uncovered: { what: string; reason: string }[]
  /** Parts that were uncovered where everything was covered. */
  parts: number
  /** Boxes that the walker added. */
  added: number
  cropped: boolean
}

/** The proof of a picture that nobody has changed anything about. */
export function proofOf(
  { sha256, everythingCovered }: Attachment,
  covers: readonly PageCover[],
): PictureProof {
  const covered: PictureProof['covered'] = {}
  for (const { kind } of covers) covered[kind] = (covered[kind] ?? 0) + 1
  return { sha256, everythingCovered, covered, uncovered: [], parts: 0, added: 0, cropped: false }
}
