import { mkdtempSync, readlinkSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  chromium,
  type BrowserContext,
  type CDPSession,
  type Page,
  type Worker,
} from 'playwright-core'
import { findChromium } from '../../scripts/browsers.mjs'
import { root } from '../../scripts/tools.mjs'
import { hasScreen, openScreen, type Screen } from './screen'
import { waitFor } from './wait-for'

export interface LaunchOptions {
  /** Load the Chrome build of the extension. Default true. */
  extension?: boolean
  /** With a window on a screen of its own; real keys and permission dialogs need it. Default true. */
  headed?: boolean
  /** Where the extension lies; its id follows from that. Default: the build. */
  folder?: string
  /** A profile folder to use again; without one a fresh one is made and deleted on close. */
  profile?: string
}

export interface LaunchedChromium {
  context: BrowserContext
  /** Commands of the browser itself, beyond any page. */
  browserCdp: CDPSession
  extensionId: string
  profile: string
  /** False where there is no X server: then the toolbar action stands in for the key. */
  pressesRealKeys: boolean
  serviceWorker(): Promise<Worker>
  /** Fires the toolbar action on a tab, as a click does: grants activeTab, opens the panel. */
  clickAction(tab: Page): Promise<void>
  /** The side panel as a page; opens it with the toolbar action when it is not open yet. */
  openPanel(tab: Page): Promise<Page>
  /** The side panel if it is open now, whoever opened it. */
  findPanel(): Page | undefined
  /** Presses real keys on the window in front, `alt+shift+s`. */
  pressKeys(...keys: string[]): Promise<void>
  /** One stroke without a pause between its keys, where time is measured. */
  strikeKeys(keys: string): Promise<void>
  /** Says yes to the permission dialog that was asked for just now, and waits for the grant. */
  acceptPermissionPrompt(): Promise<void>
  close(): Promise<void>
  /** Ends the browser as a power cut would; the profile stays. */
  kill(): Promise<void>
}

// A side panel is born as a target of type `other`, which playwright would let
// go; with this it shows among the context's pages like any other.
process.env['PW_CHROMIUM_ATTACH_TO_OTHER'] = '1'

export const extensionFolder = join(root, 'dist/extension/chrome-mv3')

/** A real Chromium with the built extension, on a profile nobody has used before. */
export async function launchChromium({
  extension = true,
  headed = true,
  folder: extensionAt = extensionFolder,
  profile,
}: LaunchOptions = {}): Promise<LaunchedChromium> {
  const browser = findChromium()
  if (!browser) throw new Error('no Chromium: run the tests through npm, which installs one')
  const folder = profile ?? mkdtempSync(join(tmpdir(), 'wince-chromium-'))
  const screen = headed && hasScreen ? await openScreen() : undefined
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: browser.path,
    headless: screen === undefined,
    viewport: null,
    chromiumSandbox: process.getuid?.() !== 0,
    ignoreDefaultArgs: ['--disable-extensions'],
    args: [
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      // Lets CDP load an extension, which a branded Chrome takes no other way,
      // and fire its toolbar action.
      '--enable-unsafe-extension-debugging',
      '--window-position=0,0',
      '--window-size=1440,1000',
    ],
    ...(screen && { env: { ...process.env, DISPLAY: screen.display } }),
  })
  const owner = context.browser()
  if (!owner) throw new Error('playwright gives no browser to a persistent context')
  const browserCdp = await owner.newBrowserCDPSession()
  const extensionId = extension ? await loadExtension(context, browserCdp, extensionAt) : ''

  const panelUrl = `chrome-extension://${extensionId}/sidepanel.html`
  const findPanel = () => context.pages().find((page) => page.url().startsWith(panelUrl))

  const serviceWorker = async () =>
    context.serviceWorkers().find((worker) => worker.url().includes(extensionId)) ??
    (await context.waitForEvent('serviceworker'))
  const countOrigins = async () =>
    (await serviceWorker()).evaluate<number>(
      'chrome.permissions.getAll().then(({ origins }) => origins.length)',
    )

  const launched: LaunchedChromium = {
    context,
    browserCdp,
    extensionId,
    profile: folder,
    pressesRealKeys: screen !== undefined,
    serviceWorker,
    clickAction: (tab) => triggerAction(browserCdp, extensionId, tab),
    openPanel: async (tab) => {
      const open = findPanel()
      if (open) return open
      await launched.clickAction(tab)
      const opened = await waitFor(findPanel, 'the side panel')
      await opened.waitForLoadState()
      return opened
    },
    findPanel,
    pressKeys: (...keys) => needScreen(screen).press(...keys),
    strikeKeys: (keys) => needScreen(screen).strike(keys),
    acceptPermissionPrompt: async () => {
      const before = await countOrigins()
      // The dialog is drawn inside the browser's window: nothing outside can see
      // it come, and a key too early would fall into the page.
      await new Promise((wake) => setTimeout(wake, 1500))
      await needScreen(screen).press('Tab', 'Return')
      await waitFor(
        async () => (await countOrigins()) > before || undefined,
        'the permission to be granted',
      )
    },
    close: async () => {
      await context.close()
      await screen?.close()
      if (profile === undefined) rmSync(folder, { recursive: true, force: true })
    },
    kill: async () => {
      const closed = new Promise((settle) => context.on('close', settle))
      process.kill(browserPid(folder), 'SIGKILL')
      await closed
      await screen?.close()
    },
  }
  return launched
}

