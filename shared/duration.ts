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

/** A long duration in words that lose no day: `2 days 3 h`, `1 day`, `5 h 20`. */
export function toDays(ms: number): string {
  if (ms < DAY) return toSpan(ms)
  const days = Math.floor(ms / DAY)
  const hours = Math.floor((ms % DAY) / HOUR)
  return `${days} ${days === 1 ? 'day' : 'days'}${hours === 0 ? '' : ` ${hours} h`}`
}
