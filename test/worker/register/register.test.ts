import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'

import { ENTRY_SORTS } from '#shared/api/entry-list'

import { openDatabase } from '../../../worker/database/open'
import { ORDERS } from '../../../worker/lines/orders'
import { type LinesAsked, selectLines } from '../../../worker/lines/queries'
import { newMember, newWorkspace } from '../support/workspace'
import { d1CallsOf, insertEntries } from './support'

const IMPACTS = [4, 3, null, 1, 2] as const
const EFFORTS = ['M', null, 'S', 'XL', 'L'] as const

/** 300 entries in which every sort key is shared by many. */
async function newRegister() {
  const workspace = await newWorkspace()
  await insertEntries(
    workspace.id,
    Array.from({ length: 300 }, (_, index) => ({
      number: index + 1,
      impact: IMPACTS[index % 5] ?? null,
      effort: EFFORTS[(index >> 2) % 5] ?? null,
      leaders: (index * 7) % 4,
      changedAt: 1000 + ((index * 13) % 10),
    })),
  )
  return workspace
}

test('the first order is impact down, effort up, leaders down, age', async () => {
  const workspace = await newWorkspace()
  await insertEntries(workspace.id, [
    { number: 1, impact: null, effort: null, leaders: 9 },
    { number: 2, impact: 3, effort: 'S', leaders: 1 },
    { number: 3, impact: 4, effort: 'L', leaders: 1 },
    { number: 4, impact: 4, effort: 'S', leaders: 1 },
    { number: 5, impact: 4, effort: 'S', leaders: 6 },
    { number: 6, impact: 4, effort: 'S', leaders: 6 },
    { number: 7, impact: 4, effort: null, leaders: 8 },
  ])

  const { entries, counted } = await workspace.owner.client.listEntries({})

  expect(entries.map((entry) => entry.number)).toEqual([5, 6, 4, 3, 7, 2, 1])
  expect(counted).toEqual({ from: 1, total: 7, isMore: false })
})

test.each([...ENTRY_SORTS])(
  'pages over 300 entries by %s show each of them once, forwards and back',
  async (sort) => {
    const { owner } = await newRegister()
    const whole: number[] = []
    const starts: number[] = []
    let after: string | undefined
    let last = await owner.client.listEntries({ sort, limit: '70' })
    for (;;) {
      whole.push(...last.entries.map((entry) => entry.number))
      starts.push(last.counted?.from ?? -1)
      if (last.next === null) break
      after = last.next
      last = await owner.client.listEntries({ sort, limit: '70', after })
    }

    const back: number[] = last.entries.map((entry) => entry.number)
    while (last.previous !== null) {
      last = await owner.client.listEntries({ sort, limit: '70', before: last.previous })
      expect(last.next).not.toBeNull()
      back.unshift(...last.entries.map((entry) => entry.number))
    }

    expect(new Set(whole).size).toBe(300)
    expect(whole).toHaveLength(300)
    expect(starts).toEqual([1, 71, 141, 211, 281])
    expect(back).toEqual(whole)
    expect(last.counted?.from).toBe(1)
  },
)

test('a page goes on where it stopped although rows before it have changed', async () => {
  const { id, owner } = await newRegister()
  const first = await owner.client.listEntries({ limit: '50' })
  await env.DB.prepare(
    'UPDATE entry SET impact = 4, effort = ?2 WHERE workspace_id = ?1 AND number = 300',
  )
    .bind(id, 'S')
    .run()

  const second = await owner.client.listEntries({ limit: '50', after: first.next ?? '' })

  const shown = first.entries.map((entry) => entry.number)
  expect(second.entries.filter((entry) => shown.includes(entry.number))).toEqual([])
})

test('a cursor fits only the sort it came from, and nothing that somebody made up', async () => {
  const { owner } = await newRegister()
  const { next } = await owner.client.listEntries({ sort: 'leaders', limit: '10' })
  const other = [
    next ?? '',
    'x',
    '%%',
    btoa('["impact",1]'),
    btoa('["impact",0,1,2,"3",4,5]'),
    btoa('["due",0,"soon",1,2]'),
    btoa('null'),
    'A'.repeat(400),
  ]

  for (const after of other) {
    await expect(owner.client.listEntries({ sort: 'impact', after })).rejects.toMatchObject({
      status: 400,
    })
  }
})

