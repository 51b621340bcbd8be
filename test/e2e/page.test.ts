import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'

import type { Anchor } from '#shared/anchor'
import { anchorKey } from '#shared/place-key'
import type { PagePlace } from '#shared/place'

import { hoverInClosed } from './portal/hover'
import { openLab } from './portal/lab'
import { lab, load, portal, useLab } from './portal/lab-on-portal'

useLab()

async function describePage(page: Page, withholdNames = false): Promise<PagePlace> {
  const { tabId } = await lab.tabOf(page)
  return (await lab.call('describe', tabId, withholdNames)) as PagePlace
}

async function anchorAt(page: Page, selector: string, withholdNames = false): Promise<Anchor> {
  await page.locator(selector).hover({ force: true })
  const { anchor } = await describePage(page, withholdNames)
  if (!anchor) throw new Error(`nothing under the cursor at ${selector}`)
  return anchor
}

test('names and roles are those that assistive technology says, never a value', async () => {
  const page = await load('/names')
  const expected: Record<string, [role: string, name: string | null]> = {
    t1: ['textbox', 'Billing address'],
    t2: ['textbox', 'Phone'],
    t3: ['textbox', 'City'],
    t4: ['textbox', 'Country code'],
    t5: ['textbox', 'Placeholder last'],
    t6: ['button', 'Send it'],
    t7: ['textbox', 'From title'],
    t8: ['button', 'Print this page'],
    t9: ['link', 'Home'],
    t10: ['heading', 'Section one'],
    t11: ['textbox', 'Notes'],
    t12: ['textbox', 'Rich'],
    t14: ['button', 'Close'],
    t15: ['generic', null],
    t16: ['button', 'Call :email'],
    t17: ['option', 'Doe, Jane'],
    t18: ['button', 'Open Jane Doe'],
  }
  const found: typeof expected = {}
  for (const id of Object.keys(expected)) {
    const { role, name } = await anchorAt(page, `#${id}`)
    found[id] = [role, name]
  }

  expect(found).toEqual(expected)
})

test('what is withheld has no title, no quote, and no name in rows', async () => {
  const page = await load('/names')

  const inRow = await anchorAt(page, '#t18', true)
  const option = await anchorAt(page, '#t17', true)
  const outside = await anchorAt(page, '#t8', true)
  const place = await describePage(page, true)
  const quoted = await anchorAt(page, '#inner', false)
  const unquoted = await anchorAt(page, '#inner', true)

  expect([inRow.name, option.name, place.title]).toEqual([null, null, null])
  expect(inRow.selectors.every(({ kind }) => kind === 'structure')).toBe(true)
  expect(outside.name).toBe('Print this page')
  expect(quoted.selectors.some(({ kind }) => kind === 'text')).toBe(true)
  expect(unquoted.selectors.some(({ kind }) => kind === 'text')).toBe(false)
})

test('selectors last: no counted-up ids, the test id first', async () => {
  const page = await load('/names')

  const { selectors } = await anchorAt(page, '[data-testid="stable"]')

  expect(selectors[0]).toEqual({ kind: 'attribute', path: ['button[data-testid="stable"]'] })
  expect(JSON.stringify(selectors)).not.toContain('#')
})

test('a button in a closed root and one in a frame in a root are found with their way in', async () => {
  const page = await load('/shadow')
  await page.waitForLoadState('networkidle')

  await hoverInClosed(page, 'x-closed', 'button')
  const closed = await describePage(page)
  const frame = page.frames().find((each) => each.url().endsWith('/in-shadow-frame'))
  await frame?.locator('#go').hover()
  const framed = await describePage(page)

  expect(closed.anchor).toMatchObject({ role: 'button', name: 'Check status' })
  expect(closed.anchor?.selectors.at(-1)?.path).toEqual(['#closed', 'button'])
  expect(framed.anchor).toMatchObject({ role: 'button', name: 'Continue inside' })
  expect(framed.anchor?.selectors[0]?.path).toEqual(['#framed', 'iframe', '#go'])
})

test('with the cursor nowhere, the focused element is described, in a closed root too', async () => {
  const page = await load('/shadow')
  await page.mouse.move(990, 690)
  await page.evaluate(() => {
    const { roots } = globalThis as unknown as { roots: Record<string, ShadowRoot> }
    roots['x-closed']?.querySelector('input')?.focus()
  })

  expect((await describePage(page)).anchor).toMatchObject({
    role: 'textbox',
    name: 'Staff number',
  })
})

test('the same element has the same key in another session', async () => {
  const other = await openLab()
  try {
    const first = await load('/requests/new?session=1')
    const second = await other.context.newPage()
    await second.goto(`${portal.origin}/requests/new#other`)
    const mine = await anchorAt(first, 'button')
    await second.locator('button').hover()
    const { tabId } = await other.tabOf(second)
    const theirs = (await other.call('describe', tabId, false)) as PagePlace

    expect(anchorKey(mine)).toBe('button:submit request')
    expect(theirs.anchor && anchorKey(theirs.anchor)).toBe(anchorKey(mine))
    expect(theirs.route).toBe('/requests/new')
  } finally {
    await other.close()
  }
})

test('words that were searched for are in no title and no name', async () => {
  const page = await load('/search?q=zebra+canary+tumour')

  const anchor = await anchorAt(page, '#clear')
  const place = await describePage(page)

  expect(anchor.name).toBe('Clear :typed')
  expect(place.title).toBe('Results for :typed')
  expect(JSON.stringify(place)).not.toContain('canary')
})
