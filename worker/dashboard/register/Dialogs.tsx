import type { EntryRow } from '#shared/api/register'

import type { Dialog, RegisterDeps } from './deps'
import { JudgeSheet } from './JudgeSheet'
import { KeysSheet } from './KeysSheet'
import { MergeSheet } from './MergeSheet'
import { NewEntrySheet } from './NewEntrySheet'
import type { Chosen } from './chosen'

interface DialogsProps extends Pick<RegisterDeps, 'api' | 'newId'> {
  dialog: Dialog | null
  chosen: Chosen
  services: readonly string[]
  onOpened: (entry: EntryRow) => void
  onClose: () => void
}

export function Dialogs({ dialog, api, newId, chosen, services, onOpened, onClose }: DialogsProps) {
  switch (dialog?.what) {
    case undefined:
      return null
    case 'keys':
      return <KeysSheet onClose={onClose} />
    case 'new':
      return (
        <NewEntrySheet
          api={api}
          newId={newId}
          services={services}
          onOpened={onOpened}
          onClose={onClose}
        />
      )
    case 'merge': {
      const [one, other] = chosen.chosen.peek().values()
      return one && other ? (
        <MergeSheet two={[one, other]} chosen={chosen} onClose={onClose} />
      ) : null
    }
    case 'judge':
      return (
        <JudgeSheet
          api={api}
          entries={dialog.entries}
          first={dialog.field}
          chosen={chosen}
          onClose={onClose}
        />
      )
  }
}
