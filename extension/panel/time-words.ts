const DAY = 24 * 60 * 60 * 1000

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

const wallDay = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' })

/** A day of the wall calendar is in no time zone: `2026-12-05` is `5 December`. */
export function toWallDay(day: string): string {
  const at = Date.parse(day)
  return Number.isNaN(at) ? day : wallDay.format(at)
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
