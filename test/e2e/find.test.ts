import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'

import type { Anchor } from '#shared/anchor'
import { anchorKey } from '#shared/place-key'

import { anchorAt, anchorUnderCursor, expectFound, find } from './portal/finding'
import { lab, open, portal, useLab } from './portal/lab-on-portal'

useLab()

const DETAILS = 'section:has(h2:text("Wi-Fi")) button'

test('two buttons of one name are told apart by what stands around them', async () => {
  const page = await open('/equals')
  const anchor = await anchorAt(lab, page, DETAILS)

  expect(anchor).toMatchObject({ role: 'button', name: 'Details' })
  expect(anchor.selectors.find(({ kind }) => kind === 'text')).toEqual({
    kind: 'text',
    path: ['text/Details'],
    prefix: 'What Wi-Fi can do for you.',
    suffix: 'Payslip for staff What Payslip',
  })
})

test('what stands around is kept without patterns, typed words and rows, and not where names are withheld', async () => {
  const page = await open('/search?q=zebra+canary')
  const clear = await anchorAt(lab, page, '#clear')
  const kept = await open('/rtl')
  const second = await anchorAt(lab, kept, '#second')
  const withheld = await anchorAt(lab, kept, '#second', true)
  const form = await anchorAt(lab, await open('/large'), '#ask')

  expect(JSON.stringify(clear)).not.toMatch(/canary|Jane|hospital|4821973/)
  expect(form.selectors.find(({ kind }) => kind === 'text')).toMatchObject({
    prefix: expect.stringMatching(/Your question :email$/) as string,
  })
  expect(second.selectors.find(({ kind }) => kind === 'text')).toMatchObject({
    prefix: expect.stringContaining('الخطوة الثانية') as string,
  })
  expect(withheld.selectors.map(({ kind }) => kind)).toEqual(['id', 'structure'])
})

test('an element is found again after the page was loaded anew', async () => {
  const page = await open('/equals')
  const anchors = [DETAILS, '#hint', 'button:text("Send it off")', 'tr:nth-child(2) >> text=Remove']
  const kept: [Anchor, string][] = []
  for (const selector of anchors) kept.push([await anchorAt(lab, page, selector), selector])
  await page.reload()

  for (const [anchor, selector] of kept) await expectFound(lab, page, anchor, selector)
})

test('an element is found though its words were changed a little', async () => {
  const page = await open('/equals')
  const button = await anchorAt(lab, page, 'button:text("Send it off")')
  const hint = await anchorAt(lab, page, '#hint')
  await page.evaluate(() => {
    const named = (selector: string, words: string) => {
      const element = [...document.querySelectorAll(selector)].find((each) =>
        each.textContent?.includes(words),
      )
      if (!element) throw new Error(`no ${words}`)
      return element
    }
    named('button', 'Send it off').textContent = 'Send it off now'
    named('b', 'before noon').textContent = 'before eleven'
  })

  await expectFound(lab, page, button, 'button:text("Send it off now")')
  await expectFound(lab, page, hint, '#hint')
})

test('an element is found though others came before it and around it', async () => {
  const page = await open('/equals')
  const details = await anchorAt(lab, page, DETAILS)
  const button = await anchorAt(lab, page, 'button:text("Send it off")')
  await page.evaluate(() => {
    const make = (tag: string, words: string) =>
      Object.assign(document.createElement(tag), { textContent: words })
    document.querySelector('main')?.prepend(make('section', 'News: all is well'))
    document.querySelector('section:has(button)')?.append(make('button', 'Share'))
    document.body.prepend(make('button', 'Menu'), make('div', 'A banner about cookies'))
  })

  await expectFound(lab, page, details, DETAILS)
  await expectFound(lab, page, button, 'button:text("Send it off")')
})

test('an element whose ids are made anew has the same key and is found', async () => {
  const [first, second] = [await open('/equals'), await open('/equals?again')]
  const keys: string[][] = [[], []]
  for (const selector of ['button:text("Send it off")', '[role=button]', DETAILS]) {
    const [mine, theirs] = [
      await anchorAt(lab, first, selector),
      await anchorAt(lab, second, selector),
    ]
    keys[0]?.push(anchorKey(mine))
    keys[1]?.push(anchorKey(theirs))
  }
  const button = await anchorAt(lab, first, 'button:text("Send it off")')

  expect(keys[0]).toEqual(keys[1])
  expect(new Set(keys[0]).size).toBe(3)
  await expectFound(lab, second, button, 'button:text("Send it off")')
})

