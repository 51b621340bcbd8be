import { toDays } from '#shared/duration'
import type { Playback } from '#shared/playback'

const WIDTH = 960
const BASE = 58
const RISE = { 1: 12, 2: 24, 3: 36 } as const
/** About as wide as a letter of a channel's name. */
const LETTER_WIDTH = 7

/** The line of a walk as a picture of its own. Of all texts in it only our own are used. */
export function storyTrace({ axis, spans, waits, marks }: Playback): string {
  const x = (drawn: number) => Math.round((drawn / axis.drawnMs) * WIDTH * 10) / 10
  const width = (from: number, to: number, least: number) => Math.max(least, x(to) - x(from))
  const lanes = spans.map(({ on, drawnFrom, drawnTo }) => {
    const wide = width(drawnFrom, drawnTo, 3) - 2
    const fits = on.length * LETTER_WIDTH + 12 <= wide
    const name = fits
      ? `<text class="on" x="${x(drawnFrom) + 6}" y="${BASE + 26}">${on}</text>`
      : ''
    return `<rect class="lane ${on}" x="${x(drawnFrom)}" y="${BASE + 12}" width="${wide}" height="20"/>${name}`
  })
  const boxes = waits
    .filter(({ what, ms }) => what !== 'them' && ms > 0)
    .map(
      ({ drawnFrom, drawnTo }) =>
        `<rect class="wait" x="${x(drawnFrom)}" y="${BASE - 3.5}" width="${width(drawnFrom, drawnTo, 1.5)}" height="7"/>`,
    )
  const folds = axis.pieces
    .filter(({ folded }) => folded !== null)
    .map(
      ({ from, to, drawnFrom, drawnTo }) =>
        `<rect class="fold" x="${x(drawnFrom)}" y="${BASE - 6}" width="${width(drawnFrom, drawnTo, 2)}" height="12"/>` +
        `<text x="${(x(drawnFrom) + x(drawnTo)) / 2}" y="${BASE + 48}" text-anchor="middle">${toDays(to - from)}</text>`,
    )
  const ticks = marks.map(({ drawn, rise, wince }) => {
    const at = x(drawn)
    if (rise === null) return `<path class="tick ok" d="M${at} ${BASE}V${BASE + 11}"/>`
    const top = BASE - RISE[rise]
    const digit =
      wince === null
        ? ''
        : `<text class="digit" x="${at}" y="${top - 4}" text-anchor="middle">${wince}</text>`
    return `<path class="tick w${rise}" d="M${at} ${BASE}V${top}"/>${digit}`
  })
  const winces = marks.filter(({ rise }) => rise !== null).length
  return `<svg viewBox="0 0 ${WIDTH} 112" role="img" aria-label="The walk as a line: ${winces} winces, ${marks.length - winces} liked">
<defs><pattern id="hatch" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="hatch" d="M0 0V4"/></pattern></defs>
<path class="base" d="M0 ${BASE}H${WIDTH}"/>${[...lanes, ...boxes, ...folds, ...ticks].join('')}
</svg>`
}
