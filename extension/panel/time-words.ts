const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** A running or finished duration as a clock: `6:40`, `1:02:09`. */
export function toClock(ms: number): string {
  const seconds = Math.floor(Math.max(0, ms) / SECOND)
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60].map((part) =>
    String(part).padStart(2, '0'),
  )
  const hours = Math.floor(seconds / 3600)
  return hours > 0 ? `${hours}:${parts.join(':')}` : parts.join(':').replace(/^0/, '')
}

/** A duration in words a person would say: `14 s`, `6 min`, `5 h 20`, `3 days`. */
export function toSpan(ms: number): string {
  if (ms < 100 * SECOND) return `${Math.round(Math.max(0, ms) / SECOND)} s`
  if (ms < 100 * MINUTE) return `${Math.round(ms / MINUTE)} min`
  if (ms < 2 * DAY)
    return `${Math.floor(ms / HOUR)} h ${String(Math.floor(ms / MINUTE) % 60).padStart(2, '0')}`
  return `${Math.round(ms / DAY)} days`
}

/** The time of day on this device: `16:20`. */
export function toTime(at: number): string {
  const date = new Date(at)
  return `${date.getHours()}:${String(date.getMinutes()).padStart(2, '0')}`
}

/** The day as near as a person says it: `today`, `yesterday`, `Thursday`, `4 November`. */
export function toDay(at: number, now: number): string {
  const days = Math.round((midnight(now) - midnight(at)) / DAY)
  if (days === 0) return 'today'
  if (days === 1) return 'yesterday'
  if (days > 1 && days < 7) return new Intl.DateTimeFormat('en-GB', { weekday: 'long' }).format(at)
  return new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long' }).format(at)
}

export function toDayAndTime(at: number, now: number): string {
  return `${toDay(at, now)} ${toTime(at)}`
}

function midnight(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0)
}

/** `1 note`, `7 notes`. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}

/** `a`, `a and b`, `a, b and c`. */
export function joined(words: readonly string[]): string {
  const last = words.at(-1)
  if (last === undefined || words.length === 1) return last ?? ''
  return `${words.slice(0, -1).join(', ')} and ${last}`
}

export function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}
