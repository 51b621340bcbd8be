import { browser } from '#imports'
import { type SyncFetch, createSyncApi } from '#shared/api/sync'

import { findPolicy } from '../policy/managed'
import { browserSurroundings, newId } from '../storage/device'
import { openWinceDatabase } from '../storage/database'
import { write } from '../storage/write'
import { findActiveWalk } from '../walk/walks'
import { type Outcome, createEngine } from './engine'
import { createOutbox } from './outbox'
import { keepMsOf } from './retention'
import { backoffMs } from './status'
import { createUpdater } from './update'

const ALARM = 'courier'
/** Chromium drops alarms of half a minute now and then; a whole one is kept. */
const ALARM_MINUTES = 1
/** The background lives for 30 s without work: a shorter wait is slept through, a longer one is the alarm's. */
const NAP_MS = backoffMs.longestOffline

const BUSY_MS = 2_000

const ASK = 'wince/sync'

/** The browser ends a background that waits 30 s for an answer; we give up in time to note it. */
const TIMEOUT_MS = 25_000

const browserFetch: SyncFetch = (url, init) =>
  fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) })

/** One run of the engine in this context. Never rejects: what went wrong is tried again. */
async function runOnce(force: boolean): Promise<Outcome> {
  const database = await openWinceDatabase()
  const engine = createEngine({
    store: createOutbox(database, browserSurroundings, async () => keepMsOf(await findPolicy())),
    apiOf: ({ server, token }) => createSyncApi({ fetch: browserFetch, baseUrl: server, token }),
    now: browserSurroundings.now,
    random: Math.random,
    newId: () => newId(browserSurroundings),
    alone: (work) =>
      navigator.locks.request('wince-sync', { ifAvailable: true }, (lock) =>
        lock ? work() : undefined,
      ),
  })
  return engine.run(force)
}

/** One nap at a time: each call to deliver would else begin a row of tries of its own. */
let nap: ReturnType<typeof setTimeout> | undefined

/** Runs until nothing is left to do soon. */
async function deliver(force: boolean): Promise<void> {
  try {
    const outcome = await runOnce(force)
    // Another run is under way and may be past what was just sent: look again after it.
    if (outcome.state === 'busy' && force) setTimeout(() => void deliver(force), BUSY_MS)
    if (outcome.state === 'busy') return
    clearTimeout(nap)
    if (outcome.state !== 'waiting') return
    const delayMs = outcome.retryAt - browserSurroundings.now()
    if (delayMs <= NAP_MS) nap = setTimeout(() => void deliver(false), Math.max(0, delayMs))
  } catch (error) {
    console.warn('sync did not run', error)
  }
}

async function keepAlarm(): Promise<void> {
  // Browsers lose alarms on update and sometimes at start; each start looks.
  if ((await browser.alarms.get(ALARM)) === undefined) {
    await browser.alarms.create(ALARM, { periodInMinutes: ALARM_MINUTES })
  }
}

/** Wires the courier into the background. Call it first: listeners must be there synchronously. */
export function wireCourier(): void {
  const updater = createUpdater({ isBusy, reload: () => browser.runtime.reload() })
  browser.alarms.onAlarm.addListener(({ name }) => {
    if (name === ALARM) void deliver(false).then(updater.tryNow)
  })
  browser.runtime.onUpdateAvailable.addListener(() => void updater.offer())
  browser.runtime.onStartup.addListener(() => void deliver(true))
  browser.runtime.onInstalled.addListener(() => void forgetUpdateNeeded().then(() => deliver(true)))
  browser.runtime.onMessage.addListener((message: unknown, sender) => {
    if (sender.id === browser.runtime.id && message === ASK) void deliver(true)
  })
  void keepAlarm()
}

async function isBusy(): Promise<boolean> {
  if ((await findActiveWalk(await openWinceDatabase())) !== undefined) return true
  const contexts = await browser.runtime.getContexts({})
  return contexts.some(({ contextType }) => contextType !== 'BACKGROUND')
}

/** A new version is here: what the old one could not send may go now. */
async function forgetUpdateNeeded(): Promise<void> {
  await write(await openWinceDatabase(), ['meta'], (transaction) =>
    transaction.objectStore('meta').put(false, 'updateNeeded'),
  )
}

/** Asks the background to deliver now: after Send, after pairing, when the connection is back. */
export async function requestSync(): Promise<void> {
  try {
    await browser.runtime.sendMessage(ASK)
  } catch {
    // Nobody listens while the background restarts; its alarm comes within a minute.
  }
}
