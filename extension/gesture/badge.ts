import { browser } from '#imports'

import { isUnsent, listNotes } from '../note/notes'
import { countOf, toDayAndTime } from '../panel/time-words'
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
    const unsent = (await listNotes(await openWinceDatabase())).filter(isUnsent)
    const count = unsent.length
    const oldest = Math.min(...unsent.map((note) => note.at))
    await browser.action.setBadgeText({ text: count === 0 ? '' : String(count) })
    await browser.action.setBadgeBackgroundColor({ color: '#121714' })
    await browser.action.setTitle({
      title:
        count === 0
          ? 'Wince'
          : `Wince: ${countOf(count, 'note')} not sent, the oldest since ${toDayAndTime(oldest, Date.now())}`,
    })
  } catch (error) {
    console.warn('badge not drawn', error)
  }
}
