import { expect, test } from 'vitest'

import { VIEWS_A_PERSON_MAX } from '#shared/api/view'

import { newId } from '../../support/ops'
import { newMember, newWorkspace } from '../support/workspace'

const view = { name: 'For the budget talk', query: 'free=1&sort=due', isShared: false }

test('a view is kept, renamed, shared and deleted by whoever made it', async () => {
  const workspace = await newWorkspace()
  const { client } = workspace.owner
  const other = (await newMember(workspace, 'viewer')).client
  const id = newId()

  await client.keepView(id, view)
  expect(await client.listViews()).toEqual({
    views: [{ id, ...view, isMine: true }],
    defaultId: null,
  })
  expect((await other.listViews()).views).toEqual([])

  await client.keepView(id, { ...view, name: 'Budget', isShared: true })
  expect((await other.listViews()).views).toEqual([
    { id, ...view, name: 'Budget', isShared: true, isMine: false },
  ])
  await expect(other.keepView(id, view)).rejects.toMatchObject({ status: 404 })
  await other.deleteView(id)
  expect((await client.listViews()).views).toHaveLength(1)

  await client.deleteView(id)
  expect((await client.listViews()).views).toEqual([])
})

test('the register opens with one view a person, while they are shown it', async () => {
  const workspace = await newWorkspace()
  const { client } = workspace.owner
  const other = (await newMember(workspace, 'reviewer')).client
  const [shared, own] = [newId(), newId()]
  await client.keepView(shared, { ...view, isShared: true })
  await client.keepView(own, view)

  await other.setDefaultView(shared)
  await client.setDefaultView(own)
  await expect(other.setDefaultView(own)).rejects.toMatchObject({ status: 404 })

  expect((await client.listViews()).defaultId).toBe(own)
  expect((await other.listViews()).defaultId).toBe(shared)
  await client.keepView(shared, view)
  expect((await other.listViews()).defaultId).toBeNull()
  await client.setDefaultView(null)
  expect((await client.listViews()).defaultId).toBeNull()
})

test('a view of another workspace is nobody’s here', async () => {
  const [mine, theirs] = [await newWorkspace(), await newWorkspace()]
  const id = newId()
  await theirs.owner.client.keepView(id, { ...view, isShared: true })

  expect((await mine.owner.client.listViews()).views).toEqual([])
  await expect(mine.owner.client.keepView(id, view)).rejects.toMatchObject({ status: 404 })
  await expect(mine.owner.client.setDefaultView(id)).rejects.toMatchObject({ status: 404 })
  await mine.owner.client.deleteView(id)
  expect((await theirs.owner.client.listViews()).views).toHaveLength(1)
})

test('one more than a person may keep is refused, and changing one is not', async () => {
  const { client } = (await newWorkspace()).owner
  const ids = Array.from({ length: VIEWS_A_PERSON_MAX }, newId)
  await Promise.all(ids.map((id) => client.keepView(id, view)))

  await expect(client.keepView(newId(), view)).rejects.toMatchObject({ status: 422 })
  await client.keepView(ids[0] ?? '', { ...view, name: 'Another name' })

  expect((await client.listViews()).views).toHaveLength(VIEWS_A_PERSON_MAX)
})

test('a query is an address’s, and a name stays text', async () => {
  const { client } = (await newWorkspace()).owner
  const name = '<img src=x onerror=alert(1)>'
  const id = newId()

  await expect(client.keepView(id, { ...view, query: '"><script>' })).rejects.toMatchObject({
    status: 400,
  })
  await client.keepView(id, { ...view, name })

  expect((await client.listViews()).views[0]?.name).toBe(name)
})
