import { browser } from '#imports'

import { LOOK_AGAIN } from '../panel/tabs'
import { MOMENT_COMMAND } from './shortcut'

const MENU_ITEM = 'note-this'

/** A tab as a gesture names it. */
interface GestureTab {
  id: number
  windowId: number
}

export interface GestureDeps {
  keepMoment(tab: GestureTab): Promise<unknown>
  /** A click on the toolbar while nothing is walked only opens the panel. */
  isWalking(): Promise<boolean>
}

/**
 * Key, context menu and toolbar. Each opens the panel un-awaited: after any await the browser no
 * longer takes it for a gesture. What a moment asks of the browser is asked before that all the
 * same, because a panel that opens holds up every answer. Each also grants `activeTab` for its tab.
 */
export function wireGestures(deps: GestureDeps): void {
  browser.commands.onCommand.addListener((command, tab) => {
    if (command !== MOMENT_COMMAND) return
    const kept = inTab(tab, deps.keepMoment)
    openPanel(tab)
    void kept
  })

  browser.contextMenus.onClicked.addListener((info, tab) => {
    if (info.menuItemId !== MENU_ITEM) return
    const kept = inTab(tab, deps.keepMoment)
    openPanel(tab)
    void kept
  })

  browser.action.onClicked.addListener((tab) => {
    openPanel(tab)
    void inTab(tab, async (clicked) => {
      if (await deps.isWalking()) await deps.keepMoment(clicked)
      // Nobody hears it where the panel is only just opening; that one looks by itself.
      else await browser.runtime.sendMessage(LOOK_AGAIN).catch(() => {})
    })
  })

  browser.runtime.onInstalled.addListener(keepMenuItem)
  keepMenuItem()
}

function openPanel(tab: { windowId: number } | undefined): void {
  if (import.meta.env.FIREFOX) {
    const { sidebarAction } = browser as unknown as { sidebarAction: { open(): Promise<void> } }
    sidebarAction.open().catch((error: unknown) => console.warn('sidebar not opened', error))
  } else if (tab !== undefined) {
    browser.sidePanel
      .open({ windowId: tab.windowId })
      .catch((error: unknown) => console.warn('panel not opened', error))
  }
}

/** Firefox before 126 names no tab with a command; then it is the one in front. */
async function inTab(
  tab: { id?: number | undefined; windowId: number } | undefined,
  work: (tab: GestureTab) => Promise<unknown>,
): Promise<void> {
  try {
    const found = tab ?? (await browser.tabs.query({ active: true, lastFocusedWindow: true }))[0]
    if (found?.id !== undefined) await work({ id: found.id, windowId: found.windowId })
  } catch (error) {
    console.error('gesture not followed', error)
  }
}

/** Browsers lose menu items now and then; making one that is there already says so, and that is fine. */
function keepMenuItem(): void {
  browser.contextMenus.create(
    { id: MENU_ITEM, title: 'Note this with Wince', contexts: ['all'] },
    () => void browser.runtime.lastError,
  )
}
