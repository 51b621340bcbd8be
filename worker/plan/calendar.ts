import ical, { ICalCalendarMethod } from 'ical-generator'

import type { PlanLine } from '#shared/api/plan'

const VERBS = { errand: 'Walk', call: 'Call', shift: 'Desk shift' } as const

/** What a calendar shows of a line. */
function summaryOf({ kind, what, service }: PlanLine): string {
  const thing = kind === 'errand' && what !== '' ? `“${what}”` : what
  const about = [thing, service ?? ''].filter((each) => each !== '')
  return about.length === 0 ? VERBS[kind] : `${VERBS[kind]}: ${about.join(', ')}`
}

/**
 * The plan for a calendar: each line is a whole day, in no time zone, and the same event however
 * often it is fetched.
 *
 * @param now Unix ms
 * @see RFC 5545
 */
export function calendarOf(
  lines: readonly PlanLine[],
  { origin, name, now }: { origin: string; name: string; now: number },
): string {
  const host = new URL(origin).host
  const calendar = ical({
    name,
    method: ICalCalendarMethod.PUBLISH,
    prodId: { company: 'Wince', product: 'Plan', language: 'EN' },
  })
  for (const line of lines) {
    const start = new Date(`${line.due}T00:00:00Z`)
    calendar.createEvent({
      id: `${line.id}@${host}`,
      stamp: new Date(now),
      start,
      allDay: true,
      timezone: 'UTC',
      summary: summaryOf(line),
      description: `${line.personName}, by this day. Be a customer for ten minutes: note what embarrasses you and what you like.`,
      url: `${origin}/walks/plan`,
    })
  }
  return calendar.toString()
}
