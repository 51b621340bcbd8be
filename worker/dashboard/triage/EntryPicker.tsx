import { useModel } from '@preact/signals'
import { useEffect } from 'preact/hooks'

import type { EntryListApi } from '#shared/api/entry-list'
import type { TriageEntry } from '#shared/api/triage'
import type { Mood } from '#shared/note'

import { Combo, type Option } from '../palette/Combo'
import { EntryLine } from '../palette/EntryLine'
import { EntrySearchModel } from '../palette/entry-search'

/** An entry that grouping thought of itself, and why. */
export interface Thought {
  entry: TriageEntry
  reason: string
}

interface EntryPickerProps {
  api: Pick<EntryListApi, 'listEntries'>
  mood: Mood
  /** Offered first, while nothing is typed. */
  thoughts: readonly Thought[]
  /** The number of the one that makes no sense here; null where every one does. */
  except: number | null
  choose: (entry: TriageEntry) => void
}

/** An entry by its words or number; what grouping thought of stands first, a press of Enter away. */
export function EntryPicker({ api, mood, thoughts, except, choose }: EntryPickerProps) {
  const search = useModel(() => new EntrySearchModel({ api, mood }))
  const text = search.text.value
  useEffect(() => void search.find(), [search, text])
  const state = search.state.value
  const isAsked = text.trim() !== ''
  const known = new Set([except, ...(isAsked ? [] : thoughts.map(({ entry }) => entry.number))])
  const found = state.status === 'ready' ? state.value : []
  const options: Option[] = [
    ...(isAsked ? [] : thoughts).map(({ entry, reason }) => ({
      id: `thought-${entry.number}`,
      group: 'Wince thought of',
      act: () => choose(entry),
      content: <EntryLine entry={entry} aside={reason.replace(/\.$/, '')} />,
    })),
    ...found
      .filter(({ number }) => !known.has(number))
      .map((entry) => ({
        id: `found-${entry.number}`,
        group: isAsked ? 'Found' : 'Changed last',
        act: () => choose(entry),
        content: <EntryLine entry={entry} />,
      })),
  ]
  const empty =
    state.status === 'failed'
      ? 'We could not look. Nothing is lost.'
      : state.status === 'loading'
        ? 'Looking…'
        : 'No entry fits these words.'
  return (
    <Combo
      label="An entry by its words or number"
      placeholder="Words, or a number"
      text={text}
      onText={search.setText}
      options={options}
      empty={empty}
    />
  )
}
