import { env } from 'cloudflare:workers'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'

import type { EntryDetail, EntryEvent } from '#shared/api/entry'
import { ApiError } from '#shared/api/call'
import type { Role } from '#shared/people'
import type { EntryState } from '#shared/sync'
import { WORK_FIELDS } from '#shared/work'

import { type Member, newMember, newWorkspace, type Workspace } from '../support/workspace'
import { ONLOOKERS, REACHABLE, run, steps, WAYS, WHOLE_WAY } from './entry-actions'
import { insertEntries } from './support'

/**
 * What people of every role try in any order, through the real doors: no way that there is not, no
 * way with something missing, and a history from which the entry can be made again.
 */

let workspace: Workspace
let members: Record<Role, Member>
let entries = 0

beforeAll(async () => {
  workspace = await newWorkspace()
  const [admin, reviewer, viewer, walker] = await Promise.all(
    (['admin', 'reviewer', 'viewer', 'walker'] as const).map((role) => newMember(workspace, role)),
  )
  members = { owner: workspace.owner, admin, reviewer, viewer, walker } as Record<Role, Member>
})

async function newProblem(state: EntryState): Promise<{ id: string; number: number }> {
  entries += 1
  const [id = ''] = await insertEntries(workspace.id, [
    { number: entries, service: 'Wi-Fi', state, title: 'As it was noted' },
  ])
  return { id, number: entries }
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

/** The entry as its history says that it is. */
async function replay(number: number, { client }: Member, opened: EntryDetail) {
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

test(
  'whatever people of whatever role try, no step is skipped and history tells the whole entry',
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('new', ...REACHABLE), steps, async (start, tried) => {
        const problem = await newProblem(start)
        const scene = { problem, workspace, reviewer: members.reviewer }
        const opened = await workspace.owner.client.getEntry(problem.number)
        let before = opened
        for (const [role, action] of tried) {
          // oxlint-disable-next-line no-await-in-loop -- one thing after the other is what it is about
          const refused = await run(scene, members[role], action, before.entry).then(
            () => null,
            (error: unknown) => error,
          )
          if (refused !== null) {
            expect(refused).toBeInstanceOf(ApiError)
            const { status, code } = refused as ApiError
            expect([400, 403, 409, 422]).toContain(status)
            refusals.set(code, (refusals.get(code) ?? 0) + 1)
          }
          // oxlint-disable-next-line no-await-in-loop -- as above
          const after = await workspace.owner.client.getEntry(problem.number)
          const isByHand = ['promise', 'settle', 'tell', 'explain'].includes(action.act)
          if (!isByHand && ONLOOKERS.includes(role)) expect(refused).toMatchObject({ status: 403 })
          if (refused !== null) expect(after.entry).toEqual(before.entry)
          if (after.entry.state !== before.entry.state) {
            // oxlint-disable-next-line no-await-in-loop -- as above
            await ensureEarned(before, after, problem.id)
            reached.add(after.entry.state)
          }
          before = after
        }
        expect(await replay(problem.number, workspace.owner, opened)).toEqual(factsOf(before))
      }),
      { numRuns: HISTORIES, examples: [['new', WHOLE_WAY]] },
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
    ]),
  )
})
