import { browser } from '#imports'

import { isUnsent, listNotes } from '../note/notes'
import { countOf } from '../panel/time-words'
import { openWinceDatabase } from '../storage/database'
import { watchWrites } from '../storage/write'

/** The toolbar's badge counts what is not sent: kept, to finish, waiting, refused. */
export function wireBadge(): void {
  watchWrites((stores) => {
    if (stores.includes('note')) void drawBadge()
  })
  browser.runtime.onStartup.addListener(() => void drawBadge())
  void drawBadge()
}

async function drawBadge(): Promise<void> {
  try {
    const count = (await listNotes(await openWinceDatabase())).filter(isUnsent).length
    await browser.action.setBadgeText({ text: count === 0 ? '' : String(count) })
    await browser.action.setBadgeBackgroundColor({ color: '#121714' })
    await browser.action.setTitle({
      title: count === 0 ? 'Wince' : `Wince: ${countOf(count, 'note')} not sent`,
    })
  } catch (error) {
    console.warn('badge not drawn', error)
  }
}
