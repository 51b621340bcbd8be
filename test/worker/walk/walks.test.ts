import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'

import { WALKS_A_PAGE } from '#shared/api/walk'
import type { Step } from '#shared/step'

import {
  MORNING,
  NO_TOTALS,
  newId,
  newPart,
  newWalk,
  pageStep,
  partOp,
  recallOp,
  walkRecallOp,
} from '../../support/ops'
import { d1CallsOf } from '../register/support'
import { ownPage, send } from '../support/browser'
import { countedD1 } from '../support/counted-d1'
import { newMember, newWorkspace } from '../support/workspace'
import { attachmentOf, push } from '../sync/support'
import { refusalOf } from '../triage/support'
import { newWalks, sendWalk } from './support'

const HOUR = 3_600_000
const pagesOf = (length: number): Step[] =>
  Array.from({ length }, (_, index) => pageStep(index + 1, `/${index + 1}`))

let shared: Awaited<ReturnType<typeof newWalks>>
beforeAll(async () => {
  shared = await newWalks()
})

test('a walk is listed with its totals, how it went, and the worst of its notes', async () => {
  const { dean, viewer } = shared
  const { walk } = await sendWalk(
    dean,
    {
      walk: newWalk({ state: 'done', persona: 'new starter', firstTime: true, endedAt: MORNING }),
      totals: { ...NO_TOTALS, waitingMs: 400_000 },
      debrief: { done: 'no', effort: 6, line: 'Never', fixFirst: null, leftBehind: 'REQ-1' },
    },
    [{ wince: 3 }, { wince: 1 }],
  )

  const { walks } = await viewer.client.listWalks()

  expect(walks.find(({ id }) => id === walk.id)).toEqual({
    id: walk.id,
    kind: 'errand',
    state: 'done',
    errand: walk.errand,
    persona: 'new starter',
    service: null,
    firstTime: true,
    startedAt: walk.startedAt,
    endedAt: MORNING,
    leader: null,
    done: 'no',
    totals: { ...NO_TOTALS, waitingMs: 400_000 },
    notes: 2,
    worst: 3,
  })
})

test('who walked is told to that person and the owner, and to nobody else', async () => {
  const { lena, leader, owner, viewer, dean } = await newWalks()
  const { walk: hers } = await sendWalk(lena)
  const { walk: his } = await sendWalk(dean)
  const namesFor = async ({ client }: typeof viewer) => {
    const { walks } = await client.listWalks()
    return walks.map(({ leader: name }) => name)
  }

  expect(await namesFor(owner)).toHaveLength(2)
  expect((await namesFor(owner)).includes(null)).toBe(false)
  expect(await namesFor(viewer)).toEqual([null, null])
  expect(await namesFor(leader)).toEqual([leader.name])
  expect((await owner.client.getWalk(hers.id)).walk.leader).toBe(leader.name)
  expect((await viewer.client.getWalk(hers.id)).walk.leader).toBeNull()
  expect((await leader.client.getWalk(hers.id)).walk.leader).toBe(leader.name)
  // A walker gets the same answer for a colleague's walk as for one that is not there.
  const refused = { status: 404, code: 'not-found' }
  expect(await refusalOf(leader.client.getWalk(his.id))).toMatchObject(refused)
  expect(await refusalOf(leader.client.listSteps(his.id, 0))).toMatchObject(refused)
  expect(await refusalOf(leader.client.getWalk(newId()))).toMatchObject(refused)
})

test('another workspace has none of it', async () => {
  const { dean } = shared
  const { walk } = await sendWalk(dean, { steps: pagesOf(2) })
  const { owner: stranger } = await newWorkspace()

  expect(await stranger.client.listWalks()).toEqual({ walks: [], next: null })
  expect(await refusalOf(stranger.client.getWalk(walk.id))).toMatchObject({ status: 404 })
  expect(await refusalOf(stranger.client.listSteps(walk.id, 0))).toMatchObject({ status: 404 })
})

