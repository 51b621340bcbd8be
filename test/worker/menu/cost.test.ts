import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'

import { menuCalls } from '../../support/menu-calls'
import { d1CallsOf } from '../register/support'
import { ownPage, send } from '../support/browser'
import { countedD1 } from '../support/counted-d1'
import { rows } from '../sync/support'
import { type Menus, newMenus } from './support'

/** What the door asks before anything else. */
const DOOR_CALLS = 3

async function rowsReadBy(menus: Menus, path: string): Promise<number> {
  const { d1, cost } = countedD1(env.DB)
  const cookie = menus.reviewer.browser.cookie()
  const response = await send(path, ownPage({}, cookie), { ...env, DB: d1 })
  if (!response.ok) throw new Error(`${path}: ${response.status}`)
  return cost.rowsRead
}

test('a map of 300 calls of 12 steps takes at most six calls to D1', async () => {
  const menus = await newMenus()
  await menus.call(menuCalls(300))
  await menus.client.importDesign('4357', '1 A problem')

  const begin = performance.now()
  expect(await d1CallsOf(menus.reviewer, '/app/menus/4357')).toBeLessThanOrEqual(DOOR_CALLS + 1)
  console.log(`answered after ${Math.round(performance.now() - begin)} ms`)

  for (const path of ['/app/menus', '/app/menus/4357/notes?at=1']) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    expect(await d1CallsOf(menus.reviewer, path)).toBeLessThanOrEqual(DOOR_CALLS + 2)
  }
  expect((await menus.client.getMenu('4357')).nodes[0]).toMatchObject({ calls: 300 })
}, 120_000)

test('a map costs what it shows, however many calls, notes and steps there are beside it', async () => {
  const [few, many] = [await newMenus(), await newMenus()]
  for (const menus of [few, many]) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await menus.call(menuCalls(30))
    // oxlint-disable-next-line no-await-in-loop -- see above
    await menus.call(menuCalls(3), '1300')
  }
  const [leader] = [await many.leader('leader 0')]
  const numbers = JSON.stringify(Array.from({ length: 3_000 }, (_, index) => index))
  const [walk] = await rows<{ walk_id: string }>(
    "SELECT walk_id FROM call WHERE workspace_id = ?1 AND number_key = '1300' LIMIT 1",
    many.workspace.id,
  )
  await env.DB.batch([
    env.DB.prepare(
      `INSERT INTO call (workspace_id, walk_id, seq, person_id, number_key, number, at)
       SELECT ?1, ?2, 1000 + value, ?3, '1300', '1300', value FROM json_each(?4)`,
    ).bind(many.workspace.id, walk?.walk_id, leader.personId, numbers),
    env.DB.prepare(
      `INSERT INTO step (workspace_id, walk_id, seq, kind, at, data)
       SELECT ?1, ?2, 1000 + value, 'dial', value, '{}' FROM json_each(?3)`,
    ).bind(many.workspace.id, walk?.walk_id, numbers),
    env.DB.prepare(
      `INSERT INTO note (id, workspace_id, person_id, source, mood, words, first_words, channel, place, place_key,
        wide_place_key, at, received_at, rev, seq, arrived, grouped)
       SELECT 'note ' || value, ?1, ?2, 'told', 'embarrassed', 'w', 'w', CASE value % 2 WHEN 0 THEN 'phone' ELSE 'portal' END,
        '{"kind":"call","number":"1300","keys":["1"]}', 'call|1300|1', 'call|1300', value, 1, 1, 100 + value, 100 + value, 1
       FROM json_each(?3)`,
    ).bind(many.workspace.id, leader.personId, numbers),
  ])

  for (const path of ['/app/menus/4357', '/app/menus/4357/notes?at=1']) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    const [small, large] = [await rowsReadBy(few, path), await rowsReadBy(many, path)]
    // A session that is touched reads a row or two.
    expect(Math.abs(large - small), path).toBeLessThan(6)
  }
  // The list counts as far as a map goes, and a place's page reads its page.
  expect(await rowsReadBy(many, '/app/menus')).toBeLessThan(1_200)
  expect(await rowsReadBy(many, '/app/menus/1300/notes?at=1')).toBeLessThan(150)
})
