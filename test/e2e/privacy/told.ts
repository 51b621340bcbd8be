import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { launchChromium } from '../../support/chromium'
import { openWorkspace } from '../../support/first-run'
import { openLine } from '../../support/line'
import { waitFor } from '../../support/wait-for'
import { type RunningWorker, startWorker } from '../../support/worker'
import { connectPanel, endAndSend, startErrand } from '../story/panel'
import { LOOKED_AT, type Way, startCorpusPortal } from './corpus-portal'
import { listenTo, speak } from './listening'
import { type Seen, lookAtPictures } from './pictures'
import { OWN_LIST } from './secrets'
import { readBucket, readDatabase, readOwnFiles, readOwnStores, readRows } from './stores'
import { type Scene, walkOver } from './walk'

const WORDS: Record<Way, string> = { walked: 'Turnstone asks twice', named: 'Sandpiper asks again' }
const SAID = 'Dunlin'
/** Of a walker's words, of what is left of a page's, and of the largest row there is. */
const KEPT = [...Object.values(WORDS), 'did not find :typed.', 'longestHoldMs']

/** Bytes in which nothing planted may be, and what is in them for sure where they are the right ones. */
interface Haystack {
  bytes: Buffer
  holds: string[]
}

/** What two walks over the corpus leave behind, everywhere. */
export interface Told {
  haystacks: Record<
    'stores' | 'files' | 'requests' | 'database' | 'bucket' | 'browserLog' | 'workerLog',
    Haystack
  >
  /** Origins that were asked for anything beside the portal's. */
  origins: Set<string>
  /** The only one that may be. */
  teamOrigin: string
  /** How many steps of each kind the server has. */
  steps: Record<string, number>
  /** Each walk's pictures as they lie in R2, in the order of its places. */
  seen: Record<Way, Seen[]>
}

/**
 * Walks over the corpus with the built extension, in normal mode and then with everything covered,
 * sends both walks to a worker, and gathers all that is left of it.
 */
export async function tellCorpus(): Promise<Told> {
  const [worker, portal] = await Promise.all([startWorker(), startCorpusPortal()])
  const line = await openLine(worker.origin)
  const profile = mkdtempSync(join(tmpdir(), 'wince-corpus-'))
  const browser = await launchChromium({ profile })
  try {
    const { client, ownerId } = await openWorkspace(worker)
    await client.changeWorkspace({ privateWords: OWN_LIST })
    const tab = await browser.context.newPage()
    await tab.goto(`${portal.origin}/page/paragraph`)
    const panel = await browser.openPanel(tab)
    const heard = await listenTo(browser, [tab, panel])
    const { code } = await client.askForPairing(ownerId)
    await connectPanel(panel, `${line.origin}/pair#${code}`)
    const scene = { browser, origin: portal.origin, tab, panel }

    await startErrand(browser, panel, 'I need the number of my request', 'Requests')
    const walked = await walkAndSend(scene, worker, 'walked')
    await client.changeWorkspace({ coverEverything: true })
    await startAgain(scene)
    const named = await walkAndSend(scene, worker, 'named')

    await speak(browser, panel, SAID)
    const spoken = () => heard.logs.filter((each) => each.includes(SAID))
    await waitFor(() => spoken().length >= 3 || undefined, 'all three to be heard')
    const stores = await readOwnStores(panel)
    await browser.close()

    const own = readOwnFiles(profile, browser.extensionId)
    return {
      haystacks: {
        stores: { bytes: stores, holds: [...KEPT, 'WEBP'] },
        files: { bytes: own, holds: [...KEPT, 'WEBP'] },
        requests: { bytes: Buffer.concat(line.heard()), holds: [...KEPT, 'WEBP'] },
        database: { bytes: readDatabase(worker), holds: KEPT },
        bucket: { bytes: readBucket(worker), holds: ['WEBP'] },
        browserLog: {
          bytes: Buffer.from(heard.logs.join('\n')),
          holds: ['background', 'panel', 'page'].map((who) => `${who} ${SAID}`),
        },
        workerLog: { bytes: Buffer.from(worker.logs()), holds: ['/v1/sync/push'] },
      },
      origins: new Set(
        heard.addresses
          .filter((address) => address.startsWith('http'))
          .map((address) => new URL(address).origin)
          .filter((origin) => origin !== portal.origin && origin !== portal.otherOrigin),
      ),
      teamOrigin: line.origin,
      steps: countSteps(worker),
      seen: { walked, named },
    }
  } finally {
    await browser.close()
    await line.close()
    await portal.stop()
    await worker.close()
    rmSync(profile, { recursive: true, force: true })
  }
}

function countSteps(worker: RunningWorker): Told['steps'] {
  const counts = worker.query<{ kind: string; count: number }>(
    'SELECT kind, count(*) AS count FROM step GROUP BY kind',
  )
  return Object.fromEntries(counts.map(({ kind, count }) => [kind, count]))
}

async function walkAndSend(scene: Scene, worker: RunningWorker, way: Way): Promise<Seen[]> {
  const visits = await walkOver(scene, LOOKED_AT, way, WORDS[way])
  await endAndSend(scene.panel)
  await waitFor(
    async () => {
      const { outbox, picture } = await readRows(scene.panel, ['outbox', 'picture'])
      const isSettled =
        outbox.every(({ state }) => state === 'acked') &&
        picture.every(({ state }) => state === 'stored')
      return isSettled || undefined
    },
    'all of it to arrive',
    60_000,
  )
  // What grouping makes of a note is stored as well.
  await waitFor(
    async () => {
      await worker.ringCron()
      return worker.query('SELECT 1 FROM note WHERE grouped = 0').length === 0 || undefined
    },
    'grouping',
    60_000,
  )
  return lookAtPictures(worker, scene.panel, visits)
}

/** Starts another walk, once the browser has heard that everything is covered now. */
async function startAgain({ panel, tab }: Scene): Promise<void> {
  await waitFor(async () => {
    await panel.evaluate('chrome.runtime.sendMessage("wince/sync")')
    const { meta } = await readRows(panel, ['meta'])
    return meta.some((row) => row['coverEverything'] === true) || undefined
  }, 'the team’s new setting')
  await panel.getByRole('button', { name: 'Done' }).click()
  await tab.bringToFront()
  await panel.getByRole('button', { name: 'Walk a service' }).click()
  await panel.getByText('You allowed this site').waitFor()
  await panel.getByRole('button', { name: 'Start walking' }).click()
  await panel.getByRole('button', { name: 'End walk' }).waitFor()
}
