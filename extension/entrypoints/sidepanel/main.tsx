import { browser } from '#imports'
import { render } from 'preact'

import { wireBadge } from '../../gesture/badge'
import { addressOf, askPage } from '../../gesture/describe-tab'
import { findShortcut, openShortcutPage } from '../../gesture/shortcut'
import { takePictureOf } from '../../note/take-picture'
import { findAnchorIn } from '../../page/inject'
import { deviceName } from '../../panel/device-name'
import { OtherView, Rescue } from '../../panel/NoDatabase'
import { browserConnection } from '../../panel/online'
import { Panel } from '../../panel/Panel'
import { browserTabs } from '../../panel/tabs'
import { findPageRules, findPolicy, watchPolicy } from '../../policy/managed'
import {
  type WinceDatabase,
  openToRescue,
  openWinceDatabase,
  watchDatabase,
} from '../../storage/database'
import { browserSurroundings } from '../../storage/device'
import { hasRoomFor } from '../../storage/room'
import { requestSync } from '../../sync/courier'
import { disconnectBrowser, pairBrowser } from '../../sync/pairing'
import { tellWalkChanged } from '../../walk/follow'

const app = document.getElementById('app')
if (app === null) throw new Error('the panel’s page has no place for it')

watchDatabase({
  blocked: () => render(<OtherView />, app),
  // Whatever took it, a fresh page opens it again or says why it cannot.
  gone: () => location.reload(),
})
try {
  const database = await openWinceDatabase()
  const { id: windowId } = await browser.windows.getCurrent()
  render(drawPanel(database, windowId ?? null), app)
  // The background sleeps when nothing happens in a tab; what is written here is counted here.
  wireBadge()
} catch (error) {
  console.error('the database does not open', error)
  render(<Rescue saveAsFile={rescueUnsent} />, app)
}

function fetchFromHere(url: string, init: RequestInit): Promise<Response> {
  return fetch(url, init)
}

function drawPanel(database: WinceDatabase, windowId: number | null) {
  return (
    <Panel
      database={database}
      surroundings={browserSurroundings}
      tabs={browserTabs}
      connection={browserConnection}
      windowId={windowId}
      addressOf={addressOf}
      findOnPage={async (tabId, anchor) =>
        (await findAnchorIn(tabId, anchor, await findPageRules(database))) !== null
      }
      askPage={(tabId) => askPage(tabId, () => findPageRules(database))}
      takePicture={(tab) => takePictureOf(database, tab)}
      hasRoomFor={(bytes) => hasRoomFor(navigator.storage, bytes)}
      tellWalkChanged={tellWalkChanged}
      findShortcut={findShortcut}
      requestSync={requestSync}
      findPolicy={findPolicy}
      watchPolicy={watchPolicy}
      pair={async (typed, server) =>
        pairBrowser(
          {
            database,
            fetch: fetchFromHere,
            now: browserSurroundings.now,
            onlyServer: (await findPolicy()).server,
          },
          typed,
          server,
          deviceName(navigator.userAgent),
        )
      }
      coverOldPictures={async () => {
        const { coverOldPictures, coverWholeInBrowser } = await import('../../note/cover-old')
        await coverOldPictures(database, coverWholeInBrowser)
      }}
      disconnect={() => disconnectBrowser({ database, fetch: fetchFromHere })}
      openShortcutPage={openShortcutPage}
      version={browser.runtime.getManifest().version}
      saveAsFile={() => saveUnsent(database)}
    />
  )
}

async function rescueUnsent(): Promise<void> {
  const database = await openToRescue()
  await saveUnsent(database).finally(() => database.close())
}

async function saveUnsent(database: WinceDatabase): Promise<void> {
  const file = await import('../../file/save-unsent')
  await file.saveUnsent(database, browserSurroundings.now())
}
