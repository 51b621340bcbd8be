import { afterAll, beforeAll, expect, test } from 'vitest'

import { expectAxeClean } from '../support/axe'
import { MORNING, newNote, newPart, newWalk } from '../support/ops'
import { takeScreenshots } from '../support/screenshot'
import { openDesk, sidewaysOf, type TriageDesk } from './story/triage'

let desk: TriageDesk

beforeAll(async () => {
  desk = await openDesk()
}, 180_000)

afterAll(() => desk?.close())

test('a note of a walk shows the five steps before it', async () => {
  const { leader, page, worker } = desk
  const walk = newWalk({ errand: 'I’m new today and my laptop won’t join the ward Wi-Fi.' })
  const origin = 'https://help.example.org'
  const happened = [
    { kind: 'page', origin, route: '/', title: 'Start' },
    { kind: 'click', role: 'searchbox', name: 'Search the portal' },
    { kind: 'wait', ms: 14_000, for: 'Request' },
    { kind: 'sign-in', origin },
    { kind: 'back' },
    { kind: 'page', origin, route: '/wifi', title: '<b>Network Access Provisioning (L2)</b>' },
    { kind: 'click', role: 'button', name: 'After the note' },
  ] as const
  const steps = happened.map((step, index) => ({
    ...step,
    seq: index + 1,
    at: MORNING + index * 60_000,
  }))
  await leader.sendPart(newPart({ walk, steps }))
  const words = 'I would never guess this is the Wi-Fi form.'
  await leader.send([
    newNote({ walkId: walk.id, at: MORNING + 5.5 * 60_000, words, firstWords: words }),
  ])
  await page.goto(`${worker.origin}/triage`)

  const section = page.getByRole('region', { name: 'The five steps before' })
  await section.waitFor()
  expect(await section.getByRole('listitem').locator('.what').allTextContents()).toEqual([
    'Used “Search the portal”',
    'Waited 14 s for “Request”',
    'Signed in at help.example.org',
    'Went back',
    'Opened <b>Network Access Provisioning (L2)</b>',
  ])
  await expectAxeClean(page)
  expect(await sidewaysOf(page)).toEqual({})
  await takeScreenshots(page, 'triage-steps')
})