test('a timeline that was taken back is gone, and so is a note', async () => {
  const { dean, viewer } = shared
  const { walk, notes } = await sendWalk(dean, { steps: pagesOf(2) }, [{}, { at: MORNING + 1 }])

  await push(dean, [recallOp(900_001, notes[0]?.id ?? '')])
  expect((await viewer.client.getWalk(walk.id)).notes.map(({ id }) => id)).toEqual([notes[1]?.id])
  await push(dean, [walkRecallOp(900_002, walk.id)])

  expect(await refusalOf(viewer.client.getWalk(walk.id))).toMatchObject({ status: 404 })
  expect(await refusalOf(viewer.client.listSteps(walk.id, 0))).toMatchObject({ status: 404 })
  const { walks } = await viewer.client.listWalks()
  expect(walks.map(({ id }) => id)).not.toContain(walk.id)
})

test('pages of walks follow one another, the newest first, none twice', async () => {
  const { dean, viewer } = await newWalks()
  const sent = Array.from({ length: WALKS_A_PAGE + 3 }, (_, index) =>
    // Two started at the same moment, on the edge of a page.
    newWalk({ startedAt: MORNING + (index === 3 ? 2 : index) * HOUR }),
  )
  for (let from = 0; from < sent.length; from += 10) {
    const ops = sent
      .slice(from, from + 10)
      .map((walk, index) => partOp(910_000 + from + index, newPart({ walk })))
    await push(dean, ops)
  }

  const first = await viewer.client.listWalks()
  const second = await viewer.client.listWalks({ after: first.next ?? '' })

  expect([first.walks.length, second.walks.length, second.next]).toEqual([WALKS_A_PAGE, 3, null])
  const all = [...first.walks, ...second.walks]
  expect(new Set(all.map(({ id }) => id)).size).toBe(sent.length)
  const times = all.map(({ startedAt }) => startedAt)
  expect(times).toEqual(times.toSorted((one, other) => other - one))
  for (const after of ['nonsense', 'W10', `${first.next}x`])
    expect(await refusalOf(viewer.client.listWalks({ after }))).toMatchObject({
      code: 'bad-cursor',
    })
})

test('a walk has its notes with their first wording, pictures and entry, in the order of their times', async () => {
  const { dean, viewer } = await newWalks()
  const picture = await attachmentOf(new Uint8Array([1, 2, 3]))
  const { walk, notes } = await sendWalk(dean, { steps: pagesOf(3) }, [
    { at: MORNING + 2, words: 'Then voicemail.', firstWords: 'voicemail!', firstWordsAt: MORNING },
    { at: MORNING + 1, attachments: [picture] },
  ])

  const detail = await viewer.client.getWalk(walk.id)

  expect(detail.steps).toBe(3)
  expect(detail.notes.map(({ id }) => id)).toEqual([notes[1]?.id, notes[0]?.id])
  expect(detail.notes[1]).toMatchObject({
    words: 'Then voicemail.',
    firstWords: 'voicemail!',
    wordedAt: MORNING,
    entry: { state: 'new' },
  })
  expect(detail.notes[0]?.pictures).toMatchObject([{ sha256: picture.sha256, state: 'pending' }])
  expect(JSON.stringify(detail)).not.toContain('Lea Leader')
})

test('what a walk left behind is not told', async () => {
  const { dean, owner } = shared
  const { walk } = await sendWalk(dean, {
    debrief: { done: 'yes', effort: 2, line: 'Fine', fixFirst: null, leftBehind: 'REQ-4711' },
  })

  const detail = await owner.client.getWalk(walk.id)

  expect(detail.debrief).toEqual({ done: 'yes', effort: 2, line: 'Fine', fixFirst: null })
  expect(JSON.stringify(detail)).not.toContain('REQ-4711')
})

