/** The 24-hour clocks that customers can hold us to. Times are Unix ms. */

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
export const DAY_MS = 24 * HOUR_MS
/** From here on a clock is about to run out. */
const SOON_MS = 6 * HOUR_MS

/** Days of the week, in UTC, as `weekdayOf` counts them. */
const FRIDAY = 5
const SATURDAY = 6
const SUNDAY = 0

/**
 * When a clock of 24 hours runs out that starts at `from`. Where clocks rest on weekends, the time
 * between Saturday 00:00 and Monday 00:00, both UTC, does not count: no daylight saving moves them,
 * and every reader sees the same end. worker/follow-up/queries.ts says the same in SQL.
 */
export function dueAfterDay(from: number, runsOnWeekends: boolean): number {
  if (runsOnWeekends) return from + DAY_MS
  const day = Math.floor(from / DAY_MS)
  switch (weekdayOf(day)) {
    case FRIDAY:
      return from + 3 * DAY_MS
    case SATURDAY:
      return (day + 3) * DAY_MS
    case SUNDAY:
      return (day + 2) * DAY_MS
    default:
      return from + DAY_MS
  }
}

/** @param day since 1 January 1970, which was a Thursday */
function weekdayOf(day: number): number {
  return (((day + 4) % 7) + 7) % 7
}

/** How a clock looks: running, about to run out, over, or stopped in time or late. */
export type ClockLook = 'running' | 'soon' | 'over' | 'done'

export interface Clock {
  startedAt: number
  dueAt: number
  /** When what it waits for happened; null while it runs. */
  doneAt: number | null
}

/** `5 h 20 left`, `2 h 05 over`, `after 3 h 10`. */
export function sayClock(
  { startedAt, dueAt, doneAt }: Clock,
  now: number,
): { look: ClockLook; words: string } {
  if (doneAt !== null) return { look: 'done', words: `after ${toHours(doneAt - startedAt)}` }
  const left = dueAt - now
  if (left < 0) return { look: 'over', words: `${toHours(-left)} over` }
  return { look: left < SOON_MS ? 'soon' : 'running', words: `${toHours(left)} left` }
}

/** `42 min`, `5 h 20`, `19 h`, `3 days 2 h`; never less than nothing. */
function toHours(ms: number): string {
  const minutes = Math.floor(Math.max(0, ms) / MINUTE_MS)
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  const rest = minutes % 60
  if (hours < 48) return rest === 0 ? `${hours} h` : `${hours} h ${String(rest).padStart(2, '0')}`
  return hours % 24 === 0
    ? `${Math.floor(hours / 24)} days`
    : `${Math.floor(hours / 24)} days ${hours % 24} h`
}
