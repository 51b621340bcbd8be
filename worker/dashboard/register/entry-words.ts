import type { EntryRow } from '#shared/api/register'
import { EFFORT_WORDS } from '#shared/entry'

import { count, noonOf, toShortDay } from '../words'

/** How the register says what is in a row. */

const HOUR_MS = 3_600_000

/** Why a row stands where it does in the first order, in one sentence. */
export function whyOf({ impact, effort, monthly, leaders }: EntryRow): string {
  const reasons = [
    impact === null ? 'Impact not set' : `Impact ${impact}`,
    effort === null ? 'effort not set' : EFFORT_WORDS[effort].toLowerCase(),
    ...(monthly === null
      ? []
      : [`${count(monthly.customers, 'customer')} a month by ${monthly.source}`]),
    leaders === 0 ? 'opened by hand' : `noted by ${count(leaders, 'leader')}`,
  ]
  return reasons.join(', ')
}

export interface PromiseWords {
  words: string
  tone: 'late' | 'done' | 'plain'
}

/**
 * What customers were promised: `2 h over`, `5 h left`, `1 of 3 done`; null where nothing was.
 *
 * @param now Unix ms
 */
export function promiseWords(
  { all, open, dueAt }: EntryRow['followUps'],
  now: number,
): PromiseWords | null {
  if (all === 0) return null
  const done = `${all - open} of ${all} done`
  if (open === 0) return { words: done, tone: 'done' }
  if (dueAt !== null && dueAt < now) return { words: `${toHours(now - dueAt)} over`, tone: 'late' }
  if (dueAt !== null && open === all)
    return { words: `${toHours(dueAt - now)} left`, tone: 'plain' }
  return { words: done, tone: 'plain' }
}

/** `5 h`, `3 days`; less than one hour is minutes. */
function toHours(ms: number): string {
  if (ms < HOUR_MS) return `${Math.max(1, Math.round(ms / 60_000))} min`
  const hours = Math.round(ms / HOUR_MS)
  return hours < 72 ? `${hours} h` : count(Math.round(hours / 24), 'day')
}

/** A day without a time zone: `27 Nov`, and whether it has passed where the reader is. */
export function dueWords(due: string, now: number): { words: string; isOver: boolean } {
  const noon = noonOf(due)
  return { words: toShortDay(noon), isOver: new Date(noon).setHours(24, 0, 0, 0) <= now }
}
