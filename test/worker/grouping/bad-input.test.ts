import { expect, test } from 'vitest'

import { newId, newNote, pagePlace, topicNote } from '../../support/ops'
import { sweepPendingNotes } from '../../../worker/grouping/group-notes'
import { newSender, rows } from '../sync/support'
import { brokenRules, entriesOf, groupingDeps, note } from './support'

const HOSTILE = [
  '',
  '😀',
  '👩‍👩‍👧 🫠',
  '按钮不工作，表单也打不开',
  'الزر لا يعمل',
  'constructor __proto__ toString hasOwnProperty',
  `"'); DROP TABLE note; --`,
  'stem|x person|y kind|z',
  '%_\\|[]{}"',
  'a'.repeat(20_000),
  Array.from({ length: 5_000 }, (_, index) => `word${index.toString(36)}`).join(' '),
]

test('words of any script and any length, and none, are placed, and the same again joins', async () => {
  const device = await newSender()
  const send = () =>
    HOSTILE.map((words, index) =>
      newNote({ words, place: pagePlace({ route: `/${index}`, title: words.slice(0, 200) }) }),
    )
  for (const notes of [send(), send()]) {
    await note(device, ...notes.slice(0, 6))
    await note(device, ...notes.slice(6))
  }

  expect(
    await rows('SELECT id FROM note WHERE grouped = 0 AND workspace_id = ?', device.workspace.id),
  ).toEqual([])
  const entries = await entriesOf(device)
  expect(entries.reduce((sum, { notes }) => sum + notes, 0)).toBe(2 * HOSTILE.length)
  expect(entries.filter(({ notes }) => notes % 2 === 1)).toEqual([])
  expect(await brokenRules(device)).toEqual([])
})

test('a hundred notes at once from ten devices: one place each, dense numbers, no second entry for a topic', async () => {
  const first = await newSender()
  const devices = [first]
  while (devices.length < 10) devices.push(await newSender({ workspace: first.workspace }))

  await Promise.all(
    devices.map((device) =>
      note(device, ...Array.from({ length: 10 }, (_, topic) => topicNote(topic, { id: newId() }))),
    ),
  )
  for (let sweeps = 0; sweeps < 12; sweeps += 1) await sweepPendingNotes(groupingDeps())

  const entries = await entriesOf(first)
  expect(entries.map(({ number, notes }) => [number, notes])).toEqual(
    Array.from({ length: 10 }, (_, index) => [index + 1, 10]),
  )
  expect(await brokenRules(first)).toEqual([])
}, 120_000)
