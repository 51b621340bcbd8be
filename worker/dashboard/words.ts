import type { Channel } from '#shared/place'

/** How the dashboard says numbers and times. Times are Unix ms and shown in the reader's own time zone. */

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

const shortDay = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })
const longDay = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long' })
const dayAndYear = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
})
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const wholeNumber = new Intl.NumberFormat('en-GB')

/** `27 Nov`. */
export function toShortDay(at: number): string {
  return shortDay.format(at)
}

/** `27 November`. */
export function toLongDay(at: number): string {
  return longDay.format(at)
}

/** `27 November 2026`. */
export function toDatedDay(at: number): string {
  return dayAndYear.format(at)
}

/**
 * Noon where the reader is of a day that has no time zone: said by the functions above, it stays that day.
 *
 * @param day `2026-11-27`
 * @returns Unix ms
 */
export function noonOf(day: string): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(year, month - 1, date, 12).getTime()
}

/** `Today, 09:12` or `20 Nov, 14:40`. */
export function toDayAndTime(at: number, now: number): string {
  const isToday = dayAndYear.format(at) === dayAndYear.format(now)
  return `${isToday ? 'Today' : toShortDay(at)}, ${clock.format(at)}`
}

/** `09:12`. */
export function toClock(at: number): string {
  return clock.format(at)
}

/** `4 June to 19 November`, or one day when both are the same. */
export function toSpan(from: number, to: number): string {
  const first = toLongDay(from)
  const last = toLongDay(to)
  return first === last ? first : `${first} to ${last}`
}

/** `Week 47, 16 to 22 November 2026`: ISO week of the day, Monday to Sunday. */
export function toWeek(at: number): string {
  const day = new Date(at)
  const monday = new Date(
    day.getFullYear(),
    day.getMonth(),
    day.getDate() - ((day.getDay() + 6) % 7),
  )
  const sunday = new Date(monday.getFullYear(), monday.getMonth(), monday.getDate() + 6)
  // The week belongs to the year its Thursday is in.
  const thursday = new Date(monday.getFullYear(), monday.getMonth(), monday.getDate() + 3)
  const yearStart = new Date(thursday.getFullYear(), 0, 1)
  const week = Math.floor(Math.round((thursday.getTime() - yearStart.getTime()) / DAY_MS) / 7) + 1
  const from =
    monday.getMonth() === sunday.getMonth() ? String(monday.getDate()) : toLongDay(monday.getTime())
  return `Week ${week}, ${from} to ${dayAndYear.format(sunday)}`
}

/** `just now`, `2 minutes ago`, `3 days ago`. A clock that runs ahead says `just now`. */
export function toAgo(at: number, now: number): string {
  const passed = now - at
  if (passed < MINUTE_MS) return 'just now'
  if (passed < HOUR_MS) return `${count(Math.floor(passed / MINUTE_MS), 'minute')} ago`
  if (passed < DAY_MS) return `${count(Math.floor(passed / HOUR_MS), 'hour')} ago`
  return `${count(Math.floor(passed / DAY_MS), 'day')} ago`
}

/** How long it is since: `today`, `3 days`, `5 weeks`, `7 months`. */
export function toSince(at: number, now: number): string {
  const days = Math.floor(Math.max(0, now - at) / DAY_MS)
  if (days < 1) return 'today'
  if (days < 28) return count(days, 'day')
  if (days < 84) return count(Math.floor(days / 7), 'week')
  return count(Math.floor(days / 30), 'month')
}

/** `40 s`, `12 min`, `5 h 20`. */
export function toDuration(ms: number): string {
  if (ms < MINUTE_MS) return `${Math.round(ms / 1000)} s`
  const minutes = Math.round(ms / MINUTE_MS)
  if (minutes < 60) return `${minutes} min`
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')}`
}

/** `14:32` left on a clock that counts down; never below 0:00. */
export function toCountdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** `1 note`, `12 notes`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${wholeNumber.format(number)} ${number === 1 ? one : many}`
}

/** Up to two letters: `CIO` is `CI`, `Medical director` is `MD`. */
export function initialsOf(name: string): string {
  const [first = '', second] = name.split(/[^\p{L}\p{N}]+/u).filter(Boolean)
  const letters = second ? `${headOf(first, 1)}${headOf(second, 1)}` : headOf(first, 2)
  return letters.toUpperCase()
}

function headOf(word: string, length: number): string {
  return new RegExp(`^.{1,${length}}`, 'u').exec(word)?.[0] ?? ''
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `2026-11` is `Nov`. */
export function toMonth(month: string): string {
  return MONTHS[Number(month.slice(5)) - 1] ?? month
}

export const CHANNEL_WORDS = {
  portal: 'portal',
  phone: 'phone',
  desk: 'desk',
  chat: 'chat',
  email: 'e-mail',
} as const satisfies Record<Channel, string>
