import { env } from 'cloudflare:workers'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'

import type { EntryDetail, EntryEvent } from '#shared/api/entry'
import { ApiError } from '#shared/api/call'
import type { Role } from '#shared/people'
import type { EntryState } from '#shared/sync'
import { WORK_FIELDS } from '#shared/work'

import type { DecisionOutcome } from '#shared/api/triage'

import { topicNote } from '../../support/ops'
import { note } from '../grouping/support'
import { type Device, newSender } from '../sync/support'
import { type Member, newMember, newWorkspace, type Workspace } from '../support/workspace'
import {
  type Action,
  ONLOOKERS,
  REACHABLE,
  run,
  type Scene,
  steps,
  WAYS,
  WHOLE_WAY,
} from './entry-actions'
import { ensureDecided, ensureStill, rowsOf, shownOf } from './entry-decisions'

/**
 * What people of every role try in any order, through the real doors: no way that there is not, no
 * way with something missing, nothing about an entry that is part of another one, all of it back
 * where a decision is taken back, and a history from which the entry can be made again.
 */

let workspace: Workspace
let members: Record<Role, Member>
let leader: Device
let topics = 100

beforeAll(async () => {
  const made = await newWorkspace()
  workspace = made
  leader = await newSender({ workspace: made })
  const [admin, reviewer, viewer, walker] = await Promise.all(
    (['admin', 'reviewer', 'viewer', 'walker'] as const).map((role) => newMember(workspace, role)),
  )
  members = { owner: workspace.owner, admin, reviewer, viewer, walker } as Record<Role, Member>
})

/** An entry of two notes in this state, and one of a single note beside it. */
async function newScene(state: EntryState): Promise<Scene> {
  const topic = (topics += 2)
  const service = `Service ${topic}`
  const notes = [topic, topic, topic + 1].map((each) => topicNote(each, { service }))
  await note(leader, ...notes)
  const placed = await env.DB.prepare(
    `SELECT note_id, entry.id, entry.number FROM entry_note JOIN entry ON entry.id = entry_id
     WHERE current = 1 AND note_id IN (SELECT value FROM json_each(?1))`,
  )
    .bind(JSON.stringify(notes.map(({ id }) => id)))
    .all<{ note_id: string; id: string; number: number }>()
  const [problem, same, beside] = notes.map(({ id }) =>
    placed.results.find((each) => each.note_id === id),
  )
  if (!problem || !beside || same?.id !== problem.id || beside.id === problem.id)
    throw new Error('these were to be two entries')
  await env.DB.prepare('UPDATE entry SET state = ?2 WHERE id = ?1').bind(problem.id, state).run()
  return {
    problem,
    beside,
    noteIds: notes.slice(0, 2).map(({ id }) => id),
    workspace,
    reviewer: members.reviewer,
    decided: [],
  }
}

/** What has to be true of an entry that just came into a state, said once more by hand. */
async function ensureEarned(
  before: EntryDetail,
  { entry, work }: EntryDetail,
  id: string,
): Promise<void> {
  const from = before.entry.state
  const { state } = entry
  expect(WAYS[from], `${from} to ${state}`).toContain(state)
  const isJudged = entry.owner && entry.service && entry.impact && entry.effort
  const isSaid = (text: string) => text.trim() !== ''
  if (['accepted', 'analyse', 'progress'].includes(state)) expect(isJudged).toBeTruthy()
  if (state === 'progress') {
    expect((isSaid(work.howItHappened) && isSaid(work.neverAgain)) || isSaid(work.whyObvious)).toBe(
      true,
    )
  }
  if (state === 'hold') {
    expect(work.hold).toMatchObject({ until: expect.any(String), areTold: true })
    expect(isSaid(work.hold.reason)).toBe(true)
  }
  if (state === 'check') {
    expect(work.reviewOn).not.toBeNull()
    if (work.isSystemic || (entry.impact ?? 0) >= 3) {
      expect(work.actions.some(({ kind }) => kind === 'good')).toBe(true)
    }
  }
  if (state !== 'closed') return
  expect(entry.followUps.open).toBe(0)
  expect(work.closed.note).toBe('Done')
  const kind = work.closed.code === 'cannot-fix' ? 'explanation' : 'changed'
  const told = await env.DB.prepare('SELECT 1 FROM message WHERE entry_id = ?1 AND kind = ?2')
    .bind(id, kind)
    .all()
  expect(told.results.length).toBeGreaterThan(0)
  if (from === 'new' || from === 'accepted') {
    expect(entry).toMatchObject({ cost: 0, effort: 'S', owner: expect.anything() })
  }
  if (from === 'analyse' || from === 'progress') expect(work.closed.code).toBe('cannot-fix')
}

/** Notes came and went; the entry itself is as it was. */
const SAY_NOTHING = new Set(['opened', 'joined', 'split', 'moved-in', 'moved-out', 'merged-in'])

