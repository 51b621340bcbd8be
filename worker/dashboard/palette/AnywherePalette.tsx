import { useSignal } from '@preact/signals'

import type { EntryListApi } from '#shared/api/entry-list'

import type { Command } from './Palette'
import { Palette } from './Palette'
import { usePaletteKey } from './use-palette-key'

interface AnywherePaletteProps {
  api: Pick<EntryListApi, 'listEntries'>
  commands: readonly Command[]
  openEntry: (number: number) => void
}

/** Ctrl+K on a page that has no palette of its own. */
export function AnywherePalette({ api, commands, openEntry }: AnywherePaletteProps) {
  const isOpen = useSignal(false)
  usePaletteKey(() => {
    isOpen.value = true
  })
  if (!isOpen.value) return null
  return (
    <Palette
      api={api}
      mood="embarrassed"
      commands={commands}
      entryCommands={[{ words: 'Open', act: ({ number }) => openEntry(number) }]}
      onClose={() => {
        isOpen.value = false
      }}
    />
  )
}
