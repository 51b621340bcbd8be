import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'

import { anchorAt, anchorUnderCursor, expectFound } from './portal/finding'
import { lab, open, portal, sharp, useLab } from './portal/lab-on-portal'
import { FIELDS, truthOf, uncovered } from './portal/truth'

useLab({ isSharpToo: true })

async function expectCovered(page: Page, where = lab): Promise<number[][]> {
  const truth = await truthOf(page, FIELDS)
  const mask = await where.call('collect', (await where.tabOf(page)).tabId)

  expect(truth.length).toBeGreaterThan(1)
  expect(truth.filter((box) => uncovered(box, mask?.boxes ?? []) > 0)).toEqual([])
  expect(mask).toMatchObject({ complete: true, overflowed: false })
  return mask?.boxes ?? []
}

async function walk(page: Page): Promise<void> {
  const { tabId } = await lab.tabOf(page)
  const options = { tabIds: [tabId], origins: [portal.origin], withholdNames: false }
  await lab.call('startWalk', options)
}

/** The steps of a walk, once there are so many, each as its kind and what it says. */
async function stepsUntil(count: number) {
  await expect
    .poll(async () => (await lab.call('steps')).length, { timeout: 8_000 })
    .toBeGreaterThanOrEqual(count)
  return (await lab.call('steps')).map((step) => [
    step.kind,
    ...('route' in step ? [step.route, step.breadcrumb] : []),
    ...('name' in step ? [step.name] : []),
  ])
}

test('a form in a frame inside shadow roots, as ServiceNow has it, is covered, described and followed', async () => {
  const page = await open('/servicenow')
  const frame = page.frames().find((each) => each.url().endsWith('/form'))
  await expectCovered(page)
  await walk(page)
  await stepsUntil(1)
  await frame?.getByText('Order now').click()
  const anchor = await anchorUnderCursor(lab, page)

  expect(await stepsUntil(2)).toEqual([
    ['page', '/servicenow', null],
    ['click', 'Order now'],
  ])
  expect(anchor).toMatchObject({ role: 'button', name: 'Order now', isOnly: true })
  expect(anchor.selectors.at(-1)?.path).toEqual([
    '#shell',
    'sn-canvas',
    '#gsft_main',
    'html > body > form > button:nth-of-type(1)',
  ])
})

test('a single-page app is followed over pushState, replaceState and back, with its breadcrumb', async () => {
  const page = await open('/spa')
  await walk(page)
  await stepsUntil(1)
  await page.getByText('Only mine').click()
  await page.getByText('Open Hardware').click()
  await stepsUntil(4)
  await page.getByText('Open Laptop').click()
  await stepsUntil(6)
  await expectCovered(page)
  await page.goBack()

  expect(await stepsUntil(8)).toEqual([
    ['page', '/spa', ['Catalogue']],
    ['click', 'Only mine'],
    ['click', 'Open Hardware'],
    ['page', '/spa/hardware', ['Catalogue', 'Hardware']],
    ['click', 'Open Laptop'],
    ['page', '/spa/hardware/laptop', ['Catalogue', 'Hardware', 'Laptop']],
    ['back'],
    ['page', '/spa/hardware', ['Catalogue', 'Hardware']],
  ])
  expect((await anchorAt(lab, page, 'text=Open Laptop')).name).toBe('Open Laptop')
})

test('a breadcrumb says the last five, without patterns, and nothing where names are withheld', async () => {
  const page = await open('/equals')
  await walk(page)
  expect(await stepsUntil(1)).toEqual([['page', '/equals', ['Home', 'IT', 'Help :email']]])
  const { tabId } = await lab.tabOf(page)
  await lab.call('startWalk', { tabIds: [tabId], origins: [portal.origin], withholdNames: true })
  await page.reload()

  expect(await stepsUntil(1)).toEqual([['page', '/equals', null]])
})

