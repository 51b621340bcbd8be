import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'

import type { EntryChange, EntryMove } from '#shared/api/entry'
import { factsOf } from '#shared/entry-facts'
import { missingFor } from '#shared/entry-moves'
import type { EntryState } from '#shared/sync'

import { newId } from '../../support/ops'
import { type Member, newMember, newWorkspace, type Workspace } from '../support/workspace'
import { insertEntries } from './support'

const JUDGED = { impact: 2, effort: 'M' } as const
const ENDED = { code: 'successful', note: 'The form has the customers’ own name' } as const

/** An entry that nobody has judged, of a service, and who may change it. */
async function newProblem(state: EntryState = 'new') {
  const workspace = await newWorkspace()
  const [id = ''] = await insertEntries(workspace.id, [{ number: 1, service: 'Wi-Fi', state }])
  return { workspace, id, client: workspace.owner.client }
}

/** Changes an entry as it stands now. */
async function change({ client }: Pick<Member, 'client'>, values: Omit<EntryChange, 'version'>) {
  const { entry } = await client.getEntry(1)
  return client.changeEntry(1, { version: entry.version, ...values })
}

async function move({ client }: Pick<Member, 'client'>, to: Omit<EntryMove, 'version'>) {
  const { entry } = await client.getEntry(1)
  return client.moveEntry(1, { version: entry.version, ...to })
}

/** As a person of the team writes it. */
async function tell(workspace: Workspace, entryId: string, kind: 'changed' | 'explanation') {
  await env.DB.prepare(
    `INSERT INTO message (id, workspace_id, entry_id, kind, version, you_said, words, by, at)
     VALUES (?1, ?2, ?3, ?4, 1, 'You said', 'Thank you. We did.', ?5, 1000)`,
  )
    .bind(newId(), workspace.id, entryId, kind, workspace.owner.id)
    .run()
}

async function promise(workspace: Workspace, entryId: string): Promise<string> {
  const id = newId()
  await env.DB.prepare(
    `INSERT INTO follow_up (id, workspace_id, entry_id, customer, person_id, since, due_at)
     VALUES (?1, ?2, ?3, 'a ward nurse', ?4, 1000, 1000)`,
  )
    .bind(id, workspace.id, entryId, workspace.owner.id)
    .run()
  return id
}

test('an entry goes its whole way, each step with what it asks for, and history says all of it', async () => {
  const { workspace, id, client } = await newProblem()
  const owner = workspace.owner
  await change(owner, { ...JUDGED, owner: owner.id })
  await move(owner, { to: 'accepted' })
  await move(owner, { to: 'analyse' })
  await change(owner, {
    howItHappened: 'Search matches whole words as our articles spell them.',
    neverAgain: 'Every Monday somebody reads the searches that found nothing.',
    whys: [
      { words: 'Search for wifi finds nothing', evidence: '9 notes', under: null },
      { words: 'The list of other spellings is empty', evidence: 'Set-up page', under: 0 },
    ],
    causeAreas: ['process', 'technology'],
    isSystemic: true,
  })
  await move(owner, { to: 'progress' })
  await move(owner, { to: 'hold', reason: 'The supplier', until: '2026-12-05', areTold: true })
  await move(owner, { to: 'progress' })
  await change(owner, {
    reviewOn: '2027-01-15',
    actions: [
      { kind: 'good', words: 'Monday report', by: 'Knowledge lead', due: null, isDone: false },
    ],
  })
  await move(owner, { to: 'check' })
  await tell(workspace, id, 'changed')
  const closed = await move(owner, { to: 'closed', ...ENDED })

  expect(closed.state).toBe('closed')
  const { work, history } = await client.getEntry(1)
  expect(work).toMatchObject({
    isSystemic: true,
    hold: { reason: 'The supplier', until: '2026-12-05', areTold: true },
    closed: ENDED,
  })
  expect(
    history.events
      .filter(({ what }) => what === 'state')
      .map(({ before, after }) => `${before} ${after}`)
      .toReversed(),
  ).toEqual([
    'new accepted',
    'accepted analyse',
    'analyse progress',
    'progress hold',
    'hold progress',
    'progress check',
    'check closed',
  ])
})

test('what is missing is said in sentences, and nothing changes', async () => {
  const { client } = await newProblem()
  const { entry, work, told } = await client.getEntry(1)
  expect(missingFor(factsOf(entry, work, told), 'accepted')).toEqual(['owner', 'impact', 'effort'])

  await expect(
    client.moveEntry(1, { version: entry.version, to: 'accepted' }),
  ).rejects.toMatchObject({
    status: 422,
    code: 'not-yet',
    message: 'Give it one owner. Say what it costs customers. Say how long a fix would take.',
  })
  await expect(client.moveEntry(1, { version: entry.version, to: 'check' })).rejects.toMatchObject({
    code: 'no-such-move',
  })
  expect((await client.getEntry(1)).entry).toEqual(entry)
})

