import { join } from 'node:path'
import { launch, type Browser, type Page } from 'puppeteer-core'
import { findFirefox } from '../../scripts/browsers.mjs'
import { root } from '../../scripts/tools.mjs'
import { hasScreen, openScreen } from './screen'
import { waitFor } from './wait-for'

export interface LaunchedFirefox {
  browser: Browser
  /** False where there is no X server: then the toolbar action stands in for the key. */
  pressesRealKeys: boolean
  /** Runs a script in the browser's own window, above every page. */
  inChrome<Answer>(expression: string): Promise<Answer>
  /** Fires the toolbar action on the tab in front, as a click does. */
  clickAction(): Promise<void>
  /** The address the sidebar shows; undefined while it is closed. */
  sidebarUrl(): Promise<string | undefined>
  /**
   * Runs the body of an async function in the sidebar's page, with `document`
   * at hand and the page's own objects behind Firefox's wrappers.
   */
  inSidebar<Answer>(body: string): Promise<Answer>
  /** Clicks what the body of a function finds in the sidebar, as the mouse would: the page trusts it. */
  clickInSidebar(find: string): Promise<boolean>
  /** Says yes to the browser's own question, once it is asked. */
  acceptPermissionPrompt(): Promise<void>
  /** Presses real keys on the window, `ctrl+shift+f`. */
  pressKeys(...keys: string[]): Promise<void>
  /** Opens a page of the extension in a tab, such as `sidepanel.html`. */
  openExtensionPage(path: string): Promise<Page>
  close(): Promise<void>
}

interface BidiConnection {
  send(method: string, params: object): Promise<{ result: Record<string, unknown> }>
}

const extensionFolder = join(root, 'dist/extension/firefox-mv3')

/**
 * A real Firefox with the built extension, driven over BiDi. What BiDi has no
 * word for (the toolbar, the sidebar) is done from the browser's own window,
 * which `--remote-allow-system-access` opens to tests; no test hook ships.
 */
export async function launchFirefox(): Promise<LaunchedFirefox> {
  const executablePath = findFirefox()
  if (executablePath === undefined) {
    throw new Error('no Firefox: run the tests through npm, which installs one')
  }
  const screen = hasScreen ? await openScreen() : undefined
  const browser = await launch({
    browser: 'firefox',
    executablePath,
    headless: screen === undefined,
    args: ['--remote-allow-system-access'],
    ...(screen && { env: { ...process.env, DISPLAY: screen.display, MOZ_ENABLE_WAYLAND: '0' } }),
  })
  const { connection } = browser as unknown as { connection: BidiConnection }
  const id = await browser.installExtension(extensionFolder)
  const tree = await connection.send('browsingContext.getTree', { 'moz:scope': 'chrome' })
  const [window] = tree.result['contexts'] as { context: string }[]
  if (!window) throw new Error('Firefox shows no window')

  async function inChrome<Answer>(expression: string): Promise<Answer> {
    const { result } = await connection.send('script.evaluate', {
      // BiDi answers plain values only one level deep; text carries the rest.
      expression: `(async () => JSON.stringify(await (${expression})))()`,
      target: { context: window?.context },
      awaitPromise: true,
    })
    if (result['type'] !== 'success') {
      throw new Error(`Firefox: ${JSON.stringify(result['exceptionDetails'])}`)
    }
    const { value } = result['result'] as { value?: string }
    return (value === undefined ? undefined : JSON.parse(value)) as Answer
  }

  const launched: LaunchedFirefox = {
    browser,
    pressesRealKeys: screen !== undefined,
    inChrome,
    clickAction: () =>
      inChrome(`(() => {
        const { ExtensionParent } = ChromeUtils.importESModule('resource://gre/modules/ExtensionParent.sys.mjs')
        const { extension } = WebExtensionPolicy.getByID('${id}')
        return ExtensionParent.apiManager.global.browserActionFor(extension).triggerAction(window)
      })()`),
    sidebarUrl: async () => {
      const url = await inChrome<string | null>(
        `SidebarController.isOpen ? (${sidebarBrowser}?.currentURI.spec ?? null) : null`,
      )
      // It opens blank and is filled a moment later.
      return url === null || url === 'about:blank' ? undefined : url
    },
    inSidebar: async <Answer>(body: string) => {
      const outcome = await inChrome<{ answer?: Answer; error?: string }>(sidebarScript(body))
      if (outcome.error !== undefined) throw new Error(`in the sidebar: ${outcome.error}`)
      return outcome.answer as Answer
    },
    clickInSidebar: (find) =>
      launched.inSidebar(`
        const found = (() => { ${find} })()
        if (!found) return false
        found.scrollIntoView({ block: 'center' })
        const { left, top, width, height } = found.getBoundingClientRect()
        for (const type of ['mousedown', 'mouseup'])
          window.synthesizeMouseEvent(type, left + width / 2, top + height / 2, { button: 0, clickCount: 1, inputSource: 1 }, {})
        return true`),
    acceptPermissionPrompt: async () => {
      await waitFor(
        async () =>
          (await inChrome<boolean>(`(() => {
            const [question] = PopupNotifications.panel.children
            if (PopupNotifications.panel.state !== 'open' || !question?.button) return false
            question.button.click()
            return true
          })()`)) || undefined,
        'the browser to ask',
      )
    },
    pressKeys: async (...keys) => {
      if (screen === undefined)
        throw new Error('no X server here: use clickAction instead of a key')
      await screen.press(...keys)
    },
    openExtensionPage: async (path) => {
      const host = await inChrome<string>(
        `WebExtensionPolicy.getByID('${id}').mozExtensionHostname`,
      )
      const page = await browser.newPage()
      const { contexts } = (await connection.send('browsingContext.getTree', {})).result as {
        contexts: { context: string }[]
      }
      // page.goto would wait for ever: Firefox swaps the process underneath and
      // puppeteer misses the end of the navigation, though the page is there.
      await connection.send('browsingContext.navigate', {
        context: contexts.at(-1)?.context,
        url: `moz-extension://${host}/${path}`,
        wait: 'complete',
      })
      return page
    },
    close: async () => {
      await browser.close()
      await screen?.close()
    },
  }
  return launched
}

const sidebarBrowser =
  "SidebarController.browser.contentDocument.getElementById('webext-panels-browser')"

/** A frame script: the only way into a sidebar, which BiDi does not list among its contexts. */
function sidebarScript(body: string): string {
  const frameScript = `
    (async (document, window) => { ${body} })(content.document, content).then(
      (answer) => sendAsyncMessage('answer', { answer }),
      (error) => sendAsyncMessage('answer', { error: String(error) }),
    )`
  return `new Promise((settle) => {
    const { messageManager } = ${sidebarBrowser}
    messageManager.addMessageListener('answer', function heard({ data }) {
      messageManager.removeMessageListener('answer', heard)
      settle(data)
    })
    messageManager.loadFrameScript('data:,' + ${JSON.stringify(encodeURIComponent(frameScript))}, false)
  })`
}
