import type { CoveredService, PlanLine } from '#shared/api/plan'

import { count, toSince } from '../words'

/** What the page found, in one sentence: a part in bold, and the rest. */
export interface Finding {
  bold: string
  rest: string
}

const DAY_MS = 24 * 3_600_000
/** So long without a walk is news. */
const LONG_MS = 182 * DAY_MS

/** @param services what nobody has walked for longest first */
export function coverageFinding(services: readonly CoveredService[], now: number): Finding {
  const never = services.filter(({ lastWalkedAt }) => lastWalkedAt === null)
  const [longest] = services
  if (longest === undefined)
    return {
      bold: 'No service is known yet.',
      rest: 'The first walk that names one begins this list.',
    }
  if (never.length > 0)
    return {
      bold:
        never.length === services.length
          ? 'Nobody has walked any service yet.'
          : `Nobody has walked ${never.length} of ${count(services.length, 'service')}.`,
      rest: `${longest.service} is one of them.`,
    }
  const since = toSince(longest.lastWalkedAt ?? now, now)
  return now - (longest.lastWalkedAt ?? now) >= LONG_MS
    ? { bold: `Nobody has walked ${longest.service} for ${since}.`, rest: 'Who goes next?' }
    : {
        bold: `${count(services.length, 'service')} walked in the last half year.`,
        rest: `${longest.service} has waited longest: ${since}.`,
      }
}

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' })

/** A day of the plan: `5 Dec`, and whether it is over. */
export function dueWords(due: string, today: string): { day: string; isOver: boolean } {
  return { day: day.format(Date.parse(due)), isOver: due < today }
}

/** What is to be walked: the errand in quotes, the number called, or the desk. */
export function lineWords({ kind, what }: Pick<PlanLine, 'kind' | 'what'>): string {
  switch (kind) {
    case 'errand':
      return what === '' ? 'An errand of their choice' : `“${what}”`
    case 'call':
      return what === '' ? 'A call to the help line' : `Call ${what}`
    case 'shift':
      return 'A shift at the desk'
  }
}