test('a feed without an end is covered as far as it is seen, and followed by what is clicked', async () => {
  const page = await open('/feed')
  await walk(page)
  await stepsUntil(1)
  for (let screen = 0; screen < 20; screen += 1) {
    await page.mouse.wheel(0, 3_000)
    await page.waitForTimeout(60)
  }
  await expect.poll(() => page.locator('article').count()).toBeGreaterThan(200)
  await page.waitForTimeout(300)
  const boxes = await expectCovered(page)
  const inView = page.locator('article button').nth(150)
  await inView.scrollIntoViewIfNeeded()
  await inView.click()

  // Two things an article, and margins: no more than a screen of them.
  expect(boxes.length).toBeLessThan(60)
  // A busy machine may have let its customer wait for the page as well.
  await expect
    .poll(async () => (await stepsUntil(2)).filter(([kind]) => kind !== 'wait'))
    .toEqual([
      ['page', '/feed', null],
      ['click', 'Read announcement 151'],
    ])
})

test('a page of ten thousand elements is covered, described and followed', async () => {
  const page = await open('/large')
  await walk(page)
  await stepsUntil(1)
  await page.locator('#ask').scrollIntoViewIfNeeded()
  const mask = await lab.call('collect', (await lab.tabOf(page)).tabId)
  const bare = (await truthOf(page, FIELDS)).filter((box) => uncovered(box, mask?.boxes ?? []) > 0)
  await page.locator('#ask').click()

  expect(await page.locator('*').count()).toBeGreaterThan(10_000)
  // Looked through, or, on a machine too busy for that, covered whole.
  expect(mask?.complete === false || bare.length === 0).toBe(true)
  // Such a machine may have let its customer wait for the page as well.
  await expect
    .poll(async () => (await stepsUntil(2)).filter(([kind]) => kind !== 'wait').slice(0, 2))
    .toEqual([
      ['page', '/large', null],
      ['click', 'Ask the desk'],
    ])
  // Where looking through all of them takes too long, nobody knows: then it is asked again.
  await expect
    .poll(() => anchorUnderCursor(lab, page), { timeout: 10_000 })
    .toMatchObject({ name: 'Ask the desk', isOnly: true })
})

test('a page from right to left is covered, described, followed and found again', async () => {
  const page = await open('/rtl')
  await expectCovered(page)
  await walk(page)
  await stepsUntil(1)
  await page.locator('#second').click()
  const anchor = await anchorUnderCursor(lab, page)
  const steps = await stepsUntil(2)
  await lab.call('endWalk')
  await page.reload()

  expect(steps).toEqual([
    ['page', '/rtl', ['الرئيسية', 'طلبات']],
    ['click', 'تفاصيل'],
  ])
  expect(anchor).toMatchObject({ role: 'button', name: 'تفاصيل', isOnly: false })
  await expectFound(lab, page, anchor, '#second')
})

test.each(['/requests/new', '/rtl', '/servicenow', '/hotkeys'])(
  '%s is covered at 200 per cent zoom',
  async (path) => {
    const page = await open(path)
    const { tabId } = await lab.tabOf(page)
    await lab.call('setZoom', tabId, 2)
    await page.waitForTimeout(300)
    const ratio = await page.evaluate(() => devicePixelRatio)
    const mask = await lab.call('collect', tabId)
    // Playwright's boxes know nothing of zoom: the page measures itself.
    const fields = await page.evaluate(() =>
      Array.from(document.querySelectorAll('input, select, textarea, .data')).flatMap((each) =>
        Array.from(each.getClientRects(), ({ x, y, width, height }) => [x, y, width, height]),
      ),
    )
    const { innerWidth: width, innerHeight: height } = await page.evaluate(() => ({
      innerWidth,
      innerHeight,
    }))
    const seen = fields
      .map((field) => clipped(field, width, height))
      .filter(([, , wide, high]) => wide > 0 && high > 0)
    await lab.call('setZoom', tabId, 1)

    expect(ratio).toBe(2)
    expect(mask).toMatchObject({ complete: true, overflowed: false, print: { width: 500 } })
    expect(seen.filter((box) => uncovered(box, mask?.boxes ?? []) > 0)).toEqual([])
  },
)

function clipped([x, y, wide, high]: number[], width: number, height: number) {
  const [left = 0, top = 0] = [x, y]
  return [left, top, Math.min(width - left, wide ?? 0), Math.min(height - top, high ?? 0)] as [
    number,
    number,
    number,
    number,
  ]
}

test.each(['/requests/new', '/rtl', '/servicenow', '/feed', '/spa'])(
  '%s is covered at two device pixels per CSS pixel',
  async (path) => {
    const page = await open(path, sharp)

    expect(await page.evaluate(() => devicePixelRatio)).toBe(2)
    await expectCovered(page, sharp)
  },
)
