import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'

import { PULL_MAX_ROWS } from '#shared/limits'

import { newNote, noteOp, topicNote } from '../../support/ops'
import { newWorkspace } from '../support/workspace'
import { type Device, askPull, count, newSender, pull, pullAll, push, rows } from './support'

/** Notes in words and at places of their own, so that each opens an entry. */
const apart = (mid: number) => noteOp(mid, topicNote(mid))

async function pushMany(device: Device, from: number, length: number): Promise<void> {
  for (let mid = from; mid < from + length; mid += 10) {
    const ops = Array.from({ length: Math.min(10, from + length - mid) }, (_, index) =>
      apart(mid + index),
    )
    await push(device, ops)
  }
}

/** What a person may have in their mirror, read from the tables and not by the route. */
async function visibleTo(device: Device): Promise<Map<string, number>> {
  const all = await rows<{ key: string; seq: number }>(
    `SELECT 'note/' || id AS key, seq FROM note WHERE person_id = ?1
     UNION SELECT 'entry/' || entry.id, entry.seq FROM entry
       JOIN entry_note ON entry_note.entry_id = entry.id AND entry_note.current = 1
       JOIN note ON note.id = entry_note.note_id WHERE note.person_id = ?1`,
    device.personId,
  )
  return new Map(all.map(({ key, seq }) => [key, seq]))
}

const seqs = (mirror: Map<string, Record<string, unknown>>) =>
  new Map([...mirror].map(([key, row]) => [key, row['seq']]))

test('a person pulls their notes, where these are, and the entries they are in', async () => {
  const device = await newSender()
  const note = newNote({ words: 'The form forgets everything' })
  await push(device, [noteOp(1, note)])

  const { rows: pulled, more, epoch, workspace } = await pull(device)

  expect(pulled).toMatchObject([
    { type: 'entry', number: 1, mood: 'embarrassed', state: 'new', title: null },
    { type: 'note', id: note.id, entryId: pulled[0]?.id },
  ])
  expect({ more, epoch, workspace }).toEqual({
    more: false,
    epoch: 1,
    workspace: {
      name: device.workspace.name,
      coverEverything: true,
      privateWords: [],
      unwalked: null,
    },
  })
  expect(JSON.stringify(pulled)).not.toContain('forgets')
})

test('a title is pulled once a reviewer confirmed it', async () => {
  const device = await newSender()
  await push(device, [noteOp(1)])
  await env.DB.prepare('UPDATE entry SET title_confirmed = 1 WHERE workspace_id = ?')
    .bind(device.workspace.id)
    .run()

  expect((await pull(device)).rows[0]).toMatchObject({ title: 'It lost everything I typed' })
})

test('nobody pulls a note of anybody else, nor an entry that only others are in', async () => {
  const workspace = await newWorkspace()
  const mine = await newSender({ workspace })
  const theirs = await newSender({ workspace })
  const stranger = await newSender()
  await push(mine, [apart(1), noteOp(2)])
  await push(theirs, [apart(3), noteOp(4)])
  await push(stranger, [noteOp(1)])

  for (const device of [mine, theirs, stranger]) {
    const { mirror } = await pullAll(device)
    expect(seqs(mirror)).toEqual(await visibleTo(device))
  }
  // Both have winced at one button, so both see that entry.
  const { mirror } = await pullAll(theirs)
  expect([...mirror.values()].filter(({ type }) => type === 'entry')).toHaveLength(2)
  expect([...mirror.values()].filter(({ type }) => type === 'note')).toHaveLength(2)
})

test.each([1, 2, 7, 50])(
  'pages of %i, with writes between them, end in what the server has',
  { timeout: 60_000 },
  async (limit) => {
    const device = await newSender()
    const colleague = await newSender({ workspace: device.workspace })
    await pushMany(device, 1, 30)
    let writes = 0

    const { mirror, cursor } = await pullAll(device, limit, async () => {
      writes += 1
      if (writes <= 5) await push(device, [apart(100 + writes)])
      // An entry that was pulled already changes again.
      if (writes === 3) await push(colleague, [apart(1)])
    })

    expect(seqs(mirror)).toEqual(await visibleTo(device))
    expect((await pull(device, { cursor })).rows).toEqual([])
  },
)

