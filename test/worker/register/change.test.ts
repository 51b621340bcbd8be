import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'

import { newMember, newWorkspace } from '../support/workspace'
import { insertEntries, newEntry } from './support'

test('a reviewer renames, judges and gives an owner; history and devices hear of it', async () => {
  const { workspace } = await newEntry()
  const reviewer = await newMember(workspace, 'reviewer', 'Voice lead')
  const { entry, history } = await reviewer.client.getEntry(1)
  const before = await seqOf(workspace.id)

  const changed = await reviewer.client.changeEntry(1, {
    version: entry.version,
    title: 'Option 2 › 1 is answered by nobody',
    impact: 4,
    effort: 'S',
    owner: reviewer.id,
  })

  expect(changed).toMatchObject({
    title: 'Option 2 › 1 is answered by nobody',
    titleConfirmed: true,
    impact: 4,
    effort: 'S',
    owner: { id: reviewer.id, name: 'Voice lead' },
    version: entry.version + 1,
  })
  const after = await reviewer.client.getEntry(1)
  const added = after.history.events.slice(0, after.history.events.length - history.events.length)
  expect(
    added
      .map(({ what, actor, before: was, after: is }) => ({ what, actor, was, is }))
      .toSorted((a, b) => a.what.localeCompare(b.what)),
  ).toEqual([
    { what: 'effort', actor: 'Voice lead', was: null, is: 'S' },
    { what: 'impact', actor: 'Voice lead', was: null, is: '4' },
    { what: 'owner', actor: 'Voice lead', was: null, is: 'Voice lead' },
    {
      what: 'renamed',
      actor: 'Voice lead',
      was: entry.title,
      is: 'Option 2 › 1 is answered by nobody',
    },
  ])
  expect(await seqOf(workspace.id)).toBe(before + 1)
})

test('whoever is slower gets 409 and the row as it is now, and changes nothing', async () => {
  const { workspace } = await newEntry()
  const { client, browser } = workspace.owner
  const { entry } = await client.getEntry(1)
  await client.changeEntry(1, { version: entry.version, impact: 2 })

  const response = await browser.send('/app/entries/1', {
    method: 'PATCH',
    body: JSON.stringify({ version: entry.version, impact: 4, title: 'Mine' }),
  })

  expect(response.status).toBe(409)
  expect(await response.json()).toMatchObject({
    error: 'changed',
    entry: { impact: 2, title: entry.title, version: entry.version + 1 },
  })
  const { history } = await client.getEntry(1)
  expect(history.events.filter(({ what }) => what === 'impact' || what === 'renamed')).toHaveLength(
    1,
  )
})

test('of a hundred people at once, one changes it', async () => {
  const { workspace } = await newEntry()
  const { client, browser } = workspace.owner
  const { entry } = await client.getEntry(1)

  const statuses = await Promise.all(
    Array.from({ length: 100 }, async (_, index) => {
      const body = JSON.stringify({ version: entry.version, title: `Title ${index}` })
      return (await browser.send('/app/entries/1', { method: 'PATCH', body })).status
    }),
  )

  expect(statuses.filter((status) => status === 200)).toHaveLength(1)
  expect(statuses.filter((status) => status === 409)).toHaveLength(99)
  const { history } = await client.getEntry(1)
  expect(history.events.filter(({ what }) => what === 'renamed')).toHaveLength(1)
})

test('saying the same again changes nothing, not even the version', async () => {
  const { workspace } = await newEntry()
  const { client } = workspace.owner
  const { entry } = await client.getEntry(1)
  const changed = await client.changeEntry(1, { version: entry.version, impact: 3 })

  const same = await client.changeEntry(1, { version: changed.version, impact: 3, owner: null })

  expect(same.version).toBe(changed.version)
})

test.each([
  { change: { impact: 5 }, status: 400 },
  { change: { title: '   ' }, status: 400 },
  { change: { state: 'closed' }, status: 400 },
  { change: { owner: '01890a5d-ac96-774b-bcce-b302099a8057' }, status: 422 },
])('$change is refused with $status', async ({ change, status }) => {
  const { workspace } = await newEntry()
  const { entry } = await workspace.owner.client.getEntry(1)

  const response = await workspace.owner.browser.send('/app/entries/1', {
    method: 'PATCH',
    body: JSON.stringify({ version: entry.version, ...change }),
  })

  expect(response.status).toBe(status)
})

test('nobody of another workspace, no leader and no viewer owns or changes an entry', async () => {
  const { workspace } = await newEntry()
  const stranger = await newWorkspace()
  const viewer = await newMember(workspace, 'viewer')
  const leader = await workspace.owner.client.addPerson({ name: 'COO', role: 'walker' })
  const { entry } = await workspace.owner.client.getEntry(1)
  const { version } = entry

  await expect(
    workspace.owner.client.changeEntry(1, { version, owner: stranger.owner.id }),
  ).rejects.toMatchObject({ status: 422 })
  await expect(
    workspace.owner.client.changeEntry(1, { version, owner: leader.id }),
  ).rejects.toMatchObject({ status: 422 })
  await expect(viewer.client.changeEntry(1, { version, impact: 1 })).rejects.toMatchObject({
    status: 403,
  })
  await expect(stranger.owner.client.changeEntry(1, { version, impact: 1 })).rejects.toMatchObject({
    status: 404,
  })
})

test('what to keep takes an owner and a title, but no impact and no effort', async () => {
  const workspace = await newWorkspace()
  await insertEntries(workspace.id, [{ number: 1, mood: 'liked' }])
  const { client } = workspace.owner

  await expect(client.changeEntry(1, { version: 1, impact: 4 })).rejects.toMatchObject({
    status: 422,
  })
  expect(
    await client.changeEntry(1, { version: 1, title: 'Keep: a person in a minute' }),
  ).toMatchObject({ version: 2 })
})

async function seqOf(workspaceId: string): Promise<number> {
  const row = await env.DB.prepare('SELECT seq FROM workspace WHERE id = ?1')
    .bind(workspaceId)
    .first<{ seq: number }>()
  return row?.seq ?? -1
}

test('what was merged meanwhile is changed no more, nor is the entry it is part of in its name', async () => {
  const workspace = await newWorkspace()
  const { client } = workspace.owner
  await insertEntries(workspace.id, [
    { number: 1, state: 'progress' },
    { number: 2, state: 'closed' },
  ])
  const { entry: shown } = await client.getEntry(1)
  await env.DB.prepare(
    `UPDATE entry SET state = 'merged', merged_into = (SELECT id FROM entry WHERE workspace_id = ?1 AND number = 2)
     WHERE workspace_id = ?1 AND number = 1`,
  )
    .bind(workspace.id)
    .run()
  const { entry: other } = await client.getEntry(2)
  expect(other.version).toBe(shown.version)

  const { version } = shown
  for (const act of [
    () => client.changeEntry(1, { version, impact: 4 }),
    () => client.moveEntry(1, { version, to: 'reopened', reason: 'It is back' }),
  ])
    // oxlint-disable-next-line no-await-in-loop -- two
    await expect(act()).rejects.toMatchObject({ status: 409, code: 'changed' })

  expect((await client.getEntry(2)).entry).toEqual(other)
})
