import type { Page } from 'playwright-core'

import { addVirtualAuthenticator } from '../../support/authenticator'
import type { RunningWorker } from '../../support/worker'

/** Opens the first-run link and becomes the owner by a passkey; ends where a browser is connected. */
export async function firstRunByPasskey(
  page: Page,
  worker: RunningWorker,
  workspace: string,
): Promise<void> {
  await addVirtualAuthenticator(page)
  await page.goto(`${worker.origin}/setup#${worker.setupToken}`)
  await page.getByLabel('Organisation').fill(workspace)
  await page.getByLabel('What you are called here').fill('Service desk manager')
  await page.getByRole('button', { name: 'Go on' }).click()
  await page.getByText('Cover fields and patterns', { exact: true }).click()
  await page.getByRole('button', { name: 'Go on' }).click()
  await page.getByRole('button', { name: 'Make a passkey' }).click()
  await page.getByRole('heading', { name: 'Keep your recovery codes' }).waitFor()
  await page.getByRole('button', { name: 'I have kept them' }).click()
  await page.getByRole('heading', { name: 'Connect your browser' }).waitFor()
}

/** Adds a leader and asks for a code for their browser; ends on the page that shows it. */
export async function askCodeForLeader(
  page: Page,
  worker: RunningWorker,
  name: string,
): Promise<void> {
  await page.goto(`${worker.origin}/manage`)
  await page.getByLabel('Called').fill(name)
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await page.getByRole('link', { name: `Pairing code for ${name}` }).click()
  await page.getByRole('heading', { name: `For ${name}` }).waitFor()
}

/** The pairing link for the code that the page shows. */
export async function pairingLinkOn(page: Page, worker: RunningWorker): Promise<string> {
  const code = page.getByRole('status', { name: /^Pairing code/ })
  await code.waitFor()
  const groups = await code.locator('span').allTextContents()
  return `${worker.origin}/pair#${groups.join('-')}`
}
