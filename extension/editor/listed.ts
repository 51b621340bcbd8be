import type { PageCover } from '../page/cover'
import type { Box } from '../picture/paint'
import { meet } from './geometry'

/** A page may hold thousands; more than this are neither numbered nor listed one by one. */
export const LISTED = 200

/** False for what is cut away. */
export function isListed({ boxes }: PageCover, crop: Box): boolean {
  return boxes.some((box) => meet(box, crop))
}
