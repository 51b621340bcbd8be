import type { EntryRow } from '#shared/api/register'

import type { Owner } from './home'

interface GiveOwnerProps {
  entry: EntryRow
  owners: readonly Owner[]
  give: (entry: EntryRow, owner: Owner) => void
}

/** Somebody who sees an entry through, chosen where it stands. */
export function GiveOwner({ entry, owners, give }: GiveOwnerProps) {
  return (
    <select
      class="btn give"
      aria-label={`Give an owner: ${entry.title}`}
      value=""
      onChange={({ currentTarget }) => {
        const owner = owners.find(({ id }) => id === currentTarget.value)
        if (owner !== undefined) give(entry, owner)
      }}
    >
      <option value="">Give an owner</option>
      {owners.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  )
}
