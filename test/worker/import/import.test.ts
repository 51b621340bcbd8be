import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'

import type { ImportLine } from '#shared/api/import'

import { newId } from '../../support/ops'
import { ownPage, send } from '../support/browser'
import { countedD1 } from '../support/counted-d1'
import { type Workspace, newMember, newWorkspace } from '../support/workspace'
import { insertEntries } from '../register/support'
import { rows } from '../sync/support'

const FILE = 'improvements.csv'

function line(number: number, values: Partial<ImportLine> = {}): ImportLine {
  return {
    line: number,
    key: `words:${number}`,
    number: null,
    title: `Problem ${number}`,
    service: null,
    ...values,
  }
}

function bringIn(workspace: Workspace, lines: ImportLine[], isDryRun = false) {
  return workspace.owner.client.importEntries({ file: FILE, isDryRun, lines })
}

test('looking changes nothing; bringing in opens what looking said, with its history', async () => {
  const workspace = await newWorkspace()
  const { client, id } = workspace.owner
  const lines = [
    line(2, {
      title: '=HYPERLINK("http://evil")',
      service: 'Help line',
      impact: 3,
      effort: 'S',
      owner: id,
      cost: 900,
      due: '2027-01-15',
      monthly: { customers: 40, source: 'desk' },
    }),
    line(3),
  ]

  const looked = await bringIn(workspace, lines, true)
  expect(looked.lines).toEqual([
    { line: 2, is: 'new', entry: null },
    { line: 3, is: 'new', entry: null },
  ])
  expect((await client.listEntries({ state: 'all' })).entries).toEqual([])

  const { lines: opened } = await bringIn(workspace, lines)
  expect(opened).toMatchObject([
    {
      line: 2,
      is: 'new',
      entry: {
        number: 1,
        title: '=HYPERLINK("http://evil")',
        titleConfirmed: true,
        service: 'Help line',
        state: 'new',
        impact: 3,
        effort: 'S',
        owner: { id, name: workspace.owner.name },
        cost: 900,
        due: '2027-01-15',
        monthly: { customers: 40, source: 'desk' },
        version: 1,
      },
    },
    { line: 3, is: 'new', entry: { number: 2, title: 'Problem 3', impact: null, owner: null } },
  ])
  const { history } = await client.getEntry(1)
  expect(
    new Set(history.events.map(({ what, after, reason }) => [what, after, reason].join(': '))),
  ).toEqual(
    new Set([
      'cost: 900: ',
      'due: 2027-01-15: ',
      'effort: S: ',
      'impact: 3: ',
      'monthly: {"customers":40,"source":"desk"}: ',
      'opened-by-hand: : Line 2 of improvements.csv',
      `owner: ${workspace.owner.name}: `,
    ]),
  )
  expect(history.events.at(-1)?.what).toBe('opened-by-hand')
})

test('a file that comes again, in part or at once with itself, opens nothing twice', async () => {
  const workspace = await newWorkspace()
  await bringIn(workspace, [line(2), line(3)])

  const again = await bringIn(workspace, [line(9, { key: 'words:2' }), line(4)])
  const atOnce = await Promise.all([
    bringIn(workspace, [line(5), line(6)]),
    bringIn(workspace, [line(5), line(6)]),
  ])

  expect(again.lines).toMatchObject([
    { line: 9, is: 'here', entry: { number: 1, title: 'Problem 2' } },
    { line: 4, is: 'new', entry: { number: 3 } },
  ])
  expect(
    atOnce
      .flatMap(({ lines }) => lines)
      .map(({ line: at, is }) => `${at} ${is}`)
      .toSorted(),
  ).toEqual(['5 here', '5 new', '6 here', '6 new'])
  const { entries } = await workspace.owner.client.listEntries({ state: 'all', sort: 'newest' })
  expect(entries.map(({ number }) => number)).toEqual([5, 4, 3, 2, 1])
  expect(
    await rows(
      `SELECT next_entry_number AS next, seq, (SELECT count(DISTINCT seq) FROM entry WHERE workspace_id = ?1) AS places
       FROM workspace WHERE id = ?1`,
      workspace.id,
    ),
  ).toEqual([{ next: 6, seq: 5, places: 5 }])
})

