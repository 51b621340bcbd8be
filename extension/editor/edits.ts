import type { Box } from '../picture/paint'
import { type Point, SMALLEST, hasPoint, partIn } from './geometry'

/** Something that the walker put on a picture. `reveal` shows a part where everything is covered. */
export type Mark =
  | { id: number; shape: 'cover' | 'reveal'; box: Box }
  | { id: number; shape: 'arrow'; from: Point; to: Point }

/** One thing done to a picture. Covers are named by their place in the list that it came with. */
export type Edit =
  | { do: 'add'; mark: Mark }
  | { do: 'change'; mark: Mark }
  | { do: 'remove'; id: number }
  | { do: 'uncover'; cover: number; reason: string }
  | { do: 'recover'; cover: number }
  | { do: 'everything' }
  | { do: 'crop'; box: Box }

/** What has been made of a picture. */
export interface Edited {
  everything: boolean
  marks: readonly Mark[]
  /** Why each cover that is off is off. */
  uncovered: ReadonlyMap<number, string>
  /** What is left of it; it only ever gets smaller. */
  crop: Box
}

const REASON_MAX_LENGTH = 200

/**
 * What an edit makes of a picture; the same object where it makes nothing: a cover comes off for
 * a reason only, a part is shown only where everything is covered, and nothing outside the crop.
 *
 * @param coverCount how many covers the picture came with
 */
function applyEdit(edited: Edited, edit: Edit, coverCount: number): Edited {
  const { marks, uncovered, crop } = edited
  switch (edit.do) {
    case 'add': {
      const mark = fitted(edit.mark, crop)
      const isKnown = marks.some(({ id }) => id === edit.mark.id)
      if (mark === undefined || isKnown) return edited
      if (mark.shape === 'reveal' && !edited.everything) return edited
      return { ...edited, marks: [...marks, mark] }
    }
    case 'change': {
      const mark = fitted(edit.mark, crop)
      const before = marks.find(({ id }) => id === edit.mark.id)
      if (mark === undefined || before?.shape !== mark.shape) return edited
      return { ...edited, marks: marks.map((each) => (each === before ? mark : each)) }
    }
    case 'remove': {
      const left = marks.filter(({ id }) => id !== edit.id)
      return left.length === marks.length ? edited : { ...edited, marks: left }
    }
    case 'uncover': {
      const reason = edit.reason.trim().slice(0, REASON_MAX_LENGTH)
      const isThere = Number.isInteger(edit.cover) && edit.cover >= 0 && edit.cover < coverCount
      if (!isThere || reason === '' || uncovered.has(edit.cover)) return edited
      return { ...edited, uncovered: new Map([...uncovered, [edit.cover, reason]]) }
    }
    case 'recover': {
      if (!uncovered.has(edit.cover)) return edited
      return {
        ...edited,
        uncovered: new Map([...uncovered].filter(([cover]) => cover !== edit.cover)),
      }
    }
    case 'everything': {
      const kept = marks.filter(({ shape }) => shape !== 'reveal')
      if (edited.everything && uncovered.size === 0 && kept.length === marks.length) return edited
      return { ...edited, everything: true, marks: kept, uncovered: new Map() }
    }
    case 'crop': {
      const part = partIn(edit.box, crop)
      return part === undefined || isSame(part, crop) ? edited : { ...edited, crop: part }
    }
  }
}

/** A mark as far as it lies in an area; undefined where nothing is left of it. */
function fitted(mark: Mark, area: Box): Mark | undefined {
  if (mark.shape !== 'arrow') {
    const box = partIn(mark.box, area)
    return box && { ...mark, box }
  }
  const length = Math.hypot(mark.to[0] - mark.from[0], mark.to[1] - mark.from[1])
  const isIn = hasPoint(area, mark.from) && hasPoint(area, mark.to)
  return isIn && length >= SMALLEST ? mark : undefined
}

function isSame(one: Box, other: Box): boolean {
  return one.every((value, index) => value === other[index])
}

/** What was done and undone, and what has come of it. */
export interface History {
  first: Edited
  coverCount: number
  done: readonly Edit[]
  undone: readonly Edit[]
  now: Edited
}

export function beginHistory(first: Edited, coverCount: number): History {
  return { first, coverCount, done: [], undone: [], now: first }
}

/** Moving the same thing on is one step, which is undone as one. */
export function doEdit(history: History, edit: Edit): History {
  const now = applyEdit(history.now, edit, history.coverCount)
  if (now === history.now) return history
  const last = history.done.at(-1)
  const goesOn = edit.do === 'change' && last?.do === 'change' && last.mark.id === edit.mark.id
  const before = goesOn ? history.done.slice(0, -1) : history.done
  return { ...history, done: [...before, edit], undone: [], now }
}

export function undoEdit(history: History): History {
  const last = history.done.at(-1)
  if (last === undefined) return history
  const done = history.done.slice(0, -1)
  return { ...history, done, undone: [...history.undone, last], now: replay(history, done) }
}

export function redoEdit(history: History): History {
  const next = history.undone.at(-1)
  if (next === undefined) return history
  return {
    ...history,
    done: [...history.done, next],
    undone: history.undone.slice(0, -1),
    now: applyEdit(history.now, next, history.coverCount),
  }
}

function replay({ first, coverCount }: History, edits: readonly Edit[]): Edited {
  return edits.reduce((edited, edit) => applyEdit(edited, edit, coverCount), first)
}

/** An id that no mark of it has or had. */
export function idAfter(history: History | null): number {
  const edits = history === null ? [] : [...history.done, ...history.undone]
  const ids = edits.flatMap((edit) => (edit.do === 'add' ? [edit.mark.id] : []))
  return Math.max(0, ...ids) + 1
}

const SHAPE_WORDS = { cover: 'box', reveal: 'shown part', arrow: 'arrow' } as const

/** An edit in words, as after “Undo: ”. */
export function editWords(edit: Edit): string {
  switch (edit.do) {
    case 'add':
      return edit.mark.shape === 'arrow' ? 'draw arrow' : `add ${SHAPE_WORDS[edit.mark.shape]}`
    case 'change':
      return `move ${SHAPE_WORDS[edit.mark.shape]}`
    case 'remove':
      return 'remove'
    case 'uncover':
      return `reveal ${edit.cover + 1}`
    case 'recover':
      return `cover ${edit.cover + 1}`
    case 'everything':
      return 'cover everything'
    case 'crop':
      return 'crop'
  }
}
