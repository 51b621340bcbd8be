import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll } from 'vitest'

import { type OpenLab, openLab } from './lab'
import { type Portal, startPortal } from './portal'

/** Of the file that called `useLab`, from its first test on. */
export let portal: Portal
export let lab: OpenLab
/** Another lab on a screen of two device px a CSS px, where one was asked for. */
export let sharp: OpenLab

/** Opens portal and lab for a whole file of tests; after each test its walk and its pages are over. */
export function useLab({ isSharpToo = false } = {}): void {
  const labs = () => (isSharpToo ? [lab, sharp] : [lab])
  beforeAll(async () => {
    portal = await startPortal()
    lab = await openLab()
    if (isSharpToo) sharp = await openLab({ scale: 2 })
  })
  afterAll(async () => {
    for (const each of labs()) await each.close()
    await portal.stop()
  })
  afterEach(async () => {
    await lab.call('endWalk')
    for (const { context } of labs())
      for (const page of context.pages().slice(1)) await page.close()
  })
}

/** A page of the portal in a new tab, once it is there. */
export async function load(path: string, where = lab): Promise<Page> {
  const page = await where.context.newPage()
  await page.goto(portal.origin + path)
  return page
}

/** A page of the portal in a new tab, once its scripts and frames are at rest. */
export async function open(path: string, where = lab): Promise<Page> {
  const page = await load(path, where)
  await page.waitForLoadState('networkidle')
  return page
}