test('a number finds its entry, whatever the line is called; one that is not here is refused', async () => {
  const workspace = await newWorkspace()
  await workspace.owner.client.openEntry({ id: newId(), title: 'By hand', service: null })

  const { lines } = await bringIn(workspace, [
    line(2, { number: 1 }),
    line(3, { number: 12 }),
    line(4, { owner: newId() }),
  ])

  expect(lines).toMatchObject([
    { line: 2, is: 'here', entry: { number: 1, title: 'By hand' } },
    { line: 3, is: 'refused', problem: expect.stringContaining('no entry 12') },
    { line: 4, is: 'refused', problem: 'Nobody here could own this.' },
  ])
  expect((await workspace.owner.client.listEntries({ state: 'all' })).entries).toHaveLength(1)
})

test('another workspace’s file opens its own entries here, and nobody without the right brings one in', async () => {
  const [mine, theirs] = [await newWorkspace(), await newWorkspace()]
  await bringIn(theirs, [line(2)])

  const { lines } = await bringIn(mine, [line(2), line(3, { number: 1 })])
  const viewer = await newMember(mine, 'viewer')

  expect(lines).toMatchObject([
    { line: 2, is: 'new', entry: { number: 1 } },
    { line: 3, is: 'refused' },
  ])
  await expect(
    viewer.client.importEntries({ file: FILE, isDryRun: true, lines: [line(2)] }),
  ).rejects.toMatchObject({ status: 403 })
})

test('two lines of one key, no title, too many lines: refused as a whole, with the field named', async () => {
  const workspace = await newWorkspace()
  const many = Array.from({ length: 51 }, (_, index) => line(index + 2))

  await expect(bringIn(workspace, [line(2), line(3, { key: 'words:2' })])).rejects.toMatchObject({
    status: 400,
    message: expect.stringContaining('lines'),
  })
  await expect(bringIn(workspace, [line(2, { title: '  ' })])).rejects.toMatchObject({
    status: 400,
  })
  await expect(bringIn(workspace, many)).rejects.toMatchObject({ status: 400 })
  expect((await workspace.owner.client.listEntries({ state: 'all' })).entries).toEqual([])
})

test('what came in stands in its lists and moves like any other', async () => {
  const workspace = await newWorkspace()
  const { client } = workspace.owner
  await bringIn(
    workspace,
    Array.from({ length: 50 }, (_, index) => line(index + 2, { impact: 4, effort: 'S' })),
  )

  expect((await client.listEntries({ impact: '4' })).counted?.total).toBe(50)
  expect((await client.listEntries({ q: 'problem 51' })).entries[0]?.number).toBe(50)
  const moved = await client.moveEntry(1, { version: 1, to: 'declined', reason: 'Not ours' })
  expect(moved.state).toBe('declined')
})

test('lines cost the same calls, and read the same rows, however much the workspace holds', async () => {
  const costIn = async (entries: number) => {
    const workspace = await newWorkspace()
    await insertEntries(
      workspace.id,
      Array.from({ length: entries }, (_, index) => ({ number: index + 1 })),
    )
    await env.DB.prepare('UPDATE workspace SET next_entry_number = ?2, seq = ?2 WHERE id = ?1')
      .bind(workspace.id, entries + 1)
      .run()
    const counted = countedD1(env.DB)
    const lines = [line(2, { impact: 4, effort: 'S' }), line(3, { number: 1 })]
    const response = await send(
      '/app/entries/import',
      ownPage(
        { method: 'POST', body: JSON.stringify({ file: FILE, isDryRun: false, lines }) },
        workspace.owner.browser.cookie(),
      ),
      { ...env, DB: counted.d1 },
    )
    expect(response.status).toBe(200)
    return counted.cost
  }
  const [few, many] = [await costIn(5), await costIn(400)]

  expect(many.calls).toBe(few.calls)
  expect(many.rowsRead).toBeLessThanOrEqual(few.rowsRead * 1.1)
})