test('an element in a frame inside a shadow root inside a shadow root is found, and outlined there', async () => {
  const page = await open('/servicenow')
  const frame = page.frames().find((each) => each.url().endsWith('/servicenow/form'))
  if (!frame) throw new Error('no frame')
  await frame.getByText('Order now').hover()
  const anchor = await anchorUnderCursor(lab, page)
  await page.reload()
  await page.waitForLoadState('networkidle')
  const again = page.frames().find((each) => each.url().endsWith('/servicenow/form'))
  const box = await again?.getByText('Order now').boundingBox()

  expect(anchor).toMatchObject({ role: 'button', name: 'Order now' })
  expect((await find(lab, page, anchor))?.box.map(Math.round)).toEqual(
    [box?.x, box?.y, box?.width, box?.height].map((side) => Math.round(side ?? -1)),
  )
  expect(await again?.evaluate(() => document.documentElement.lastElementChild?.localName)).toBe(
    'div',
  )
})

test('an element in a closed shadow root is found', async () => {
  const page = await open('/shadow')
  await page.mouse.move(990, 690)
  const focus = () => {
    const { roots } = globalThis as unknown as { roots: Record<string, ShadowRoot> }
    const input = roots['x-closed']?.querySelector('input')
    input?.focus()
    return JSON.stringify(input?.getBoundingClientRect())
  }
  await page.evaluate(focus)
  const anchor = await anchorUnderCursor(lab, page)
  await page.reload()
  await page.waitForLoadState('networkidle')
  const found = await find(lab, page, anchor)
  const { x, y } = JSON.parse(await page.evaluate(focus)) as { x: number; y: number }

  expect(anchor.name).toBe('Staff number')
  expect(found?.box.slice(0, 2)).toEqual([x, y])
})

test.each([
  ['removed', 'button:text("Send it off")', (page: Page) => page.goto(`${portal.origin}/names`)],
  [
    'removed beside one of its name',
    DETAILS,
    (page: Page) => page.goto(`${portal.origin}/equals?cards=Payslip`),
  ],
  [
    'moved, with another in its old surroundings',
    DETAILS,
    (page: Page) => page.goto(`${portal.origin}/equals?cards=Parking,Payslip,Wi-Fi`),
  ],
  [
    'removed from a table with one like it in every row',
    'tr:nth-child(2) >> text=Open',
    (page: Page) => page.goto(`${portal.origin}/equals?rows=Printer,Badge`),
  ],
  [
    'the last of its table’s that is left, of another row',
    'tr:nth-child(1) >> text=Open',
    (page: Page) => page.goto(`${portal.origin}/equals?rows=Badge`),
  ],
  [
    'in a table that was sorted anew',
    'tr:nth-child(1) >> text=Open',
    (page: Page) => page.goto(`${portal.origin}/equals?rows=Badge,Printer,Scanner`),
  ],
  [
    'of a row that is not there any more, where each row has its own',
    'tr:nth-child(2) >> text=Remove',
    (page: Page) => page.goto(`${portal.origin}/equals?rows=Printer,Badge`),
  ],
  [
    'hidden',
    'button:text("Send it off")',
    (page: Page) => page.addStyleTag({ content: 'body > button { display: none }' }),
  ],
])('one that is %s is not found, and no other is taken for it', async (_, selector, change) => {
  const page = await open('/equals')
  const anchor = await anchorAt(lab, page, selector)
  await change(page)

  expect(await find(lab, page, anchor)).toBeNull()
})

test('a button that says its row is found in a table that was sorted anew', async () => {
  const page = await open('/equals')
  const anchor = await anchorAt(lab, page, 'tr:nth-child(2) >> text=Remove Scanner')
  await page.goto(`${portal.origin}/equals?rows=Scanner,Badge,Phone,Printer`)

  await expectFound(lab, page, anchor, 'text=Remove Scanner')
})

test('cards that changed places are still the ones that they were', async () => {
  const page = await open('/equals')
  const anchor = await anchorAt(lab, page, DETAILS)
  await page.goto(`${portal.origin}/equals?cards=Payslip,Parking,Wi-Fi`)

  await expectFound(lab, page, anchor, DETAILS)
})
