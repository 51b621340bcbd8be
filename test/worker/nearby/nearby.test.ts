import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'

import { NEARBY_MAX_ROWS } from '#shared/limits'
import { nearbyFor } from '#shared/grouping/nearby'
import { noteFeaturesOf } from '#shared/grouping/note-features'
import { WEIGHTS } from '#shared/grouping/weights'

import { callPlace, newNote, newId, pagePlace, recallOp } from '../../support/ops'
import { entryOf, note } from '../grouping/support'
import { newCanaryNote } from '../recall/support'
import { newSender, push } from '../sync/support'
import { newWorkspace } from '../support/workspace'
import { askNearby, countIn, nearby } from './support'

async function twoLeaders() {
  const workspace = await newWorkspace()
  return { me: await newSender({ workspace }), other: await newSender({ workspace }) }
}

const setEntry = (workspaceId: string, number: number, change: string) =>
  env.DB.prepare(`UPDATE workspace SET seq = seq + 1 WHERE id = ?1`)
    .bind(workspaceId)
    .run()
    .then(() =>
      env.DB.prepare(
        `UPDATE entry SET ${change}, seq = (SELECT seq FROM workspace WHERE id = ?1) WHERE workspace_id = ?1 AND number = ?2`,
      )
        .bind(workspaceId, number)
        .run(),
    )

test('a colleague’s entry comes without a word of the note, its place, its service or its author', async () => {
  const { me, other } = await twoLeaders()
  const { told, canary } = await newCanaryNote()
  await note(other, told)

  const { rows, text } = await nearby(me)

  expect(rows).toMatchObject([
    {
      type: 'nearby',
      number: 1,
      mood: 'embarrassed',
      title: null,
      notes: 1,
      others: 1,
      placed: true,
    },
  ])
  expect(text.toLowerCase()).not.toContain(canary.toLowerCase())
  for (const secret of [other.personId, told.id, told.walkId ?? 'none', 'button', 'help.example'])
    expect(text).not.toContain(secret)
  expect(countIn(me, rows[0], `stem|${canary.toLowerCase()}`)).toBe(1)
})

test('the worker’s rows rank a note at the same button first', async () => {
  const { me, other } = await twoLeaders()
  const here = newNote({ words: 'Nobody knows their MAC address', service: 'Wi-Fi' })
  await note(
    other,
    newNote({ words: 'The list of printers is old', place: pagePlace({ route: '/printers' }) }),
    here,
  )
  const { rows } = await nearby(me)

  const mine = noteFeaturesOf({
    ...newNote({ words: 'I gave up at this form', service: 'Wi-Fi' }),
    walk: null,
    person: null,
  })
  const [best] = nearbyFor(
    mine,
    rows.filter((row) => row.type === 'nearby'),
    me.workspace.id,
    WEIGHTS,
  )

  expect(best?.row.number).toBe(await entryOf(here))
  expect(best).toMatchObject({ at: 'element', reason: 'Same button on the same page.' })
})

test('others are those who noted it, without the one who asks', async () => {
  const { me, other } = await twoLeaders()
  const third = await newSender({ workspace: me.workspace })
  for (const device of [me, me, other, third]) await note(device, newNote())

  expect((await nearby(me)).rows).toMatchObject([{ notes: 4, others: 2 }])
  expect((await nearby(other)).rows).toMatchObject([{ notes: 4, others: 2 }])
})

test('a title comes once a reviewer confirmed it', async () => {
  const { me, other } = await twoLeaders()
  await note(other, newNote({ words: 'They ask twice' }))
  const { cursor, rows } = await nearby(me)
  await setEntry(me.workspace.id, 1, 'title_confirmed = 1')

  expect(rows).toMatchObject([{ title: null }])
  expect((await nearby(me, { cursor })).rows).toMatchObject([
    { number: 1, title: 'They ask twice' },
  ])
})

test('what changed comes page by page, and nothing twice', async () => {
  const { me, other } = await twoLeaders()
  const many = Array.from({ length: 7 }, (_, index) =>
    newNote({
      words: `${'abcdefg'[index]} wholly other words ${index}`,
      place: pagePlace({ origin: `https://s${index}.example.org`, route: `/page-${index}` }),
    }),
  )
  await note(other, ...many)
  const seen: number[] = []
  let cursor: string | undefined
  for (let more = true; more;) {
    // oxlint-disable-next-line no-await-in-loop -- page by page
    const page = await nearby(me, { limit: 3, ...(cursor !== undefined && { cursor }) })
    seen.push(...page.rows.map(({ seq }) => seq))
    ;({ cursor, more } = page)
  }

  expect(seen).toHaveLength(new Set(await Promise.all(many.map(entryOf))).size)
  expect(seen).toEqual([...new Set(seen)].toSorted((one, two) => one - two))
  if (cursor === undefined) throw new Error('no cursor')
  expect((await nearby(me, { cursor })).rows).toEqual([])
})

test.each(["state = 'declined'", "state = 'withdrawn'", "state = 'merged', merged_into = id"])(
  'an entry with %s is gone',
  async (change) => {
    const { me, other } = await twoLeaders()
    await note(other, newNote())
    const { cursor } = await nearby(me)
    await setEntry(me.workspace.id, 1, change)

    expect((await nearby(me, { cursor })).rows).toMatchObject([{ type: 'gone' }])
  },
)

