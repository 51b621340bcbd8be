import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'

import { hoverInClosed } from './portal/hover'
import { lab, load, portal, useLab } from './portal/lab-on-portal'

useLab()

async function walk(page: Page, withholdNames = false): Promise<void> {
  const { tabId } = await lab.tabOf(page)
  await lab.call('startWalk', { tabIds: [tabId], origins: [portal.origin], withholdNames })
}

async function stepsUntil(isThere: (kinds: string[]) => boolean) {
  await expect
    .poll(async () => isThere((await lab.call('steps')).map((step) => String(step.kind))), {
      timeout: 8_000,
    })
    .toBe(true)
  return lab.call('steps')
}

test('an errand over sign-in, search, form and a broken page is told in order, without values', async () => {
  const page = await load('/names')
  await walk(page)
  await page.goto(`${portal.origin}/home`)
  await page.fill('[name=user]', 'canary-user')
  await page.fill('[name=password]', 'canary-password')
  await page.click('button')
  await page.fill('[type=search]', 'canary search words')
  await page.click('button')
  await page.waitForURL(/search/)
  await stepsUntil((kinds) => kinds.filter((kind) => kind === 'page').length === 3)
  await page.goto(`${portal.origin}/requests/new`)
  await page.click('button')
  await page.fill('[name=mac]', '00:11:22:33:44:55')
  await page.fill('#reason', 'canary reason')
  await page.click('button')
  await page.waitForLoadState()
  await page.goto(`${portal.origin}/broken`)
  const steps = await stepsUntil((kinds) => kinds.filter((kind) => kind === 'error').length >= 4)

  const told = steps.map((step) => [
    step.kind,
    ...('route' in step ? [step.route] : []),
    ...('name' in step ? [step.name] : []),
    ...('message' in step ? [step.status, step.message] : []),
  ])
  expect(told).toEqual([
    ['page', '/names'],
    ['unseen'],
    ['page', '/home'],
    ['click', 'Search'],
    ['page', '/search'],
    ['page', '/requests/new'],
    ['click', 'Submit request'],
    ['error', null, 'MAC address: required'],
    ['click', 'Submit request'],
    ['page', '/requests/new'],
    ['error', null, '… is no valid justification.'],
    ['page', '/broken'],
    ['error', 503, null],
    ['error', null, 'The catalogue is not available.'],
  ])
  expect(JSON.stringify(steps)).not.toContain('canary')
})

test('a page that came between the options and the script is followed by its own, name and all', async () => {
  const page = await load('/names')
  await lab.call('runTrailWithoutOptions', (await lab.tabOf(page)).tabId)
  await walk(page)

  const [step] = await stepsUntil((kinds) => kinds.includes('page'))

  expect(step).toMatchObject({ kind: 'page', route: '/names', title: await page.title() })
})

test('a wait is measured from the click to the page that is there at last', async () => {
  await lab.context.addCookies([{ name: 'portal', value: 'in', url: portal.origin }])
  const page = await load('/home')
  await walk(page)
  await page.click('text=My requests')
  const steps = await stepsUntil((kinds) => kinds.includes('wait'))

  const waited = steps.find((step) => step.kind === 'wait')
  expect(waited && 'ms' in waited ? waited.ms : 0).toBeGreaterThan(2_200)
  expect(waited && 'ms' in waited ? waited.ms : 0).toBeLessThan(4_000)
})

test('routes of a script’s page, its slow button and the way back are told', async () => {
  const page = await load('/app')
  await walk(page)
  await page.click('#requests')
  await page.click('#one')
  await page.goBack()
  await page.click('#load')
  const steps = await stepsUntil((kinds) => kinds.includes('wait'))

  expect(
    steps
      .filter(({ kind }) => kind === 'page' || kind === 'back')
      .map((step) => ('route' in step ? step.route : step.kind)),
  ).toEqual(['/app', '/app/requests', '/app/requests/:id', 'back', '/app/requests'])
  expect(steps.at(-1)).toMatchObject({ kind: 'wait', for: 'Load all' })
})

test('a page that was there before the walk is told as of now, without a wait', async () => {
  await lab.context.addCookies([{ name: 'portal', value: 'in', url: portal.origin }])
  const page = await load('/slow')
  await page.waitForTimeout(5_500)
  const startedAt = Date.now()
  await walk(page)
  await stepsUntil((kinds) => kinds.includes('page'))
  await page.waitForTimeout(2_500)
  const steps = await lab.call('steps')

  expect(steps.map(({ kind }) => kind)).toEqual(['page'])
  expect(steps[0]?.at).toBeGreaterThanOrEqual(startedAt)
})

test('a second injection doubles nothing, and after the end nothing is told', async () => {
  const page = await load('/app')
  await walk(page)
  const { tabId } = await lab.tabOf(page)
  await lab.call('startTrail', tabId)
  await lab.call('startTrail', tabId)
  await page.click('#requests')
  const steps = await stepsUntil((kinds) => kinds.filter((kind) => kind === 'page').length === 2)
  await lab.call('endWalk')
  const heard = await lab.call('heard')
  await page.click('#one')
  await page.waitForTimeout(800)

  expect(steps.filter(({ kind }) => kind === 'click')).toHaveLength(1)
  expect(await lab.call('heard')).toBe(heard)
})

test('a tab opened from a walked tab is followed too', async () => {
  await lab.context.addCookies([{ name: 'portal', value: 'in', url: portal.origin }])
  const page = await load('/home')
  await walk(page)
  await page.click('#beta')
  const steps = await stepsUntil((kinds) => kinds.filter((kind) => kind === 'page').length === 2)

  expect(steps.at(-1)).toMatchObject({ kind: 'page', route: '/app', title: 'New portal' })
})

test('what is withheld leaves no title and no message', async () => {
  const page = await load('/names')
  await walk(page, true)
  await page.goto(`${portal.origin}/broken`)
  const steps = await stepsUntil((kinds) => kinds.filter((kind) => kind === 'error').length >= 2)

  expect(steps.filter((step) => 'title' in step && step.title !== null)).toEqual([])
  expect(steps.filter((step) => 'message' in step && step.message !== null)).toEqual([])
})

test('clicks in closed roots and in frames are told by their names', async () => {
  const page = await load('/shadow')
  await page.waitForLoadState('networkidle')
  await walk(page)
  await stepsUntil((kinds) => kinds.includes('page'))
  await hoverInClosed(page, 'x-closed', 'button')
  await page.mouse.down()
  await page.mouse.up()
  await page
    .frames()
    .find((each) => each.url().endsWith('/in-shadow-frame'))
    ?.locator('#go')
    .click()
  const steps = await stepsUntil((kinds) => kinds.filter((kind) => kind === 'click').length === 2)

  expect(
    steps.filter(({ kind }) => kind === 'click').map((step) => ('name' in step ? step.name : '')),
  ).toEqual(['Check status', 'Continue inside'])
})