test('what is free to fix closes at once, once its customers were told', async () => {
  const { workspace, id, client } = await newProblem()
  const owner = workspace.owner
  await change(owner, { effort: 'S', cost: 0, owner: owner.id })
  await expect(move(owner, { to: 'closed', ...ENDED })).rejects.toMatchObject({
    message: 'Say what changed, in words for customers.',
  })
  await tell(workspace, id, 'changed')
  expect(await move(owner, { to: 'closed', ...ENDED })).toMatchObject({ state: 'closed' })
  expect((await client.getEntry(1)).work.closed).toEqual(ENDED)
})

test('nothing closes while a customer was promised something that is not settled', async () => {
  const { workspace, id } = await newProblem('check')
  const owner = workspace.owner
  await tell(workspace, id, 'changed')
  const promised = await promise(workspace, id)
  await expect(move(owner, { to: 'closed', ...ENDED })).rejects.toMatchObject({
    message: 'Settle what customers were promised first.',
  })
  await env.DB.prepare("UPDATE follow_up SET settled_at = 2, outcome = 'exempt' WHERE id = ?")
    .bind(promised)
    .run()
  expect(await move(owner, { to: 'closed', ...ENDED })).toMatchObject({ state: 'closed' })
})

test('a fix starts the second clock of each promise, once', async () => {
  const { workspace, id } = await newProblem('progress')
  const owner = workspace.owner
  await change(owner, { ...JUDGED, owner: owner.id, whyObvious: 'A typo', reviewOn: '2027-01-15' })
  await promise(workspace, id)
  await env.DB.prepare('UPDATE follow_up SET first_contact_at = 2, due_at = NULL').run()

  const checked = await move(owner, { to: 'check' })

  const [clock] = (
    await env.DB.prepare('SELECT fixed_at, due_at FROM follow_up WHERE entry_id = ?')
      .bind(id)
      .all<{ fixed_at: number; due_at: number }>()
  ).results
  expect(clock).toEqual({
    fixed_at: checked.changedAt,
    due_at: checked.changedAt + 24 * 3_600_000,
  })
  expect(checked.followUps).toEqual({ all: 1, open: 1, dueAt: clock?.due_at })
})

test('an owner passes it on with a reason, and the hand-offs are counted', async () => {
  const { workspace, client } = await newProblem()
  const owner = workspace.owner
  const other = await newMember(workspace, 'reviewer', 'Voice lead')
  expect(await change(owner, { owner: owner.id })).toMatchObject({ handOffs: 0 })
  await expect(change(owner, { owner: other.id })).rejects.toMatchObject({
    status: 422,
    code: 'reason-needed',
  })
  const passed = await change(owner, { owner: other.id, reason: 'The menus are hers' })
  expect(passed).toMatchObject({ owner: { name: 'Voice lead' }, handOffs: 1 })
  const { history } = await client.getEntry(1)
  expect(history.events[0]).toMatchObject({ what: 'owner', reason: 'The menus are hers' })
})

test('what is worked on keeps its owner, its judgement and its cause', async () => {
  const { workspace } = await newProblem('analyse')
  const owner = workspace.owner
  await change(owner, { ...JUDGED, owner: owner.id, whyObvious: 'A typo' })
  await move(owner, { to: 'progress' })
  for (const taken of [{ owner: null, reason: 'Away' }, { impact: null }, { whyObvious: ' ' }]) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other, so that each sees the same entry
    await expect(change(owner, taken)).rejects.toMatchObject({ status: 422, code: 'still-needed' })
  }
})

test('an address that a browser would run, and an answer that explains a later one, are refused', async () => {
  const { client } = await newProblem()
  const link = { kind: 'change', words: '2231', url: 'javascript:alert(1)' } as const
  const why = { words: 'Because', evidence: '', under: 1 }
  for (const bad of [{ links: [link] }, { whys: [why, why] }]) {
    // oxlint-disable-next-line no-await-in-loop -- as above
    await expect(client.changeEntry(1, { version: 1, ...bad })).rejects.toMatchObject({
      status: 400,
    })
  }
})

test('what is worked on is not declined by a key, but closed and explained', async () => {
  const { workspace } = await newProblem('progress')
  await expect(
    workspace.owner.client.decide({
      id: newId(),
      what: 'decline-entry',
      entry: 1,
      reason: 'Too hard',
      expect: [],
    }),
  ).rejects.toMatchObject({ status: 422, code: 'begun' })
})