test('a merged entry lends its notes to the one it was merged into', async () => {
  const { me, other } = await twoLeaders()
  await note(other, newNote({ words: 'They ask twice' }))
  const elsewhere = pagePlace({ origin: 'https://hr.example.org', route: '/leave' })
  await note(me, newNote({ words: 'Zebra crossing', place: elsewhere, service: 'HR' }))
  await setEntry(
    me.workspace.id,
    2,
    `state = 'merged', merged_into = (SELECT id FROM entry WHERE workspace_id = ?1 AND number = 1)`,
  )
  await setEntry(me.workspace.id, 1, 'version = version + 1')

  const { rows } = await nearby(me)

  expect(rows).toMatchObject([{ type: 'gone' }, { number: 1, notes: 2, others: 1 }])
  expect(countIn(me, rows[1], 'stem|zebra')).toBe(1)
})

test('a fixed one says so', async () => {
  const { me, other } = await twoLeaders()
  await note(other, newNote())
  await setEntry(me.workspace.id, 1, "state = 'closed'")

  expect((await nearby(me)).rows).toMatchObject([{ closed: true }])
})

test('what was taken back is in no row any more', async () => {
  const { me, other } = await twoLeaders()
  const stays = newNote({ words: 'They ask twice' })
  const goes = newNote({ words: 'They ask quokka twice' })
  await note(other, stays)
  await note(me, goes)
  const { cursor, rows } = await nearby(other)
  expect(rows).toMatchObject([{ notes: 2, others: 1 }])
  expect(countIn(me, rows[0], 'stem|quokka')).toBe(1)

  await push(me, [recallOp(9_001, goes.id)])

  const [row] = (await nearby(other, { cursor })).rows
  expect(row).toMatchObject({ notes: 1, others: 0 })
  expect(countIn(me, row, 'stem|quokka')).toBe(0)
  await push(other, [recallOp(9_001, stays.id)])
  expect((await nearby(other, { cursor })).rows).toMatchObject([{ type: 'gone' }])
})

test('an entry whose summary was forgotten is told from its newest notes', async () => {
  const { me, other } = await twoLeaders()
  await note(other, newNote({ service: 'Wi-Fi' }))
  const [before] = (await nearby(me)).rows
  await env.DB.prepare('DELETE FROM entry_summary WHERE workspace_id = ?')
    .bind(me.workspace.id)
    .run()

  expect((await nearby(me)).rows).toEqual([before])
})

test('nobody gets an entry of another workspace, nor goes on from its cursor', async () => {
  const { me, other } = await twoLeaders()
  await note(other, newNote())
  const stranger = await newSender()

  const { cursor } = await nearby(me)

  expect((await nearby(stranger)).rows).toEqual([])
  expect((await askNearby(stranger, { cursor })).status).toBe(410)
  expect((await askNearby(stranger, { cursor: 'x' })).status).toBe(410)
})

test('the cursor of a pull is none of this', async () => {
  const { me } = await twoLeaders()
  await note(me, newNote())
  const pulled = btoa(JSON.stringify([me.workspace.id, 1, 'walker', 0]))

  expect((await askNearby(me, { cursor: pulled })).status).toBe(410)
})

test('another scope starts again, and another epoch is told', async () => {
  const { me } = await twoLeaders()
  const { cursor } = await nearby(me)
  await env.DB.prepare("UPDATE person SET role = 'reviewer' WHERE id = ?").bind(me.personId).run()
  expect((await askNearby(me, { cursor })).status).toBe(410)
  await env.DB.prepare('UPDATE workspace SET epoch = 2 WHERE id = ?').bind(me.workspace.id).run()

  expect((await askNearby(me, { cursor })).status).toBe(409)
})

test.each(['0', '-1', '1e3', String(NEARBY_MAX_ROWS + 1), ''])(
  'a page of “%s” rows is refused',
  async (limit) => {
    const { me } = await twoLeaders()

    expect((await askNearby(me, { limit: limit as unknown as number })).status).toBe(400)
  },
)

test('a first pull holds the last two thousand that changed', async () => {
  const { me } = await twoLeaders()
  const ids = Array.from({ length: 2_005 }, () => newId())
  await env.DB.prepare(
    `INSERT INTO entry (id, workspace_id, number, mood, title, channel, state, opened_at, changed_at, version, seq)
     SELECT value, ?1, key + 1, 'embarrassed', 'x', 'portal', 'new', 0, 0, 1, key + 1 FROM json_each(?2)`,
  )
    .bind(me.workspace.id, JSON.stringify(ids))
    .run()
  await env.DB.prepare('UPDATE workspace SET seq = 2005 WHERE id = ?').bind(me.workspace.id).run()

  const { rows, more } = await nearby(me)

  expect(more).toBe(true)
  expect(rows[0]).toMatchObject({ type: 'gone', seq: 6 })
})

test('an entry tells the same, byte for byte, where what is kept of it is made anew', async () => {
  const { me, other } = await twoLeaders()
  const first = newNote({ words: 'It asks twice', service: 'Wi-Fi' })
  await note(other, first)
  const sameAs = (await nearby(me)).rows[0]?.id ?? null
  const words = { words: 'It asks twice', sameAs }
  await note(
    other,
    newNote({ ...words, service: 'Badges', place: callPlace('+46 8 123') }),
    newNote({ ...words, service: 'Mail', place: { kind: 'desk', reason: null } }),
  )
  const kept = await nearby(me)
  expect(kept.rows).toMatchObject([{ notes: 3 }])

  await env.DB.prepare('DELETE FROM entry_summary WHERE workspace_id = ?')
    .bind(me.workspace.id)
    .run()

  expect((await nearby(me)).text).toBe(kept.text)
})
