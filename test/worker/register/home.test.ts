import { expect, test } from 'vitest'

import { callPlace, newNote, newPart, newWalk, NO_TOTALS, noteOp, partOp } from '../../support/ops'
import { newSender, push } from '../sync/support'
import { newWorkspace } from '../support/workspace'
import { insertEntries } from './support'

const DAY_MS = 86_400_000

test('an empty workspace says that it is empty', async () => {
  const { owner } = await newWorkspace()

  expect(await owner.client.home()).toMatchObject({
    open: 0,
    free: 0,
    leadersWalking: 0,
    browsers: 0,
    week: { notes: 0, liked: 0, entries: 0, reopened: 0 },
    waitingToBeGrouped: 0,
    waitingForTriage: 0,
    late: 0,
    followUps: [],
    better: [],
    quickWins: [],
    unowned: [],
    newestNotes: [],
    lastWalks: [],
    servicesWalked: 0,
    coverage: [],
  })
})

test('home shows what was sent: notes with their entries, walks with their time, services by month', async () => {
  const workspace = await newWorkspace()
  const device = await newSender({ workspace })
  const startedAt = Date.now() - 3 * DAY_MS
  const walk = newWalk({
    state: 'done',
    errand: 'My laptop won’t join the Wi-Fi',
    persona: 'new starter',
    service: 'Wi-Fi',
    startedAt,
    endedAt: startedAt + 600_000,
  })
  const totals = { ...NO_TOTALS, elapsedMs: 600_000, waitingMs: 120_000 }
  const debrief = { done: 'partly' as const, effort: 5, line: null, fixFirst: null }
  await push(device, [
    partOp(1, newPart({ walk, totals, debrief })),
    noteOp(2, newNote({ walkId: walk.id, words: 'Nothing found.', wince: 3, at: startedAt })),
    noteOp(
      3,
      newNote({
        walkId: walk.id,
        mood: 'liked',
        words: 'Friendly.',
        place: callPlace('1'),
        service: 'Desk',
        at: startedAt,
      }),
    ),
  ])

  const home = await workspace.owner.client.home()

  expect(home).toMatchObject({
    open: 1,
    leadersWalking: 1,
    browsers: 1,
    week: { notes: 2, liked: 1, entries: 2 },
    waitingToBeGrouped: 0,
  })
  expect(home.lastWalks).toMatchObject([
    {
      errand: 'My laptop won’t join the Wi-Fi',
      persona: 'new starter',
      leader: 'Lea Leader',
      elapsedMs: 600_000,
      waitingMs: 120_000,
      done: 'partly',
      notes: 2,
      state: 'done',
    },
  ])
  expect(
    home.newestNotes.map(({ words, entry, author }) => [words, entry?.number, author]),
  ).toEqual([
    ['Friendly.', 2, 'Lea Leader'],
    ['Nothing found.', 1, 'Lea Leader'],
  ])
  expect(home.unowned.map((entry) => entry.number)).toEqual([1])
  expect(home.waitingForTriage).toBe(2)
  expect(home.owners).toEqual([{ id: workspace.owner.id, name: 'Olive Owner' }])
  const month = new Date(startedAt).toISOString().slice(0, 7)
  expect(home.servicesWalked).toBe(2)
  expect(Object.fromEntries(home.coverage.map(({ service, months }) => [service, months]))).toEqual(
    {
      'Wi-Fi': [{ month, worst: 3 }],
      // Walked, and nobody winced there.
      Desk: [{ month, worst: 0 }],
    },
  )
})

test('quick wins are weighty, small and open, in the register’s order', async () => {
  const workspace = await newWorkspace()
  await insertEntries(workspace.id, [
    { number: 1, impact: 4, effort: 'M' },
    { number: 2, impact: 3, effort: 'S' },
    { number: 3, impact: 4, effort: 'XL' },
    { number: 4, impact: 2, effort: 'S' },
    { number: 5, impact: 4, effort: 'S', state: 'closed' },
    { number: 6, impact: 4, effort: 'S' },
  ])

  const { quickWins } = await workspace.owner.client.home()

  expect(quickWins.map((entry) => entry.number)).toEqual([6, 1, 2])
})

test('home holds nothing of another workspace', async () => {
  const theirs = await newWorkspace()
  const device = await newSender({ workspace: theirs })
  const walk = newWalk({ service: 'Secret service', startedAt: Date.now() })
  await push(device, [
    partOp(1, newPart({ walk })),
    noteOp(2, newNote({ walkId: walk.id, words: 'Secret words' })),
  ])
  const mine = await newWorkspace()

  const response = await mine.owner.browser.send('/app/home')

  expect(await response.text()).not.toContain('Secret')
})
