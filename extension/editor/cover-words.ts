import type { PageCover } from '../page/cover'
import type { Box } from '../picture/paint'

/** What a pattern looks like, by its name in #shared/sensitive. */
const PATTERNS = new Map([
  ['email', 'E-mail address'],
  ['phone', 'Phone number'],
  ['card', 'Card number'],
  ['ssn', 'Social security number'],
  ['id', 'Number of a person or thing'],
  ['date', 'Full date'],
  ['token', 'Key or code'],
  ['private', 'Text on your organisation’s list'],
])
/** What cannot be looked into, by its tag. */
const BLIND = new Map([
  ['iframe', 'Page inside the page'],
  ['frame', 'Page inside the page'],
  ['canvas', 'Drawing'],
  ['video', 'Video'],
])

/** What is covered: `Form field “Cost centre”`, `Phone number`. */
export function coverTitle({ kind, label }: PageCover): string {
  switch (kind) {
    case 'field':
      return label === null ? 'Form field' : `Form field “${label}”`
    case 'pattern':
      return PATTERNS.get(label ?? '') ?? 'Text that looks like data'
    case 'marked':
      return 'Part marked as private'
    case 'picture':
      return 'Picture'
    case 'uninspected':
      return BLIND.get(label ?? '') ?? 'Part of another program'
  }
}

/** The same in as few words as there are, for a button of its row. */
export function coverName(cover: PageCover): string {
  if (cover.kind === 'field') return cover.label ?? 'form field'
  const title = coverTitle(cover)
  return title.charAt(0).toLowerCase() + title.slice(1)
}

/** Why it is covered, and where it is. */
export function coverWhy(cover: PageCover, space: { width: number; height: number }): string {
  const where = placeOf(cover.boxes[0] ?? [0, 0, 0, 0], space)
  switch (cover.kind) {
    case 'field':
      return 'Fields are always covered'
    case 'pattern':
      return `${where}, looks like somebody’s`
    case 'marked':
      return `${where}, the page says so`
    case 'picture':
      return `${where}, may show somebody`
    case 'uninspected':
      return `${where}, cannot be inspected`
  }
}

/** On the cover itself, where there is room for it. */
export function coverCaption({ kind }: PageCover): string {
  switch (kind) {
    case 'field':
      return 'form field'
    case 'pattern':
      return 'pattern'
    case 'marked':
      return 'private'
    case 'picture':
      return 'picture'
    case 'uninspected':
      return 'not inspected'
  }
}

/** Where in a picture something is: `Top right`, `Middle`. */
export function placeOf(
  [x, y, width, height]: Box,
  space: { width: number; height: number },
): string {
  const row = ['Top', '', 'Bottom'][thirdOf(y + height / 2, space.height)] ?? ''
  const column = ['left', '', 'right'][thirdOf(x + width / 2, space.width)] ?? ''
  const words = [row, column].filter((word) => word !== '').join(' ')
  return words === '' ? 'Middle' : words.charAt(0).toUpperCase() + words.slice(1)
}

function thirdOf(value: number, whole: number): number {
  return Math.max(0, Math.min(2, Math.floor((3 * value) / whole)))
}