test('a cursor goes on where it stood', async () => {
  const device = await newSender()
  await push(device, [apart(1)])
  const { cursor } = await pull(device)
  await push(device, [apart(2)])

  const { rows: news } = await pull(device, { cursor })

  expect(news.map(({ type }) => type)).toEqual(['entry', 'note'])
  expect((await pull(device)).rows).toHaveLength(4)
})

test('rows never share a number, so a page never ends between two of one', async () => {
  const device = await newSender()
  await pushMany(device, 1, 20)
  await push(
    device,
    [apart(1), apart(2)].map((op, index) => ({ ...op, mid: 50 + index })),
  )

  const numbers = [...(await visibleTo(device)).values()]

  expect(new Set(numbers).size).toBe(numbers.length)
})

test('a cursor of another epoch is told the right one', async () => {
  const device = await newSender()
  await push(device, [noteOp(1)])
  const { cursor } = await pull(device)
  await env.DB.prepare('UPDATE workspace SET epoch = 2 WHERE id = ?')
    .bind(device.workspace.id)
    .run()

  const response = await askPull(device, { cursor })

  expect(response.status).toBe(409)
  expect(await response.json()).toMatchObject({ error: 'other-epoch', epoch: 2 })
  expect(await pull(device)).toMatchObject({ epoch: 2 })
})

test('a cursor ahead of the database shows that it was restored, even where nobody raised the epoch', async () => {
  const device = await newSender()
  await push(device, [noteOp(1)])
  const { cursor } = await pull(device)
  await env.DB.prepare('UPDATE workspace SET seq = 1 WHERE id = ?').bind(device.workspace.id).run()

  expect((await askPull(device, { cursor })).status).toBe(409)
})

test('a cursor of another workspace or scope, or none of ours, starts again from the beginning', async () => {
  const device = await newSender()
  await push(device, [noteOp(1)])
  const { cursor } = await pull(device)
  const stranger = await newSender()

  expect((await askPull(stranger, { cursor })).status).toBe(410)
  for (const broken of [
    '',
    'x',
    '%',
    btoa('[]'),
    btoa('["w",1,"s",-1]'),
    btoa('null'),
    btoa('"\uD83D"'.slice(0, 1)),
    'é',
  ]) {
    expect((await askPull(device, { cursor: broken })).status).toBe(410)
  }
  await env.DB.prepare("UPDATE person SET role = 'reviewer' WHERE id = ?")
    .bind(device.personId)
    .run()
  expect((await askPull(device, { cursor })).status).toBe(410)
})

test.each(['0', '-1', '1e3', '01e', String(PULL_MAX_ROWS + 1), '1000', '1;DROP TABLE note', ''])(
  'a page of “%s” rows is refused',
  async (limit) => {
    const device = await newSender()

    expect((await askPull(device, { limit: limit as unknown as number })).status).toBe(400)
  },
)

test(
  'a page holds the most rows that the client takes, and no more',
  { timeout: 60_000 },
  async () => {
    const device = await newSender()
    await pushMany(device, 1, PULL_MAX_ROWS / 2 + 10)

    const first = await pull(device, { limit: PULL_MAX_ROWS })

    expect(first.rows).toHaveLength(PULL_MAX_ROWS)
    expect(first.more).toBe(true)
    expect(await count('note WHERE grouped = 0 AND workspace_id = ?', device.workspace.id)).toBe(0)
  },
)

test('an unknown token pulls nothing', async () => {
  const device = await newSender()

  expect((await askPull({ ...device, token: 'A'.repeat(43) })).status).toBe(401)
})
