import { createModel, effect, signal } from '@preact/signals'

import type { Pairing, WinceDatabase } from '../storage/database'
import { getMeta } from '../storage/meta'
import { live } from './live'
import type { Tabs } from './tabs'

export interface SettingsDeps {
  database: WinceDatabase
  tabs: Pick<Tabs, 'listAllowed' | 'giveBack'>
  disconnect(): Promise<void>
  openShortcutPage(): Promise<void>
  version: string
  /** Reads a saved file back; says in a sentence what came of it, and never rejects. */
  bringBack(file: Blob): Promise<string>
  say(text: string, undo: (() => void) | null): void
}

/** What may be looked up and changed about this browser. */
export const SettingsModel = createModel((deps: SettingsDeps) => {
  const pairing = live<Pairing | null>(['meta'], null, () => getMeta(deps.database, 'pairing'))
  const sites = signal<string[]>([])
  const isDisconnecting = signal(false)

  async function look(): Promise<void> {
    sites.value = await deps.tabs.listAllowed()
  }
  effect(() => void look())

  return {
    pairing,
    sites,
    isDisconnecting,
    async giveBack(pattern: string): Promise<void> {
      await deps.tabs.giveBack(pattern)
      await look()
    },
    async changeKey(): Promise<void> {
      try {
        await deps.openShortcutPage()
      } catch {
        deps.say('Open your browser’s page for add-ons and choose its keyboard shortcuts', null)
      }
    },
    async bringBack(file: Blob): Promise<void> {
      deps.say(await deps.bringBack(file), null)
    },
    async disconnect(): Promise<void> {
      if (isDisconnecting.peek()) return
      isDisconnecting.value = true
      await deps.disconnect()
      isDisconnecting.value = false
      deps.say('Disconnected. What was not sent is still here', null)
    },
  }
})
