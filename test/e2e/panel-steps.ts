import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'

import type { LaunchedChromium } from '../support/chromium'

const ERRAND = 'My laptop won’t join the Wi-Fi.'
export const WORDS = 'Typed wifi, got nothing.'

export function panelAddress({ extensionId }: LaunchedChromium): string {
  return `chrome-extension://${extensionId}/sidepanel.html`
}

export async function badgeOf(browser: LaunchedChromium): Promise<string> {
  const worker = await browser.serviceWorker()
  return worker.evaluate('chrome.action.getBadgeText({})')
}

/** Starts an errand on the portal, from the panel, with the browser's own question answered yes. */
export async function startErrand(browser: LaunchedChromium, panel: Page): Promise<void> {
  await panel.getByRole('button', { name: 'Walk a service' }).click()
  await panel.getByLabel('Your errand, in a customer’s words').fill(ERRAND)
  await panel.getByLabel('New starter').check({ force: true })
  await panel.getByText(/Wince will see 127\.0\.0\.1:\d+ only/).waitFor()
  await panel.getByRole('button', { name: 'Start walking' }).click()
  await panel.getByRole('button', { name: 'Your browser asks you now' }).waitFor()
  await browser.acceptPermissionPrompt()
  await panel.getByRole('button', { name: 'End walk' }).waitFor()
}

/** A team’s server that answers nothing useful and remembers what it was sent. */
export async function startListener() {
  const bodies: string[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (part: Buffer) => (body += part.toString()))
    request.on('end', () => {
      if (request.method === 'POST') bodies.push(body)
      response.writeHead(request.method === 'OPTIONS' ? 204 : 500, {
        'access-control-allow-origin': '*',
        'access-control-allow-headers': 'authorization, content-type',
      })
      response.end()
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    bodies,
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => server.close(),
  }
}

/** As if this browser had been connected; how that is done is another test’s. */
export async function pairWith(
  panel: Page,
  server: string,
  { coverEverything = false } = {},
): Promise<void> {
  await panel.evaluate(writePairing, [server, coverEverything] as const)
}

/** Runs in a page of the extension. */
export function writePairing([server, coverEverything]: readonly [string, boolean]): Promise<void> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('wince')
    opening.addEventListener('error', () => reject(new Error('no database')))
    opening.addEventListener('success', () => {
      const transaction = opening.result.transaction('meta', 'readwrite')
      transaction.objectStore('meta').put(
        {
          server,
          workspaceId: '019aab3a-0000-7000-8000-000000000001',
          personId: '019aab3a-0000-7000-8000-000000000002',
          pairingId: '019aab3a-0000-7000-8000-000000000003',
          token: 'token',
          workspaceName: 'IT Service Team',
          personName: 'Ada',
          coverEverything,
          pairedAt: Date.now(),
          disconnectedAt: null,
        },
        'pairing',
      )
      transaction.addEventListener('complete', () => {
        opening.result.close()
        resolve()
      })
    })
  })
}
