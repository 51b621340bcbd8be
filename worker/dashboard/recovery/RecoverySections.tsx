import type { ApiClient } from '#shared/api-client'
import type { EntryRow } from '#shared/api/register'

import { MessagesSection } from '../told/MessagesSection'
import { PromisesSection } from './PromisesSection'

interface RecoverySectionsProps {
  api: ApiClient
  entry: EntryRow
  mayChange: boolean
  now: number
  /** The entry may have changed. */
  onDone: () => void
}

/** On the page of an entry: what its customers are promised, and what they are told. */
export function RecoverySections({ api, entry, mayChange, now, onDone }: RecoverySectionsProps) {
  if (entry.mood === 'liked') return null
  const around = { api, mayChange, now, onDone }
  return (
    <>
      <PromisesSection number={entry.number} {...around} />
      <MessagesSection entry={entry} {...around} />
    </>
  )
}
