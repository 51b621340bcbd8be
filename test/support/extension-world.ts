import type { CDPSession, Page } from 'playwright-core'

import type { LaunchedChromium } from './chromium'

export interface WorldScript {
  url: string
  source: string
}

/** What an extension has in a page, told by the browser's debugger. */
export interface ExtensionWorld {
  cdp: CDPSession
  /** Its contexts in the page and its frames; none where nothing was ever put in. Once there, Chromium makes one anew, empty, for each page that follows. */
  contexts(): number[]
  /** Its scripts in the page that is there now, whole. */
  scripts(): Promise<WorldScript[]>
  /** Kinds of events that somebody listens to on the window or the document, seen from a context. */
  listeners(contextId?: number): Promise<string[]>
}

/** Watches a page from now on. */
export async function watchExtensionWorld(
  { context, extensionId }: Pick<LaunchedChromium, 'context' | 'extensionId'>,
  page: Page,
): Promise<ExtensionWorld> {
  const cdp = await context.newCDPSession(page)
  const origin = `chrome-extension://${extensionId}`
  const contexts = new Set<number>()
  const scripts: { scriptId: string; url: string; executionContextId: number }[] = []
  cdp.on('Runtime.executionContextCreated', ({ context: { id, origin: of } }) => {
    if (of.startsWith(origin)) contexts.add(id)
  })
  cdp.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
    contexts.delete(executionContextId)
  })
  cdp.on('Runtime.executionContextsCleared', () => {
    contexts.clear()
    scripts.length = 0
  })
  cdp.on('Debugger.scriptParsed', (script) => scripts.push(script))
  await cdp.send('Runtime.enable')
  await cdp.send('Debugger.enable')

  return {
    cdp,
    contexts: () => [...contexts],
    scripts: async () =>
      Promise.all(
        scripts
          .filter(
            ({ url, executionContextId }) =>
              url.startsWith(origin) || contexts.has(executionContextId),
          )
          .map(async ({ scriptId, url }) => {
            const { scriptSource } = await cdp.send('Debugger.getScriptSource', { scriptId })
            return { url, source: scriptSource }
          }),
      ),
    listeners: async (contextId) => {
      const { result, exceptionDetails } = await cdp.send('Runtime.evaluate', {
        expression: '[window, document].flatMap((each) => Object.keys(getEventListeners(each)))',
        includeCommandLineAPI: true,
        returnByValue: true,
        ...(contextId !== undefined && { contextId }),
      })
      if (exceptionDetails) throw new Error(exceptionDetails.text)
      return result.value as string[]
    },
  }
}
