import type { TriageEntry, TriageNote } from '#shared/api/triage'

import { Palette, type Command } from '../palette/Palette'
import { Sheet } from '../parts/Sheet'
import { BulkDialogs } from './BulkDialogs'
import { DeclineDialog } from './DeclineDialog'
import { EntryPicker, type Thought } from './EntryPicker'
import { KeysSheet } from './KeysSheet'
import { MergeDialog } from './MergeDialog'
import { RenameDialog } from './RenameDialog'
import { ServiceDialog } from './ServiceDialog'
import { SplitDialog } from './SplitDialog'
import type { Triage } from './triage'

interface DialogsProps {
  triage: Triage
  mayDecide: boolean
  /** Everything that the page does, for the palette. */
  commands: readonly Command[]
  openEntry: (number: number) => void
}

/** What lies over the page, one at a time. */
export function Dialogs({ triage, mayDecide, commands, openEntry }: DialogsProps) {
  const dialog = triage.dialog.value
  const { close, desk } = triage
  if (dialog === null) return null
  switch (dialog.what) {
    case 'keys':
      return <KeysSheet onClose={close} />
    case 'palette': {
      const note = mayDecide ? triage.list.chosen.peek() : null
      return (
        <Palette
          api={desk.api}
          mood={note?.mood ?? 'embarrassed'}
          commands={commands}
          entryCommands={[
            ...(note
              ? [
                  {
                    words: 'Move this note to',
                    act: (entry: TriageEntry) => triage.moveTo(note, entry),
                  },
                  {
                    words: `Merge #${note.entry.number} with`,
                    act: (entry: TriageEntry) => triage.openMerge(note, entry),
                  },
                ]
              : []),
            { words: 'Open', act: ({ number }) => openEntry(number) },
          ]}
          onClose={close}
        />
      )
    }
    case 'move':
      return (
        <Sheet title="Move the note to…" wide onClose={close}>
          <EntryPicker
            api={desk.api}
            mood={dialog.note.mood}
            thoughts={thoughtsOf(dialog.note)}
            except={null}
            choose={(entry) => {
              close()
              triage.moveTo(dialog.note, entry)
            }}
          />
        </Sheet>
      )
    case 'decline':
      return (
        <DeclineDialog
          title="Decline the note"
          action="Decline"
          decline={(reason) => {
            close()
            triage.decline(dialog.note, reason)
          }}
          onClose={close}
        />
      )
    case 'split':
      return <SplitDialog desk={desk} note={dialog.note} onClose={close} />
    case 'merge':
      return (
        <MergeDialog
          desk={desk}
          note={dialog.note}
          other={dialog.other}
          thoughts={thoughtsOf(dialog.note)}
          onClose={close}
        />
      )
    case 'rename':
      return <RenameDialog desk={desk} note={dialog.note} onClose={close} />
    case 'service':
      return <ServiceDialog desk={desk} note={dialog.note} onClose={close} />
    default:
      return <BulkDialogs triage={triage} what={dialog.what} />
  }
}

/** What grouping thought of, the likeliest first. */
function thoughtsOf({ proposal, suggestions }: TriageNote): Thought[] {
  const proposed = proposal ? [{ entry: proposal.entry, reason: proposal.sentence }] : []
  return [...proposed, ...suggestions]
}
