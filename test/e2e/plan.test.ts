import { afterAll, beforeAll, expect, test } from 'vitest'

import type { Contact } from '#shared/contact'

import { expectAxeClean } from '../support/axe'
import { MORNING, newNote, newPart, newWalk } from '../support/ops'
import { takeScreenshots } from '../support/screenshot'
import { openDesk, sidewaysOf, type TriageDesk } from './story/triage'

let desk: TriageDesk

beforeAll(async () => {
  desk = await openDesk()
}, 180_000)

afterAll(() => desk?.close())

const contact: Contact = {
  channel: 'phone',
  need: 'I can’t see my rota since the update.',
  service: 'Rota and time',
  solved: 'later',
  treatedWell: 'yes',
  reaction: -1,
  screens: 4,
  tags: ['locked', 'repetitive'],
  exception: null,
}

test('what nobody has walked is planned by keyboard, undone, and taken into a calendar', async () => {
  const { leader, page, worker } = desk
  const walk = newWalk({ service: 'Wi-Fi', startedAt: MORNING })
  await leader.sendPart(newPart({ walk }))
  await leader.send([newNote({ walkId: walk.id, service: 'Accounts' })])
  const shift = newWalk({
    kind: 'shift',
    errand: null,
    state: 'done',
    endedAt: MORNING + 3_600_000,
  })
  const contacts = Array.from({ length: 6 }, (_, index) => ({
    ...contact,
    kind: 'contact' as const,
    seq: index + 1,
    at: shift.startedAt,
  }))
  await leader.sendPart(newPart({ walk: shift, steps: contacts }))

  await page.goto(`${worker.origin}/`)
  await page.getByRole('link', { name: 'Plan the next walk' }).click()
  await page.getByRole('heading', { level: 1, name: /waited longest|Nobody has walked/ }).waitFor()
  const covered = page.getByRole('region', { name: 'Services', exact: true })
  expect(await covered.getByRole('rowheader').allTextContents()).toEqual(['Accounts', 'Wi-Fi'])

  await page.getByRole('button', { name: 'Plan a walk of Wi-Fi' }).press('Enter')
  const who = page.getByLabel('Who', { exact: true })
  expect(await who.evaluate((element) => element === document.activeElement)).toBe(true)
  await who.selectOption({ label: 'VP clinical systems' })
  await page.getByLabel('By', { exact: true }).fill('2030-12-05')
  await page.getByLabel('What a customer would say').fill('My <b>laptop</b> won’t join')
  expect(await page.getByLabel('Service', { exact: true }).inputValue()).toBe('Wi-Fi')
  await page.getByRole('button', { name: 'Add to the plan' }).press('Enter')

  const plan = page.getByRole('region', { name: 'Plan', exact: true })
  await plan.getByRole('listitem').waitFor()
  expect(await plan.getByRole('listitem').innerText()).toMatch(
    /5 Dec\s+“My <b>laptop<\/b> won’t join”\s+VP clinical systems · Wi-Fi/,
  )
  const download = page.waitForEvent('download')
  await plan.getByRole('link', { name: 'everybody’s' }).click()
  expect((await download).suggestedFilename()).toBe('wince-plan.ics')

  await plan.getByRole('button', { name: /^Take off:/ }).press('Enter')
  await plan.getByText('Nothing is planned.').waitFor()
  await page.getByRole('button', { name: 'Undo' }).press('Enter')
  await plan.getByRole('listitem').waitFor()

  const shifts = page.getByRole('region', { name: 'At the desk' })
  await shifts.getByRole('table', { name: 'Treated well?' }).waitFor()
  expect(await shifts.getByRole('table', { name: '6 contacts' }).innerText()).toMatch(
    /Solved later\s+6/,
  )
  await page.getByRole('button', { name: 'Close this message' }).click()
  await expectAxeClean(page)
  expect(await sidewaysOf(page)).toEqual({})
  await takeScreenshots(page, 'plan')
  expect(desk.complaints).toEqual([])
})