test('walks of the same errand are offered to compare with, whatever the case, the newest first', async () => {
  const { dean, lena, leader, viewer } = await newWalks()
  const errand = 'My laptop won’t join'
  const { walk: old } = await sendWalk(dean, { walk: newWalk({ errand, startedAt: MORNING - 9 }) })
  const { walk: hers } = await sendWalk(lena, {
    walk: newWalk({ errand: errand.toUpperCase(), startedAt: MORNING - 5 }),
    debrief: { done: 'partly', effort: null, line: null, fixFirst: null },
  })
  const { walk } = await sendWalk(lena, { walk: newWalk({ errand }) })
  await sendWalk(dean, { walk: newWalk({ errand: null }) })
  await sendWalk(dean, { walk: newWalk({ errand: 'Something else' }) })

  expect((await viewer.client.getWalk(walk.id)).sameErrand).toEqual([
    { id: hers.id, startedAt: MORNING - 5, done: 'partly' },
    { id: old.id, startedAt: MORNING - 9, done: null },
  ])
  // A walker compares with their own.
  const own = (await leader.client.getWalk(walk.id)).sameErrand
  expect(own.map(({ id }) => id)).toEqual([hers.id])
})

test('steps come in pages of a thousand, in their order; odd ones are left out', async () => {
  const { dean, viewer } = shared
  const steps = pagesOf(1_200)
  const { walk } = await sendWalk(dean, { steps: steps.slice(0, 600) })
  await push(dean, [partOp(920_000, newPart({ walk, part: 2, steps: steps.slice(600) }))])
  await env.DB.prepare(`UPDATE step SET data = '{"kind":"dance"}' WHERE walk_id = ?1 AND seq = 7`)
    .bind(walk.id)
    .run()

  const first = await viewer.client.listSteps(walk.id, 0)
  const second = await viewer.client.listSteps(walk.id, first.next ?? 0)

  expect([first.next, second.next]).toEqual([1_000, null])
  expect([...first.steps, ...second.steps]).toEqual(steps.filter(({ seq }) => seq !== 7))
  expect(await refusalOf(viewer.client.listSteps(walk.id, -1))).toMatchObject({
    code: 'bad-cursor',
  })
})

test('each answer takes few calls, and reads what its page shows', async () => {
  const { dean, viewer, workspace } = await newWalks()
  const { walk } = await sendWalk(dean, { steps: pagesOf(300) }, [{}, {}])
  const readBy = async (path: string) => {
    const { d1, cost } = countedD1(env.DB)
    const response = await send(path, ownPage({}, viewer.browser.cookie()), { ...env, DB: d1 })
    expect(response.status, path).toBe(200)
    return cost.rowsRead
  }
  const paths = ['/app/walks', `/app/walks/${walk.id}`, `/app/walks/${walk.id}/steps?after=250`]
  for (const path of paths)
    // Who is asking, and one for all the rest.
    expect(await d1CallsOf(viewer, path), path).toBe(2)
  const before = await Promise.all(paths.map(readBy))

  // 3,000 more walks with notes, none of the same errand, without the hours that it takes to send them.
  await env.DB.batch([
    env.DB.prepare(
      `INSERT INTO walk (id, workspace_id, person_id, kind, state, errand, started_at, parts, totals, seq)
       SELECT 'many-' || value || ?1, ?1, ?2, 'errand', 'done', 'Errand ' || value, value, 1, ?3, 10
       FROM json_each(?4)`,
    ).bind(
      workspace.id,
      dean.personId,
      JSON.stringify(NO_TOTALS),
      JSON.stringify(Array.from({ length: 3_000 }, (_, index) => index)),
    ),
  ])

  const after = await Promise.all(paths.map(readBy))
  // A full page instead of one walk; the others cost what they did. A session that is touched reads a row or two.
  expect(after[0]).toBeLessThan((before[0] ?? 0) + 6 * WALKS_A_PAGE)
  expect(Math.abs((after[1] ?? 0) - (before[1] ?? 0))).toBeLessThan(6)
  expect(after[2]).toBeLessThan(80)
})

test('whoever reads the register sees every walk; a signed-in walker none but their own', async () => {
  const { workspace, dean, leader } = await newWalks()
  await sendWalk(dean)
  const admin = await newMember(workspace, 'admin')

  expect((await admin.client.listWalks()).walks).toHaveLength(1)
  expect((await leader.client.listWalks()).walks).toEqual([])
})
