import type { EntryDetail } from '#shared/api/entry'

import type { Judgement } from './judgement'
import { FIELD_WORDS } from './work-words'

/** A value that two people changed: what stands now, and what was not saved. */
export interface Conflict {
  field: string
  theirs: string
  mine: string
}

/** What of a change that came too late differs from how things stand now. */
export function conflictsOf({ entry, work, owners }: EntryDetail, mine: Judgement): Conflict[] {
  return (Object.keys(FIELD_WORDS) as (keyof typeof FIELD_WORDS)[]).flatMap((name) => {
    const wanted = mine[name]
    if (wanted === undefined) return []
    const known = name === 'owner' ? (entry.owner?.id ?? null) : { ...entry, ...work }[name]
    const say = (value: unknown) =>
      name === 'owner'
        ? (owners.find(({ id }) => id === value)?.name ?? 'Nobody')
        : valueInWords(value)
    const [theirs, own] = [say(known), say(wanted)]
    return theirs === own ? [] : [{ field: FIELD_WORDS[name], theirs, mine: own }]
  })
}

/** A value as people read it; lists by the words in them. */
function valueInWords(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'not set'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(itemInWords).join(' · ')
  return itemInWords(value)
}

function itemInWords(item: unknown): string {
  if (typeof item === 'string' || typeof item === 'number') return String(item)
  const { words, what, customers } = item as { words?: string; what?: string; customers?: number }
  return words ?? what ?? String(customers ?? '')
}