test.each([
  { query: { state: 'open' }, numbers: [1, 2, 3, 4] },
  { query: { state: 'closed' }, numbers: [5] },
  { query: { state: 'all' }, numbers: [1, 2, 3, 4, 5, 6] },
  { query: { service: 'Wi-Fi' }, numbers: [1, 2] },
  { query: { impact: '4' }, numbers: [2] },
  { query: { effort: 'S' }, numbers: [3] },
  { query: { owner: 'none' }, numbers: [1, 2, 3, 4] },
  { query: { free: '1' }, numbers: [4] },
  { query: { q: 'FORGETS' }, numbers: [1] },
  { query: { q: '#3' }, numbers: [3] },
  { query: { q: '100% _wild' }, numbers: [] },
  { query: { service: 'Wi-Fi', impact: '4' }, numbers: [2] },
] as const)('filters $query', async ({ query, numbers }) => {
  const workspace = await newWorkspace()
  await insertEntries(workspace.id, [
    { number: 1, title: 'The form forgets everything', service: 'Wi-Fi' },
    { number: 2, impact: 4, service: 'Wi-Fi' },
    { number: 3, effort: 'S' },
    { number: 4, free: 1 },
    { number: 5, state: 'closed' },
    { number: 6, state: 'declined' },
    { number: 7, mood: 'liked' },
  ])

  const { entries } = await workspace.owner.client.listEntries({ ...query, sort: 'newest' })

  expect(entries.map((entry) => entry.number).toReversed()).toEqual(numbers)
})

test('liked entries have a view of their own, and closed ones are never counted', async () => {
  const workspace = await newWorkspace()
  await insertEntries(workspace.id, [
    { number: 1, state: 'closed' },
    { number: 2 },
    { number: 3, mood: 'liked', leaders: 1, service: 'Library' },
    { number: 4, mood: 'liked', leaders: 3 },
  ])
  const { client } = workspace.owner

  const keep = await client.listEntries({ mood: 'liked' })

  expect(keep.entries.map((entry) => entry.number)).toEqual([4, 3])
  expect(keep.counted?.total).toBe(2)
  expect(keep.services).toEqual(['Library'])
  expect((await client.listEntries({ state: 'all' })).counted).toBeNull()
  expect((await client.listEntries({ state: 'closed' })).counted).toBeNull()
  expect((await client.listEntries({})).counted?.total).toBe(1)
})

test.each([
  '/app/entries?state=gone',
  '/app/entries?limit=0',
  '/app/entries?limit=101',
  '/app/entries?sort=title',
  '/app/entries?what=x',
  '/app/entries?impact=5',
])('%s is no view', async (path) => {
  const { owner } = await newWorkspace()

  const response = await owner.browser.send(path)

  expect(response.status).toBe(400)
  expect(await response.json()).toMatchObject({ error: 'malformed' })
})

test('a workspace never sees another workspace’s entries, services or counts', async () => {
  const mine = await newWorkspace()
  const theirs = await newWorkspace()
  await insertEntries(theirs.id, [{ number: 1, title: 'Secret', service: 'Secret service' }])

  const page = await mine.owner.client.listEntries({ state: 'all' })

  expect(page.entries).toEqual([])
  expect(page.services).toEqual([])
  const byTheirOwner = await mine.owner.client.listEntries({ owner: theirs.owner.id })
  expect(byTheirOwner.counted?.total).toBe(0)
})

test('leaders read nothing here', async () => {
  const workspace = await newWorkspace()
  const leader = await newMember(workspace, 'walker')

  await expect(leader.client.listEntries({})).rejects.toMatchObject({ status: 403 })
  await expect(leader.client.home()).rejects.toMatchObject({ status: 403 })
})

test('a page costs at most four D1 calls beside the door’s, whatever the register’s size', async () => {
  const { owner } = await newRegister()

  expect(await d1CallsOf(owner, '/app/entries')).toBe(4)
  expect(await d1CallsOf(owner, '/app/entries?sort=leaders&q=entry&impact=4')).toBe(5)
  expect(await d1CallsOf(owner, '/app/entries/tabs')).toBe(2)
  expect(await d1CallsOf(owner, '/app/entries/groups?by=cell')).toBe(3)
  expect(await d1CallsOf(owner, '/app/home')).toBe(2)
})

test.each([...ENTRY_SORTS])(
  'the order by %s comes from an index, page after page',
  async (sort) => {
    const { id } = await newRegister()
    const stop = ORDERS[sort].keys.map((key) => (key === 'due_day' ? '2026-12-05' : 2))

    for (const isBackwards of [false, true]) {
      // oxlint-disable-next-line no-await-in-loop -- one plan after the other
      const plan = await planOf(id, { sort, isBackwards, stop })
      expect(plan).toMatch(/^SEARCH line USING (INDEX line_by|PRIMARY KEY)/)
      expect(plan).toMatch(/>\(\?|<\(\?|number[<>]\?/)
      expect(plan).not.toContain('TEMP B-TREE')
    }
  },
)

async function planOf(
  workspaceId: string,
  asked: Pick<LinesAsked, 'sort' | 'isBackwards' | 'stop'>,
): Promise<string> {
  const query = selectLines(openDatabase(env.DB), workspaceId, {
    facet: 'open',
    others: [],
    conditions: [],
    limit: 50,
    ...asked,
  })
  const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${query.sql}`)
    .bind(...query.parameters)
    .all<{ detail: string }>()
  return results.map(({ detail }) => detail).join('\n')
}
