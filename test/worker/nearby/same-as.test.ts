import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'

import type { Note } from '#shared/note'

import { newId, newNote, noteOp, pagePlace } from '../../support/ops'
import { entryOf, note } from '../grouping/support'
import { newSender, push, rows } from '../sync/support'
import { newWorkspace } from '../support/workspace'

/** Two leaders, the entry of the one, and a note of the other that has nothing in common with it. */
async function anEntry(change: Partial<Note> = {}) {
  const workspace = await newWorkspace()
  const [lea, sam] = [await newSender({ workspace }), await newSender({ workspace })]
  const first = newNote({ words: 'They ask twice', ...change })
  await note(lea, first)
  const entryId = await idOf(first)
  const far = (given: Partial<Note> = {}) =>
    newNote({
      words: 'Zebra crossing',
      service: 'HR',
      kind: 'tone',
      place: pagePlace({ origin: 'https://hr.example.org', route: '/leave', title: null }),
      ...given,
    })
  return { lea, sam, first, entryId, far }
}

async function idOf({ id }: Note): Promise<string> {
  const [row] = await rows<{ entry_id: string }>(
    'SELECT entry_id FROM entry_note WHERE note_id = ? AND current = 1',
    id,
  )
  return row?.entry_id ?? ''
}

const placementOf = async ({ id }: Note) => {
  const [row] = await rows<{ placed_by: string; why: string }>(
    'SELECT placed_by, why FROM entry_note WHERE note_id = ? AND current = 1',
    id,
  )
  return { placedBy: row?.placed_by, why: JSON.parse(row?.why ?? '{}') as Record<string, unknown> }
}

test('a note joins the entry that its author named, and says so', async () => {
  const { sam, entryId, far } = await anEntry()
  const mine = far({ sameAs: entryId })
  await note(sam, mine)

  expect(await entryOf(mine)).toBe(1)
  expect(await placementOf(mine)).toMatchObject({
    placedBy: sam.personId,
    why: { decision: 'join', sentence: 'Its author said: the same as #1.' },
  })
  expect(await rows('SELECT notes, leaders FROM entry WHERE id = ?', entryId)).toEqual([
    { notes: 2, leaders: 2 },
  ])
  expect(
    await rows("SELECT actor FROM event WHERE entry_id = ? AND what = 'joined'", entryId),
  ).toEqual([{ actor: sam.personId }])
})

test('the same note without it stays alone', async () => {
  const { sam, far } = await anEntry()
  const mine = far()
  await note(sam, mine)

  expect(await entryOf(mine)).toBe(2)
  expect((await placementOf(mine)).placedBy).toBe('grouping')
})

test('a word that is given in one push with others is heard for its note only', async () => {
  const { sam, entryId, far } = await anEntry()
  const [mine, other] = [far({ sameAs: entryId }), far({ words: 'Nothing works at night' })]
  await note(sam, other, mine)

  expect([await entryOf(other), await entryOf(mine)]).toEqual([2, 1])
})

test('a merged entry stands for the one it was merged into', async () => {
  const { lea, sam, first, entryId, far } = await anEntry()
  const target = newNote({
    words: 'Completely other',
    kind: 'slow',
    place: pagePlace({ origin: 'https://x.example.org', route: '/x', title: null }),
  })
  await note(lea, target)
  expect(await entryOf(target)).toBe(2)
  await env.DB.prepare("UPDATE entry SET state = 'merged', merged_into = ? WHERE id = ?")
    .bind(await idOf(target), entryId)
    .run()
  const mine = far({ sameAs: entryId })
  await note(sam, mine)

  expect(await entryOf(mine)).toBe(2)
  expect((await placementOf(mine)).why['sentence']).toBe('Its author said: the same as #2.')
  expect(await entryOf(first)).toBe(1)
})

test('a fixed entry is opened again', async () => {
  const { sam, entryId, far } = await anEntry()
  await env.DB.prepare("UPDATE entry SET state = 'closed' WHERE id = ?").bind(entryId).run()
  await note(sam, far({ sameAs: entryId }))

  expect(await rows('SELECT state FROM entry WHERE id = ?', entryId)).toEqual([
    { state: 'reopened' },
  ])
})

test.each(["state = 'declined'", "state = 'withdrawn'"])(
  'an entry with %s is not joined: grouping decides',
  async (change) => {
    const { sam, entryId, far } = await anEntry()
    await env.DB.prepare(`UPDATE entry SET ${change} WHERE id = ?`).bind(entryId).run()
    const mine = far({ sameAs: entryId })
    await note(sam, mine)

    expect(await entryOf(mine)).toBe(2)
    expect((await placementOf(mine)).placedBy).toBe('grouping')
  },
)

test('liked and embarrassed never meet, whatever an author says', async () => {
  const { sam, entryId, far } = await anEntry()
  const mine = far({ mood: 'liked', kind: null, wince: null, sameAs: entryId })
  await note(sam, mine)

  expect(await entryOf(mine)).toBe(2)
})

test('an entry of another workspace, and one that never was, are as if nothing was said', async () => {
  const { far } = await anEntry()
  const { entryId } = await anEntry()
  const stranger = await newSender()
  const [one, two] = [far({ sameAs: entryId }), far({ sameAs: newId(), words: 'Night owl' })]
  await note(stranger, one, two)

  for (const each of [one, two]) expect((await placementOf(each)).placedBy).toBe('grouping')
  expect(await rows('SELECT notes FROM entry WHERE id = ?', entryId)).toEqual([{ notes: 1 }])
})

test.each([
  ['nothing', ''],
  ['SQL', "'; DROP TABLE entry"],
  ['a path', '../1'],
  ['a long text', 'x'.repeat(100_000)],
  ['a number', 12],
  ['an object', { id: 1 }],
  ['a list', []],
])('a note that says it is the same as %s is refused', async (_what, sameAs) => {
  const { sam, far } = await anEntry()
  const op = noteOp(9_500, { ...far(), sameAs } as Note)

  expect(await push(sam, [op])).toMatchObject([{ status: 'rejected', code: 'malformed' }])
})
