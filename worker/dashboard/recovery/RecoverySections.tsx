import type { ApiClient } from '#shared/api-client'
import type { EntryRow } from '#shared/api/register'

import { ServicePlaybooks } from '../playbook/ServicePlaybooks'
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

/** On the page of an entry: what was planned for it, and what its customers are promised and told. */
export function RecoverySections({ api, entry, mayChange, now, onDone }: RecoverySectionsProps) {
  if (entry.mood === 'liked') return null
  const around = { api, mayChange, now, onDone }
  return (
    <>
      {entry.service !== null && <ServicePlaybooks api={api} service={entry.service} />}
      <PromisesSection number={entry.number} {...around} />
      <MessagesSection entry={entry} {...around} />
    </>
  )
}
