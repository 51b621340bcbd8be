import { useModel } from '@preact/signals'
import { useEffect } from 'preact/hooks'

import type { EntryListApi } from '#shared/api/entry-list'
import type { EntryRow } from '#shared/api/register'
import type { Mood } from '#shared/note'
import type { IconName } from '#shared/style/icons'

import { Icon } from '../parts/Icon'
import { Sheet } from '../parts/Sheet'
import { Combo, type Option } from './Combo'
import { EntryLine } from './EntryLine'
import { EntrySearchModel } from './entry-search'

/** Something that the palette does, found by its words. */
export interface Command {
  words: string
  icon: IconName
  /** The single key that does the same. */
  cap?: string
  act: () => void
}

/** Something that it does with an entry that was found. */
interface EntryCommand {
  /** `Move this note to`; the entry follows. */
  words: string
  act: (entry: EntryRow) => void
}

interface PaletteProps {
  api: Pick<EntryListApi, 'listEntries'>
  mood: Mood
  commands: readonly Command[]
  entryCommands: readonly EntryCommand[]
  onClose: () => void
}

const COMMANDS_UNASKED = 20
const ENTRIES_EACH = 4

/** Everything one can do here, by its words; and entries, by their words or number. */
export function Palette({ api, mood, commands, entryCommands, onClose }: PaletteProps) {
  const search = useModel(() => new EntrySearchModel({ api, mood }))
  const text = search.text.value
  useEffect(() => void search.find(), [search, text])
  const state = search.state.value
  const asked = text.trim().toLowerCase()
  const fitting = commands.filter(({ words }) => words.toLowerCase().includes(asked))
  const entries = asked === '' || state.status !== 'ready' ? [] : state.value
  const options: Option[] = [
    ...fitting.slice(0, COMMANDS_UNASKED).map(({ words, icon, cap, act }) => ({
      id: words.replaceAll(/\W+/g, '-'),
      group: 'Do',
      act: closing(act, onClose),
      content: (
        <>
          <Icon name={icon} small />
          <span class="grow">{words}</span>
          {cap !== undefined && (
            <span class="key" aria-hidden="true">
              {cap}
            </span>
          )}
        </>
      ),
    })),
    ...entryCommands.flatMap(({ words, act }, index) =>
      entries.slice(0, ENTRIES_EACH).map((entry) => ({
        id: `${index}-${entry.number}`,
        group: words,
        act: closing(() => act(entry), onClose),
        content: <EntryLine entry={entry} />,
      })),
    ),
  ]
  return (
    <Sheet title="Go to, or do" wide onClose={onClose}>
      <Combo
        label="What to do, or an entry’s words or number"
        placeholder="What to do, or an entry’s words or number"
        text={text}
        onText={search.setText}
        options={options}
        empty={state.status === 'failed' ? 'We could not look. Nothing is lost.' : 'Nothing fits.'}
      />
    </Sheet>
  )
}

/** It is closed first: what it does may open a dialog of its own. */
function closing(act: () => void, close: () => void): () => void {
  return () => {
    close()
    act()
  }
}
