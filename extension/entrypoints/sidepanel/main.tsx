import { browser } from '#imports'
import { render } from 'preact'

import { exportUnsent } from '../../debrief/export-file'
import { saveText } from '../../debrief/save-file'
import { wireBadge } from '../../gesture/badge'
import { describeTab } from '../../gesture/describe-tab'
import { findShortcut, openShortcutPage } from '../../gesture/shortcut'
import { withholdsNames } from '../../gesture/withholding'
import { coverOldPictures, coverWholeInBrowser } from '../../note/cover-old'
import { takePictureOf } from '../../note/take-picture'
import { deviceName } from '../../panel/device-name'
import { browserConnection } from '../../panel/online'
import { Panel } from '../../panel/Panel'
import { browserTabs } from '../../panel/tabs'
import { openWinceDatabase } from '../../storage/database'
import { browserSurroundings } from '../../storage/device'
import { requestSync } from '../../sync/courier'
import { disconnectBrowser, pairBrowser } from '../../sync/pairing'
import { tellWalkChanged } from '../../walk/follow'

const database = await openWinceDatabase()
const { id: windowId } = await browser.windows.getCurrent()
const fetchFromHere = (url: string, init: RequestInit) => fetch(url, init)

// The background sleeps when nothing happens in a tab; what is written here is counted here.
wireBadge()

const app = document.getElementById('app')
if (app === null) throw new Error('the panel’s page has no place for it')

render(
  <Panel
    database={database}
    surroundings={browserSurroundings}
    tabs={browserTabs}
    connection={browserConnection}
    windowId={windowId ?? null}
    describe={async (tabId) => describeTab(tabId, await withholdsNames(database))}
    takePicture={(tab) => takePictureOf(database, tab)}
    tellWalkChanged={tellWalkChanged}
    findShortcut={findShortcut}
    requestSync={requestSync}
    pair={(typed, server) =>
      pairBrowser(
        { database, fetch: fetchFromHere, now: browserSurroundings.now },
        typed,
        server,
        deviceName(navigator.userAgent),
      )
    }
    coverOldPictures={() => coverOldPictures(database, coverWholeInBrowser)}
    disconnect={() => disconnectBrowser({ database, fetch: fetchFromHere })}
    openShortcutPage={openShortcutPage}
    version={browser.runtime.getManifest().version}
    saveAsFile={async () => {
      const now = browserSurroundings.now()
      const day = new Date(now).toISOString().slice(0, 10)
      saveText(`wince-${day}.json`, JSON.stringify(await exportUnsent(database, now), null, 2))
    }}
  />,
  app,
)
