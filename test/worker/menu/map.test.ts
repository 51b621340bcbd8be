import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'

import { MAP_MAX_CALLS } from '#shared/api/menu'

import {
  newNote,
  newPart,
  newWalk,
  noteOp,
  partOp,
  callPlace,
  walkRecallOp,
} from '../../support/ops'
import {
  callBy,
  ends,
  hears,
  offers,
  press,
  stepsOf,
  TEN_CALLS,
  TEN_CALLS_DRAWN,
} from '../../support/menu-calls'
import { push, rows } from '../sync/support'
import { refusalOf } from '../triage/support'
import { drawn, newMenus } from './support'

test('ten calls of nine people through the door are the tree that a person would draw', async () => {
  const menus = await newMenus()

  await menus.call(TEN_CALLS)

  const map = await menus.client.getMenu('4357')
  expect(drawn(map)).toBe(TEN_CALLS_DRAWN)
  expect(map).toMatchObject({
    number: '4357',
    more: false,
    callers: 9,
    over: 9,
    reached: 2,
    design: null,
  })
  expect(map.versions).toEqual([
    { from: Date.UTC(2026, 10, 1), to: Date.UTC(2026, 10, 10), calls: 10, changes: [] },
  ])
  expect(await menus.client.listMenus()).toEqual({
    numbers: [
      {
        key: '4357',
        number: '4357',
        calls: 10,
        more: false,
        callers: 9,
        lastAt: Date.UTC(2026, 10, 10),
      },
    ],
    next: null,
  })
})

test('a number is one however it is typed, and numbers that nobody wrote down are on no list', async () => {
  const menus = await newMenus()

  await menus.call([callBy('ada', 1)], '0800 12-34')
  await menus.call([callBy('ben', 2)], '(0800) 1234')
  await menus.call([callBy('ben', 3)], ' ')

  expect((await menus.client.listMenus()).numbers).toMatchObject([
    { key: '08001234', number: '(0800) 1234', calls: 2, callers: 2 },
  ])
})

test('a call that was sent in two parts is one, and the next call of its walk is another', async () => {
  const menus = await newMenus()
  const device = await menus.leader('ada')
  const steps = stepsOf(callBy('ada', 1, press('1'), press('3'), ends('dropped'), press('9')))
  const second = stepsOf(callBy('ada', 1, press('2'), ends('voicemail'))).map((step) => ({
    ...step,
    seq: step.seq + 4,
    at: step.at + 60_000,
  }))
  const walk = newWalk()

  await push(device, [
    partOp(1, newPart({ walk, steps: steps.slice(0, 2) })),
    partOp(2, newPart({ walk, part: 2, steps: [...steps.slice(2), ...second] })),
  ])

  expect(drawn(await menus.client.getMenu('4357'))).toBe(`start, 2 calls of 1
  1, 1 calls of 1
    3, 1 calls of 1, dropped 1
  2, 1 calls of 1, voicemail 1`)
})

test('a walk that is taken back takes its calls with it', async () => {
  const menus = await newMenus()
  const walks = await menus.call([callBy('ada', 1, press('1')), callBy('ben', 2, press('2'))])

  await push(await menus.leader('ada'), [walkRecallOp(await menus.nextMid('ada'), walks[0] ?? '')])

  expect(drawn(await menus.client.getMenu('4357'))).toBe(`start, 1 calls of 1
  2, 1 calls of 1`)
  await push(await menus.leader('ben'), [walkRecallOp(await menus.nextMid('ben'), walks[1] ?? '')])
  expect(await menus.client.listMenus()).toEqual({ numbers: [], next: null })
  expect(await refusalOf(menus.client.getMenu('4357'))).toMatchObject({ status: 404 })
})

test('another workspace that calls the same number has its own map, and one that never called has none', async () => {
  const [ours, theirs, nobody] = [await newMenus(), await newMenus(), await newMenus()]
  await ours.call([callBy('ada', 1, hears('Ours'), press('1'))])
  await theirs.call([callBy('ada', 1, hears('Theirs'), press('2'))])
  await ours.client.importDesign('4357', '1 Our problem')

  expect(JSON.stringify(await theirs.client.getMenu('4357'))).not.toContain('Our')
  expect(await nobody.client.listMenus()).toEqual({ numbers: [], next: null })
  for (const refused of [
    () => nobody.client.getMenu('4357'),
    () => nobody.client.listMenuNotes('4357', {}),
    () => nobody.client.importDesign('4357', '1 A problem'),
    () => nobody.client.removeDesign('4357'),
  ]) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    expect(await refusalOf(refused())).toMatchObject({ status: 404 })
  }
})

