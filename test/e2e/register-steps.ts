import type { DatabaseSync } from 'node:sqlite'
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

import { uuidv7 } from '#shared/id'

import { expectAxeClean } from '../support/axe'
import { launchChromium } from '../support/chromium'
import { openWorkspace } from '../support/first-run'
import { openLocalDatabase } from '../support/local-data'
import { takeScreenshots, takeZoomedScreenshot } from '../support/screenshot'
import { startWorker } from '../support/worker'

const DAY_MS = 86_400_000

/** The title of entry 9. */
export const MARKUP = '<img src=x onerror="document.title=1">'

/** A worker with `seedEntries`, and a browser that is signed in as its owner. */
export async function openRegister() {
  const worker = await startWorker()
  const opened = await openWorkspace(worker)
  const desk = (await opened.client.addPerson({ name: 'Desk manager', role: 'reviewer' })).id
  await worker.stop()
  const database = openLocalDatabase(worker.folder, { readOnly: false })
  seedEntries(database, { workspaceId: opened.workspaceId, personId: desk, title: MARKUP })
  database.close()
  await worker.restart()
  const browser = await launchChromium({ extension: false, headed: false })
  const page = await browser.context.newPage()
  const complaints: string[] = []
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.emulateMedia({ reducedMotion: 'reduce' })
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (/Content.Security.Policy|TrustedHTML/i.test(message.text())) complaints.push(message.text())
  })
  await page.goto(worker.origin)
  await page.getByLabel('Or with a code').fill(opened.recoveryCodes[0] ?? '')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('navigation', { name: 'Main' }).waitFor()
  return {
    worker,
    page,
    /** The id of the person who owns what is owned. */
    desk,
    /** What pages threw, and what the content security policy refused. */
    complaints,
    async close() {
      await browser.close()
      await worker.close()
    },
  }
}
export type OpenRegister = Awaited<ReturnType<typeof openRegister>>

/** 70 open entries in every cell and state, promises late and kept, and a title of markup. */
function seedEntries(
  database: DatabaseSync,
  { workspaceId, personId: desk, title }: { workspaceId: string; personId: string; title: string },
) {
  const now = Date.now()
  const day = (from: number) => new Date(now + from * DAY_MS).toISOString().slice(0, 10)
  const id = () => uuidv7(now, (length) => crypto.getRandomValues(new Uint8Array(length)))
  const states = ['new', 'accepted', 'analyse', 'progress', 'hold', 'check', 'reopened']
  const add = database.prepare(`
    INSERT INTO entry (id, workspace_id, number, mood, title, service, channel, state, owner_person, impact, effort, due,
      monthly, monthly_source, notes, leaders, worst, free, opened_at, changed_at, version, seq)
    VALUES (?, ?, ?, 'embarrassed', ?, ?, 'portal', ?, ?, ?, ?, ?, ?, 'the desk’s count', 2, ?, ?, ?, 1, ?, 1, ?)`)
  const promise = database.prepare(`
    INSERT INTO follow_up (id, workspace_id, entry_id, person_id, since, due_at, settled_at) VALUES (?, ?, ?, ?, ?, ?, ?)`)
  const work = database.prepare(
    'INSERT INTO entry_work (entry_id, workspace_id, is_systemic, hold_day, review_on) VALUES (?, ?, 1, ?, ?)',
  )
  const opened = database.prepare(
    "INSERT INTO event (id, workspace_id, entry_id, at, actor, what) VALUES (?, ?, ?, ?, ?, 'opened-by-hand')",
  )
  for (let number = 1; number <= 70; number += 1) {
    const entry = id()
    const isJudged = number > 5
    add.run(
      entry,
      workspaceId,
      number,
      number === 9 ? title : `Problem ${number}: the form forgets what was typed`,
      number % 2 ? 'Wi-Fi and VPN' : 'Help line',
      states[number % 7] ?? 'new',
      number % 3 === 0 ? desk : null,
      isJudged ? 4 - (number % 4) : null,
      isJudged ? (['S', 'M', 'L', 'XL'][number % 5] ?? 'S') : null,
      number % 4 ? null : day(number % 8 ? 9 : -3),
      number === 12 ? 120 : null,
      1 + (number % 6),
      1 + (number % 3),
      Number(number % 5 === 0),
      now - (number % 10 === 0 ? 40 : 1) * DAY_MS,
      number,
    )
    opened.run(entry, workspaceId, entry, now, desk)
    if (number % 9 === 0) {
      promise.run(
        id(),
        workspaceId,
        entry,
        desk,
        now,
        now + (number % 2 ? 5 : -2) * 3_600_000,
        null,
      )
      promise.run(id(), workspaceId, entry, desk, now, null, now)
    }
    if (number % 7 === 4 || number % 7 === 5) work.run(entry, workspaceId, day(-1), day(-1))
  }
  database
    .prepare('UPDATE workspace SET seq = 100, next_entry_number = 71 WHERE id = ?')
    .run(workspaceId)
}

/** In light and dark, at 1280 × 800 and at its half, which is what 200 % zoom leaves. */
export async function expectGood(page: Page, name: string): Promise<void> {
  await takeScreenshots(page, name)
  await expectAxeClean(page)
  await page.emulateMedia({ reducedMotion: 'reduce' })
  for (const size of [
    { width: 1280, height: 800 },
    { width: 640, height: 400 },
  ]) {
    // oxlint-disable-next-line no-await-in-loop -- one size after the other
    await page.setViewportSize(size)
    // oxlint-disable-next-line no-await-in-loop -- see above
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(sideways, `${page.url()} at ${size.width} px`).toBeLessThanOrEqual(0)
  }
  await page.setViewportSize({ width: 1440, height: 900 })
  await takeZoomedScreenshot(page, name)
}

/** The mouse takes one thing to the middle of another and stays there, with its button down. */
export async function dragOver(page: Page, from: Locator, to: Locator): Promise<void> {
  await from.scrollIntoViewIfNeeded()
  await from.hover()
  await page.mouse.down()
  const box = await to.boundingBox()
  if (!box) throw new Error('nothing to drag to')
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 6 })
}
