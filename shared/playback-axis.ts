/**
 * The time line of a walk. Everything on it is to scale but what is folded: a long stretch in
 * which nothing happened, as a night, takes a short piece of it however long it was.
 */
export interface Axis {
  /** Unix ms at its left end. */
  startedAt: number
  /** How long it is as drawn, in ms; never 0. */
  drawnMs: number
  /** From left to right, without a gap between them. */
  pieces: readonly Piece[]
}

export interface Piece {
  /** Unix ms. */
  from: number
  to: number
  /** Where it begins and ends as drawn, in ms from the left end. */
  drawnFrom: number
  drawnTo: number
  /** Why it is folded; null for what is to scale. */
  folded: FoldReason | null
}

/** They had to answer, the walker had paused, or nothing was recorded. */
export type FoldReason = 'waiting' | 'paused' | 'silent'

/** Something that took from one time to another, both Unix ms. */
export interface Busy {
  from: number
  to: number
  /** What a silence after it means. */
  after: FoldReason
}

/** Nothing shorter is folded, in ms. */
const FOLD_FROM_MS = 30 * 60_000
/** A fold as a part of all that is to scale, and within these, in ms. */
const FOLD_FRACTION = 1 / 20
const FOLD_LEAST_MS = 20_000
const FOLD_MOST_MS = 20 * 60_000

/** @param endedAt Unix ms; the axis goes on where something took longer */
export function axisOf(startedAt: number, endedAt: number, busy: readonly Busy[]): Axis {
  const pieces: Omit<Piece, 'drawnFrom' | 'drawnTo'>[] = []
  let begin = startedAt
  let reached = startedAt
  let reason: FoldReason = 'silent'
  const goOn = (at: number) => {
    if (at - reached < FOLD_FROM_MS) return
    if (reached > begin) pieces.push({ from: begin, to: reached, folded: null })
    pieces.push({ from: reached, to: at, folded: reason })
    begin = at
  }
  for (const each of busy.toSorted((one, other) => one.from - other.from)) {
    goOn(each.from)
    reached = Math.max(reached, each.from, each.to)
    reason = each.after
  }
  goOn(endedAt)
  const end = Math.max(reached, endedAt)
  if (end > begin || pieces.length === 0) pieces.push({ from: begin, to: end, folded: null })
  return drawn(startedAt, pieces)
}

function drawn(startedAt: number, pieces: readonly Omit<Piece, 'drawnFrom' | 'drawnTo'>[]): Axis {
  const openMs = pieces.reduce(
    (sum, { from, to, folded }) => sum + (folded === null ? to - from : 0),
    0,
  )
  const foldMs = Math.min(FOLD_MOST_MS, Math.max(FOLD_LEAST_MS, openMs * FOLD_FRACTION))
  let drawnMs = 0
  const placed = pieces.map((piece) => {
    const drawnFrom = drawnMs
    drawnMs += piece.folded === null ? piece.to - piece.from : foldMs
    return { ...piece, drawnFrom, drawnTo: drawnMs }
  })
  return { startedAt, drawnMs: Math.max(1, drawnMs), pieces: placed }
}

/**
 * Where a time stands on the axis, in drawn ms from the left end. What lies before or behind it
 * stands at its end, as the steps of a clock that was set do.
 */
export function drawnAt({ pieces, drawnMs }: Axis, at: number): number {
  const piece = pieces.findLast(({ from }) => from <= at)
  if (piece === undefined) return 0
  const share = piece.to > piece.from ? Math.min(1, (at - piece.from) / (piece.to - piece.from)) : 1
  return Math.min(drawnMs, piece.drawnFrom + share * (piece.drawnTo - piece.drawnFrom))
}

/** A line across the axis, so many minutes after the walk began or went on behind a fold. */
export interface Tick {
  drawn: number
  minutes: number
}

const TICK_MINUTES = [1, 2, 5, 10, 15, 30, 60, 120, 240, 480] as const
const TICKS_AT_MOST = 9

/** How far apart the ticks of so much time are, in minutes. */
export function tickMinutes(drawnMs: number): number {
  const fits = (minutes: number) => drawnMs / (minutes * 60_000) <= TICKS_AT_MOST
  return TICK_MINUTES.find(fits) ?? Math.ceil(drawnMs / 60_000 / TICKS_AT_MOST)
}

/** @param untilMs drawn ms; the last piece goes on to there, where another walk was longer */
export function ticksOf({ pieces }: Axis, minutesApart: number, untilMs: number): Tick[] {
  return pieces.flatMap((piece, index) => {
    if (piece.folded !== null) return []
    const end = index === pieces.length - 1 ? Math.max(untilMs, piece.drawnTo) : piece.drawnTo
    const count = Math.floor((end - piece.drawnFrom) / (minutesApart * 60_000)) + 1
    return Array.from({ length: count }, (_, tick) => ({
      drawn: piece.drawnFrom + tick * minutesApart * 60_000,
      minutes: tick * minutesApart,
    }))
  })
}