/** The entry as its history says that it is. */
async function replay(number: number, { client }: Member, opened: EntryDetail) {
  const titleOf = new Map(opened.evidence.notes.map(({ id, words }) => [id, words]))
  const { history } = await client.getEntry(number)
  const events: EntryEvent[] = [...history.events]
  let { next } = history
  while (next !== null) {
    // oxlint-disable-next-line no-await-in-loop -- each page says where the next one is
    const page = await client.listHistory(number, next)
    events.push(...page.events)
    next = page.next
  }
  const { entry, work } = opened
  const known: Record<string, unknown> = {
    state: entry.state,
    title: entry.title,
    owner: null,
    impact: null,
    effort: null,
    cost: null,
    due: null,
    monthly: null,
    ...Object.fromEntries(Object.keys(WORK_FIELDS).map((field) => [field, work[field as never]])),
    'hold-until': null,
    ended: null,
  }
  for (const { what, after } of events.toReversed()) {
    if (what === 'renamed') known['title'] = after
    else if (what === 'declined') known['state'] = 'declined'
    else if (what === 'merged') known['state'] = 'merged'
    else if (what === 'unmerged') known['state'] = after
    else if (what === 'named-after') known['title'] = titleOf.get(after ?? '')
    else if (SAY_NOTHING.has(what)) continue
    else if (what === 'isSystemic') known[what] = after === '1'
    else if (['impact', 'cost'].includes(what)) known[what] = after === null ? null : Number(after)
    else if (['whys', 'causeAreas', 'actions', 'measure', 'links', 'monthly'].includes(what))
      known[what] = after === null ? null : JSON.parse(after)
    else if (what in known) known[what] = after
    else throw new Error(`history says ${what}`)
  }
  return known
}

function factsOf({ entry, work }: EntryDetail) {
  const { state, title, owner, impact, effort, cost, due, monthly } = entry
  const { hold, closed, ...fields } = work
  return {
    state,
    title,
    owner: owner?.name ?? null,
    impact,
    effort,
    cost,
    due,
    monthly,
    ...fields,
    'hold-until': hold.until,
    ended: closed.code,
  }
}

/** `ENTRY_HISTORIES=400 npx vitest run …` is the long form. */
const HISTORIES = env.ENTRY_HISTORIES
const reached = new Set<EntryState>()
const refusals = new Map<string, number>()
const done = new Map<Action['act'], number>()

/** True for what only has effect through a door that asks who it is. */
const goesThroughDoor = ({ act }: Action) => !['promise', 'settle', 'tell', 'explain'].includes(act)

/** One try, and all that has to hold after it. @returns the entry as it is then */
async function tryOne(
  scene: Scene,
  role: Role,
  action: Action,
  before: EntryDetail,
): Promise<EntryDetail> {
  const { client } = workspace.owner
  const isMerged = scene.decided.at(-1)?.what === 'merge'
  const rows = await rowsOf(scene)
  const beside = await client.getEntry(scene.beside.number)
  let outcome: unknown
  const refused = await run(scene, members[role], action, before.entry).then(
    (answer) => {
      outcome = answer
      return null
    },
    (error: unknown) => error,
  )
  if (refused !== null) {
    expect(refused).toBeInstanceOf(ApiError)
    const { status, code } = refused as ApiError
    expect([400, 403, 409, 422]).toContain(status)
    refusals.set(code, (refusals.get(code) ?? 0) + 1)
    expect(await rowsOf(scene)).toEqual(rows)
  }
  if (goesThroughDoor(action) && ONLOOKERS.includes(role))
    expect(refused).toMatchObject({ status: 403 })
  if (isMerged && action.act !== 'undo') ensureStill(refused)
  const after = await client.getEntry(scene.problem.number)
  if (refused !== null) return after
  if (['merge', 'split', 'decline', 'undo'].includes(action.act)) {
    await ensureDecided(scene, action.act, outcome as DecisionOutcome, { before, beside, after })
    done.set(action.act, (done.get(action.act) ?? 0) + 1)
  } else if (after.entry.state !== before.entry.state) {
    await ensureEarned(before, after, scene.problem.id)
    reached.add(after.entry.state)
    for (const decided of scene.decided) decided.hasMoved = true
  }
  return after
}

/** What there is no sense in: nothing was decided, or it goes past the doors to an entry that is merged. */
function isIdle({ decided }: Scene, action: Action): boolean {
  if (action.act === 'undo') return decided.length === 0
  const isMerged = decided.at(-1)?.what === 'merge'
  return isMerged && !['change', 'move', 'stale', 'merge'].includes(action.act)
}

test(
  'whatever people of whatever role try, no step is skipped and history tells the whole entry',
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('new', ...REACHABLE), steps, async (start, tried) => {
        const scene = await newScene(start)
        const { number } = scene.problem
        const opened = await workspace.owner.client.getEntry(number)
        let before = opened
        for (const [role, action] of tried) {
          if (isIdle(scene, action)) continue
          // oxlint-disable-next-line no-await-in-loop -- one thing after the other is what it is about
          before = await tryOne(scene, role, action, before)
        }
        if (scene.decided.at(-1)?.what === 'merge')
          before = await tryOne(scene, 'owner', { act: 'undo' }, before)
        expect(await replay(number, workspace.owner, opened)).toEqual(factsOf(before))
        const splits = scene.decided.filter(({ what }) => what === 'split').length
        expect(shownOf(before)).toHaveLength(scene.noteIds.length - splits)
      }),
      // Each try at a shorter history takes seconds: the first one that fails is shown as it is.
      { endOnFailure: true, numRuns: HISTORIES, examples: [['new', WHOLE_WAY]] },
    )
  },
  60_000 + HISTORIES * 10_000,
)

test('by that, every state was reached and every refusal was met', () => {
  // An entry is new once: nothing leads back there.
  expect([...reached].toSorted()).toEqual(REACHABLE.filter((state) => state !== 'new').toSorted())
  expect([...refusals.keys()]).toEqual(
    expect.arrayContaining([
      'forbidden',
      'changed',
      'not-yet',
      'no-such-move',
      'reason-needed',
      'still-needed',
      'merged',
    ]),
  )
  expect([...done.keys()].toSorted()).toEqual(['decline', 'merge', 'split', 'undo'])
})
