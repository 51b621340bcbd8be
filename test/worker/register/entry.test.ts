import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'

import { callPlace, MORNING, newNote, noteOp } from '../../support/ops'
import { newSender, push } from '../sync/support'
import { newWorkspace } from '../support/workspace'
import { d1CallsOf, insertEntries, newEntry } from './support'

test('an entry brings its notes, worst wince first, with authors, walks and reasons', async () => {
  const { workspace, ids } = await newEntry()

  const { entry, evidence, firstNoteAt, lastNoteAt } = await workspace.owner.client.getEntry(1)

  expect(entry).toMatchObject({
    number: 1,
    notes: 3,
    leaders: 2,
    worst: 3,
    free: true,
    service: 'IT',
    channel: 'phone',
    state: 'new',
  })
  expect(evidence.notes.map((note) => note.id)).toEqual([ids[1], ids[0], ids[2]])
  expect(evidence.notes[0]).toMatchObject({
    author: 'Dean',
    kind: 'hold',
    money: 'free',
    firstWords: 'nobody?!',
    walk: null,
    placedByPerson: false,
  })
  expect(evidence.notes[0]?.why?.sentence).toContain('Same point in the voice menu')
  expect(evidence.notes[1]).toMatchObject({
    author: 'CIO',
    firstWords: null,
    why: { decision: 'open' },
    walk: { errand: 'I forgot my password', persona: 'night-shift nurse', kind: 'errand' },
  })
  expect(evidence.next).toBeNull()
  expect([firstNoteAt, lastNoteAt]).toEqual([MORNING, MORNING + 2])
})

test('its history says who brought which note', async () => {
  const { workspace } = await newEntry()

  const { history } = await workspace.owner.client.getEntry(1)

  expect(history.events.map(({ what, note, actor }) => [what, note?.author, actor])).toEqual([
    ['joined', 'Dean', null],
    ['joined', 'Dean', null],
    ['opened', 'CIO', null],
  ])
})

test('notes and history go on in pages, each once', async () => {
  const workspace = await newWorkspace()
  const device = await newSender({ workspace })
  for (let batch = 0; batch < 5; batch += 1) {
    await push(
      device,
      Array.from({ length: 9 }, (_, index) => {
        const each = batch * 9 + index
        return noteOp(
          each + 1,
          newNote({
            place: callPlace('1300', '9'),
            words: `Note ${each}`,
            wince: ([null, 1, 2, 3] as const)[each % 4] ?? null,
            at: MORNING + (each % 3),
          }),
        )
      }),
    )
  }
  const { client } = workspace.owner
  const detail = await client.getEntry(1)
  const notes = [...detail.evidence.notes]
  const events = [...detail.history.events]

  let next = detail.evidence.next
  while (next !== null) {
    const page = await client.listNotes(1, next)
    notes.push(...page.notes)
    next = page.next
  }
  next = detail.history.next
  while (next !== null) {
    const page = await client.listHistory(1, next)
    events.push(...page.events)
    next = page.next
  }

  expect(detail.evidence.notes).toHaveLength(20)
  expect(new Set(notes.map((note) => note.words)).size).toBe(45)
  expect(notes).toHaveLength(45)
  const winces = notes.map((note) => note.wince ?? -1)
  expect(winces).toEqual(winces.toSorted((a, b) => b - a))
  expect(new Set(events.map((event) => event.id)).size).toBe(45)
  await expect(client.listNotes(1, detail.history.next ?? '')).rejects.toMatchObject({
    status: 400,
  })
  await expect(client.listHistory(1, 'x')).rejects.toMatchObject({ status: 400 })
})

test('a merged number leads to where it ended, however often it was merged', async () => {
  const workspace = await newWorkspace()
  const [target = ''] = await insertEntries(workspace.id, [{ number: 1, title: 'The one' }])
  const [middle = ''] = await insertEntries(workspace.id, [
    { number: 2, state: 'merged', mergedInto: target },
  ])
  await insertEntries(workspace.id, [{ number: 3, state: 'merged', mergedInto: middle }])

  const found = await workspace.owner.client.getEntry(3)

  expect(found.entry).toMatchObject({ number: 1, title: 'The one' })
  expect(found.mergedFrom).toBe(3)
})

test('a ring of merges, which nothing makes, is not there rather than endless', async () => {
  const workspace = await newWorkspace()
  const [one = '', two = ''] = await insertEntries(workspace.id, [
    { number: 1, state: 'merged' },
    { number: 2, state: 'merged' },
  ])
  const set = env.DB.prepare('UPDATE entry SET merged_into = ?2 WHERE id = ?1')
  await env.DB.batch([set.bind(one, two), set.bind(two, one)])

  await expect(workspace.owner.client.getEntry(1)).rejects.toMatchObject({ status: 404 })
})

test('what is not there, not a number, or somebody else’s answers byte for byte alike', async () => {
  const mine = await newWorkspace()
  const theirs = await newWorkspace()
  await insertEntries(theirs.id, [{ number: 7, title: 'Secret' }])

  const paths = [
    '/app/entries/7',
    '/app/entries/99',
    '/app/entries/0',
    '/app/entries/abc',
    '/app/entries/1e3',
    '/app/entries/99999999999',
  ]
  const answers = await Promise.all(
    paths.map(async (path) => {
      const response = await mine.owner.browser.send(path)
      return [
        response.status,
        await response.text(),
        [...response.headers].filter(([name]) => name !== 'x-request-id').toString(),
      ]
    }),
  )

  expect(answers[0]?.[0]).toBe(404)
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
})

test('an entry costs two D1 calls beside the door’s', async () => {
  const { workspace } = await newEntry()

  expect(await d1CallsOf(workspace.owner, '/app/entries/1')).toBe(3)
})
