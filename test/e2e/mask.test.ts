import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'

import { lab, open, useLab } from './portal/lab-on-portal'
import { PAGES, truthOf, uncovered } from './portal/truth'

useLab()

async function collect(page: Page) {
  const { tabId } = await lab.tabOf(page)
  const mask = await lab.call('collect', tabId)
  if (!mask) throw new Error('nothing collected')
  return mask
}

test.each(Object.entries(PAGES))(
  'every field, pattern and black box of %s is covered',
  async (path, selector) => {
    const page = await open(path)
    const truth = await truthOf(page, selector)
    const mask = await collect(page)

    expect(truth.length).toBeGreaterThan(1)
    expect(truth.filter((box) => uncovered(box, mask.boxes) > 0)).toEqual([])
    expect(mask).toMatchObject({ complete: true, overflowed: false })
  },
)

test('what needs no cover has none', async () => {
  const page = await open('/patient')
  await page.locator('#words').scrollIntoViewIfNeeded()
  const mask = await collect(page)
  const harmless = await truthOf(page, '#words, #plain, #icon')

  expect(harmless).toHaveLength(3)
  // Margins of what is covered beside it may reach in a little.
  for (const box of harmless)
    expect(uncovered(box, mask.boxes)).toBeGreaterThan(0.7 * uncovered(box, []))
})

test('what is covered is known by what it is, and a field by its name', async () => {
  const form = (await collect(await open('/requests/new'))).covers
  const patient = (await collect(await open('/patient'))).covers
  const frames = (await collect(await open('/frames'))).covers
  const named = (covers: typeof form) => covers.map(({ kind, label }) => `${kind} ${label}`)

  expect(named(form)).toEqual([
    'field MAC address',
    'field VLAN',
    'field Business justification',
    'field I have read policy NET-7',
  ])
  expect(named(patient)).toEqual(
    expect.arrayContaining([
      'pattern date',
      'pattern id',
      'pattern email',
      'pattern ssn',
      'marked null',
      'picture null',
    ]),
  )
  expect(named(frames)).toEqual(
    expect.arrayContaining(['uninspected iframe', 'uninspected canvas', 'uninspected video']),
  )
})

test('no name holds what was typed, a pattern, or, where names are withheld, anything of a row', async () => {
  const page = await open('/names')
  await page.evaluate(() => {
    const make = (ariaLabel: string, value = '') =>
      Object.assign(document.createElement('input'), { ariaLabel, value })
    const row = document.body.appendChild(document.createElement('table')).insertRow()
    row.insertCell().append(make('Dose for Jane Roe'))
    document.body.append(make('Mail jane.doe@hospital.example'))
    document.body.append(make('Room for zebra canary', 'zebra canary'))
  })
  const { tabId } = await lab.tabOf(page)
  const labelsOf = async (withholdNames: boolean) =>
    (await lab.call('collect', tabId, { nameCovers: true, withholdNames }))?.covers.map(
      ({ label }) => label,
    )

  const shown = await labelsOf(false)
  const withheld = await labelsOf(true)

  expect(shown).toContain('Mail :email')
  expect(shown).toContainEqual(expect.stringMatching(/^Room for :+typed$/))
  expect(shown).toContain('Dose for Jane Roe')
  expect(JSON.stringify(shown)).not.toMatch(/canary|hospital|typed notes|Chosen value/)
  expect(withheld).toContain('Mail :email')
  expect(withheld).not.toContain('Dose for Jane Roe')
})

test('fields go without names where nobody asked for them', async () => {
  const page = await open('/requests/new')
  const { tabId } = await lab.tabOf(page)

  const mask = await lab.call('collect', tabId, { nameCovers: false, withholdNames: false })

  expect(mask?.covers.map(({ label }) => label)).toEqual([null, null, null, null])
})

test('frames that cannot be looked into, canvas and video are counted apart', async () => {
  const page = await open('/frames')

  expect((await collect(page)).uninspected).toBe(4)
})

test('a page that is scrolled is covered where it is now', async () => {
  const page = await open('/frames')
  await page.locator('#lowest').scrollIntoViewIfNeeded()
  const truth = await truthOf(page, '.data, input')
  const mask = await collect(page)

  expect(truth.length).toBeGreaterThan(1)
  expect(truth.filter((box) => uncovered(box, mask.boxes) > 0)).toEqual([])
})

test('a frame that is turned is covered whole', async () => {
  const page = await open('/frames')
  await page.evaluate(() => {
    document.getElementById('near')?.style.setProperty('transform', 'rotate(10deg)')
  })
  const truth = await truthOf(page, '#near')
  const mask = await collect(page)

  expect(mask.uninspected).toBe(5)
  expect(truth.filter((box) => uncovered(box, mask.boxes) > 0)).toEqual([])
})

test('too many things to cover means everything', async () => {
  const page = await open('/names')
  await page.evaluate(() => {
    document.body.append(
      ...Array.from({ length: 6_000 }, () =>
        Object.assign(document.createElement('input'), {
          style: 'width:3px;height:2px;border:0;padding:0;margin:0;float:left',
        }),
      ),
    )
  })
  const mask = await collect(page)

  expect(mask.overflowed || !mask.complete).toBe(true)
})

test('a page zoomed with two fingers is not trusted', async () => {
  const page = await open('/patient')
  const cdp = await lab.context.newCDPSession(page)
  await cdp.send('Emulation.setPageScaleFactor', { pageScaleFactor: 2 })

  expect((await collect(page)).complete).toBe(false)
})
