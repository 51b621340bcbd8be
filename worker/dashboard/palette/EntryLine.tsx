import type { TriageEntry } from '#shared/api/triage'

import { StateSign } from '../parts/StateSign'
import { count } from '../words'

/** An entry as a line to choose from. */
export function EntryLine({
  entry,
  aside,
}: {
  entry: TriageEntry
  /** Instead of its counts: why it is offered. */
  aside?: string
}) {
  return (
    <>
      <span class="no num">#{entry.number}</span>
      <span class="grow">{entry.title}</span>
      <span class="meta">{aside ?? count(entry.notes, 'note')}</span>
      <StateSign state={entry.state} />
    </>
  )
}