test('a menu that changed has a map of each version, with its own notes', async () => {
  const menus = await newMenus()
  const [problem, request] = [offers('1', 'A problem'), offers('1', 'A request')]
  await menus.call([
    callBy('ada', 1, problem, press('1'), ends('dropped')),
    callBy('ben', 2, problem),
    callBy('cem', 3, request),
    callBy('dora', 4, request, press('1'), ends('callback')),
  ])
  const at = (day: number) => ({ at: Date.UTC(2026, 10, day), place: callPlace('4357', '1') })
  const [old, young] = [newNote({ ...at(1), wince: 3 }), newNote({ ...at(4), wince: 1 })]
  await push(await menus.leader('ada'), [
    noteOp(await menus.nextMid('ada'), old),
    noteOp(await menus.nextMid('ada'), young),
  ])

  const newest = await menus.client.getMenu('4357')
  const first = await menus.client.getMenu('4357', 0)

  expect(newest.versions.map(({ changes }) => changes)).toEqual([
    [],
    [{ path: ['1'], before: 'A problem', after: 'A request' }],
  ])
  expect(newest).toMatchObject({ version: 1, notesBefore: null, callers: 2 })
  expect(drawn(newest)).toBe(`start, 2 calls of 2
  1 A request, 1 calls of 1, callback 1`)
  expect(newest.nodes[1]).toMatchObject({ worst: 1, winces: 1 })
  expect(drawn(first)).toBe(`start, 2 calls of 2
  1 A problem, 1 calls of 1, dropped 1`)
  expect(first.nodes[1]).toMatchObject({ worst: 3, winces: 1 })
  const between = { at: '1', before: String(first.notesBefore) }
  expect((await menus.client.listMenuNotes('4357', between)).notes).toMatchObject([{ id: old.id }])
  expect(await refusalOf(menus.client.getMenu('4357', 2))).toMatchObject({ status: 404 })
})

test('what is no step of a call is passed by, and of the rest only what a map shows is told', async () => {
  const menus = await newMenus()
  const [walk] = await menus.call([
    callBy('ada', 1, { ...press('1'), typed: 'secret' }, press('2'), press('3'), press('4')),
  ])
  for (const [seq, data] of [
    [3, '{'],
    [4, '{"kind":"key","seq":4,"at":1,"key":"A"}'],
    [5, '[]'],
  ] as const) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await rows('UPDATE step SET data = ?3 WHERE walk_id = ?1 AND seq = ?2', walk, seq, data)
  }

  const map = await menus.client.getMenu('4357')

  expect(map.nodes.map(({ path }) => path)).toEqual([[], ['1']])
  expect(JSON.stringify(map)).not.toContain('secret')
})

test('of more calls than one map shows the newest are shown, and it says so', async () => {
  const menus = await newMenus()
  const [walk] = await menus.call([callBy('ada', 1, press('1'))])
  await rows(
    `INSERT INTO call (workspace_id, walk_id, seq, person_id, number_key, number, at)
     SELECT workspace_id, walk_id, 100 + value, person_id, number_key, number, at - 1000 FROM call, json_each(?2)
     WHERE walk_id = ?1`,
    walk,
    JSON.stringify(Array.from({ length: MAP_MAX_CALLS }, (_, index) => index)),
  )

  expect((await menus.client.listMenus()).numbers).toMatchObject([
    { calls: MAP_MAX_CALLS, more: true },
  ])
  expect(await menus.client.getMenu('4357')).toMatchObject({ more: true, callers: 1 })
})

test('calls that were sent before there was a table of them are found as well', async () => {
  const menus = await newMenus()
  await menus.call(TEN_CALLS.slice(0, 1), '＋49 (0)800–12 34 Help*#')
  await menus.call(TEN_CALLS.slice(1, 2), '4357')
  const before = await rows(
    'SELECT * FROM call WHERE workspace_id = ?1 ORDER BY at',
    menus.workspace.id,
  )
  await rows('DELETE FROM call WHERE workspace_id = ?1', menus.workspace.id)
  const migration = env.MIGRATIONS.find(({ name }) => name.startsWith('0017'))
  const backfill = migration?.queries.at(-1) ?? ''

  await rows(backfill.replace('INSERT INTO call', 'INSERT OR IGNORE INTO call'))

  const after = await rows(
    'SELECT * FROM call WHERE workspace_id = ?1 ORDER BY at',
    menus.workspace.id,
  )
  // The full-width plus is folded in TypeScript only.
  expect(before[0]).toMatchObject({ number_key: '+4908001234help*#' })
  expect(after).toEqual(
    before.map((row) => ({
      ...row,
      number_key: String(row['number_key']).replace('+', '＋'),
    })),
  )
})
