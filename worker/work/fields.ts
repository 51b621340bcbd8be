import type { EntryWork } from '#shared/work'

/** What is kept beside an entry about its cause, its mending and its end. */

/** The column of each field that a change may name. Lists and the measure are JSON. */
export const COLUMNS = {
  howItHappened: 'how_it_happened',
  neverAgain: 'never_again',
  whyObvious: 'why_obvious',
  whys: 'whys',
  causeAreas: 'cause_areas',
  isSystemic: 'is_systemic',
  actions: 'actions',
  measure: 'measure',
  reviewOn: 'review_on',
  links: 'links',
  promiseBroken: 'promise_broken',
  accountable: 'accountable',
} as const satisfies Partial<Record<keyof EntryWork, string>>
type WorkField = keyof typeof COLUMNS
export const WORK_FIELD_NAMES = Object.keys(COLUMNS) as WorkField[]

/** What to write; what is not named stays. */
export type WorkChange = Partial<EntryWork>

/** A field as its column holds it, which is also how history says it. */
export function toStored(value: EntryWork[WorkField]): string | number | null {
  if (value === null || typeof value === 'string') return value
  return typeof value === 'boolean' ? Number(value) : JSON.stringify(value)
}