/** Ends the extension's background in the middle of whatever it does; the next event starts it anew. */
export async function killBackground({
  browserCdp,
  extensionId,
}: Pick<LaunchedChromium, 'browserCdp' | 'extensionId'>): Promise<void> {
  const { targetInfos } = await browserCdp.send('Target.getTargets')
  const targets = targetInfos.filter(
    ({ type, url }) => type === 'service_worker' && url.includes(extensionId),
  )
  for (const { targetId } of targets) await browserCdp.send('Target.closeTarget', { targetId })
}

/** Loads the extension and waits until it listens: a click before that is lost. */
async function loadExtension(
  context: BrowserContext,
  browserCdp: CDPSession,
  path: string,
): Promise<string> {
  const { id } = await sendUntyped<{ id: string }>(browserCdp, 'Extensions.loadUnpacked', { path })
  await waitFor(async () => {
    const worker = context.serviceWorkers().find((one) => one.url().includes(id))
    return (await worker?.evaluate<boolean>('chrome.action.onClicked.hasListeners()')) || undefined
  }, 'the background to listen')
  return id
}

/** A tab, unlike a page, is only named by its address and by being in front. */
async function triggerAction(browserCdp: CDPSession, id: string, tab: Page) {
  await tab.bringToFront()
  // The browser's own idea of its tabs runs a moment behind a page that was just led elsewhere.
  const target = await waitFor(async () => {
    const { targetInfos } = await sendUntyped<{ targetInfos: TabTarget[] }>(
      browserCdp,
      'Target.getTargets',
      { filter: [{ type: 'tab' }] },
    )
    return targetInfos.find(({ url, embedderData }) => url === tab.url() && embedderData.tabActive)
  }, `a tab in front that shows ${tab.url()}`)
  await sendUntyped(browserCdp, 'Extensions.triggerAction', { id, targetId: target.targetId })
}

interface TabTarget {
  targetId: string
  url: string
  embedderData: { tabActive: boolean }
}

/** Playwright's protocol types are older than the Extensions domain. */
function sendUntyped<Answer = unknown>(cdp: CDPSession, method: string, params: object) {
  return (cdp.send as (method: string, params: object) => Promise<unknown>)(
    method,
    params,
  ) as Promise<Answer>
}

/** Chromium notes its process in the profile it holds: a link to `host-pid`. */
function browserPid(profile: string): number {
  return Number(readlinkSync(join(profile, 'SingletonLock')).split('-').at(-1))
}

function needScreen(screen: Screen | undefined): Screen {
  if (!screen) throw new Error('no X server here: use clickAction instead of a key')
  return screen
}
