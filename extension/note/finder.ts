import { createModel, effect, signal } from '@preact/signals'

import { type Address, toAddress } from '#shared/address'
import type { Anchor } from '#shared/anchor'

import type { Tabs } from '../panel/tabs'
import { findOwnWords } from '../policy/own-words'
import type { KeptNote, WinceDatabase } from '../storage/database'

export interface FinderDeps {
  database: WinceDatabase
  tabs: Pick<Tabs, 'findInFront' | 'watchInFront'>
  /** The address of a tab, where it may be seen. Never rejects. */
  addressOf(tabId: number): Promise<string | undefined>
  /** Shows an anchor's element in a tab. False where it is not found. Never rejects. */
  findOnPage(tabId: number, anchor: Anchor): Promise<boolean>
}

/** Finds the elements of notes again, on the page in front, where it is theirs and may be seen. */
export const FinderModel = createModel((deps: FinderDeps) => {
  const front = signal<(Address & { tabId: number }) | null>(null)
  const answer = signal<{ noteId: string; state: 'looking' | 'found' | 'gone' } | null>(null)

  let looks = 0
  async function look(): Promise<void> {
    looks += 1
    const mine = looks
    const tab = await deps.tabs.findInFront()
    const href = (tab && (await deps.addressOf(tab.id))) ?? ''
    // As the page told its route when the note was made.
    const address = toAddress(href, await findOwnWords(deps.database))
    // An answer that a later question has overtaken says nothing any more.
    if (mine !== looks) return
    const next = tab && address ? { tabId: tab.id, ...address } : null
    if (JSON.stringify(next) === JSON.stringify(front.peek())) return
    front.value = next
    answer.value = null
  }

  function lookAgain(): void {
    look().catch((error: unknown) => console.error('no tab is known', error))
  }

  effect(() => {
    lookAgain()
    return deps.tabs.watchInFront(lookAgain)
  })

  function anchorHere({ place }: KeptNote): Anchor | null {
    const page = front.value
    if (page === null || place.kind !== 'page' || place.anchor === null) return null
    if (page.origin !== place.origin || page.route !== place.route) return null
    return isTelling(place.anchor) ? place.anchor : null
  }

  return {
    answer,
    canFind: (note: KeptNote): boolean => anchorHere(note) !== null,

    async find(note: KeptNote): Promise<void> {
      await look()
      const anchor = anchorHere(note)
      const page = front.peek()
      if (anchor === null || page === null) return
      answer.value = { noteId: note.id, state: 'looking' }
      const isFound = await deps.findOnPage(page.tabId, anchor)
      answer.value = { noteId: note.id, state: isFound ? 'found' : 'gone' }
    },
  }
})
export type FinderModel = InstanceType<typeof FinderModel>

/** A place among others alone never says which one it is. */
function isTelling({ name, selectors }: Anchor): boolean {
  return name !== null || selectors.some(({ kind }) => kind !== 'structure')
}
