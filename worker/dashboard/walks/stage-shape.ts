import { toDays } from '#shared/duration'
import type { Mark, Span, Wait } from '#shared/playback'
import { tickMinutes, ticksOf } from '#shared/playback-axis'

import { toLongDay } from '../words'
import type { Drawn } from './playback'
import { doneInWords, spanInWords } from './walk-words'

/** Where things stand on the stage, in units of its viewBox. */
export const STAGE = { left: 150, right: 1108, laneHeight: 100, top: 8 } as const
/** A wait so narrow would not be seen. */
const LEAST_WIDTH = 1.5
/** So near another digit it would be unreadable. */
const DIGIT_WIDTH = 9
/** About as wide as a letter of the lane's name. */
const LETTER_WIDTH = 7

interface Placed {
  x: number
  width: number
}

/** One walk on the stage. All positions are final. */
export interface Lane {
  day: string
  went: string
  base: number
  right: number
  spans: (Placed & Pick<Span, 'on'> & { words: string })[]
  waits: Placed[]
  folds: (Placed & { words: string })[]
  marks: (Pick<Mark, 'rise'> & { x: number; digit: string })[]
  ticks: { x: number; words: string }[]
}

export interface StageShape {
  lanes: Lane[]
  height: number
  /** Where drawn ms of the first walk stand. */
  toX: (drawn: number) => number
}

/** Both walks on one axis: a minute is as wide on one as on the other. */
export function stageOf(
  shown: Drawn,
  other: Drawn | null,
  clock: (ms: number) => string,
): StageShape {
  const walks = other === null ? [shown] : [shown, other]
  const longest = Math.max(...walks.map(({ play }) => play.axis.drawnMs))
  const scale = (STAGE.right - STAGE.left) / longest
  const toX = (drawn: number) => round(STAGE.left + drawn * scale)
  const minutes = tickMinutes(longest)
  return {
    lanes: walks.map((walk, index) =>
      laneOf(walk, {
        toX,
        longest,
        minutes,
        base: STAGE.top + 54.5 + index * STAGE.laneHeight,
        clock,
      }),
    ),
    height: STAGE.top + walks.length * STAGE.laneHeight + 28,
    toX,
  }
}

interface Frame {
  toX: (drawn: number) => number
  longest: number
  minutes: number
  base: number
  clock: (ms: number) => string
}

function laneOf({ detail, play }: Drawn, { toX, longest, minutes, base, clock }: Frame): Lane {
  const { walk } = detail
  const { axis } = play
  const place = ({ drawnFrom, drawnTo }: Pick<Wait, 'drawnFrom' | 'drawnTo'>, least = 0) => ({
    x: toX(drawnFrom),
    width: round(Math.max(least, toX(drawnTo) - toX(drawnFrom))),
  })
  const ticks = ticksOf(
    axis,
    minutes,
    axis.pieces.some(({ folded }) => folded !== null) ? 0 : longest,
  )
  return {
    day: toLongDay(walk.startedAt),
    went: `${doneInWords(walk)}, ${clock(walk.totals.elapsedMs)}`,
    base,
    right: toX(axis.drawnMs),
    spans: play.spans.map((span) => {
      const placed = place(span)
      const words = spanInWords(span)
      return { ...placed, on: span.on, words: fit(words, placed.width) }
    }),
    // What is folded is no box: its length is said in words.
    waits: play.waits
      .filter(({ what, ms }) => what !== 'them' && ms > 0)
      .map((wait) => place(wait, LEAST_WIDTH)),
    folds: axis.pieces
      .filter(({ folded }) => folded !== null)
      .map((piece) => ({ ...place(piece), words: toDays(piece.to - piece.from) })),
    marks: marksOf(play.marks, toX),
    ticks: ticks.map(({ drawn, minutes: at }) => ({ x: toX(drawn), words: String(at) })),
  }
}

function marksOf(marks: readonly Mark[], toX: Frame['toX']): Lane['marks'] {
  let labelled = -Infinity
  return marks.map((mark) => {
    const x = toX(mark.drawn)
    const hasDigit = mark.wince !== null && x - labelled >= DIGIT_WIDTH
    if (hasDigit) labelled = x
    return { rise: mark.rise, x, digit: hasDigit ? String(mark.wince) : '' }
  })
}

/** The whole name, or its first word, or nothing. */
function fit(words: string, width: number): string {
  const [first = ''] = words.split(',')
  return [words, first].find((each) => each.length * LETTER_WIDTH + 12 <= width) ?? ''
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}

/** The picture in a sentence for those who do not see it; its table says the rest. */
export function stageInWords(shown: Drawn, other: Drawn | null): string {
  return [shown, ...(other === null ? [] : [other])].map(laneInWords).join(' ')
}

function laneInWords({ detail, play }: Drawn): string {
  const spans = play.spans
    .slice(0, 6)
    .map((span) => `${spanInWords(span).toLowerCase()} ${toDays(lengthOf(span))}`)
  const winces = play.marks.filter(({ rise }) => rise !== null).length
  const liked = play.marks.length - winces
  const parts = [...spans, `${winces} winces`, `${liked} liked`]
  return `${toLongDay(detail.walk.startedAt)}: ${parts.join(', ')}.`
}

function lengthOf({ drawnFrom, drawnTo }: Pick<Span, 'drawnFrom' | 'drawnTo'>): number {
  return drawnTo - drawnFrom
}
