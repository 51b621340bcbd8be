import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'

import { ENGINE } from '#shared/grouping/decide'

import { groupPendingNotes, sweepPendingNotes } from '../../../worker/grouping/group-notes'
import { callPlace, newId, newNote, pagePlace } from '../../support/ops'
import { newSender, rows } from '../sync/support'
import { brokenRules, entriesOf, entryOf, groupingDeps, note, noteWaiting } from './support'

const elsewhere = (route: string) => pagePlace({ route, anchor: null })

test('the first note opens entry 1, titled in its words; the same button joins it in any words', async () => {
  const first = await newSender()
  const second = await newSender({ workspace: first.workspace })
  const one = newNote({ words: 'It forgets everything. Twice.', wince: 1 })
  const other = newNote({ words: 'Ouch', wince: 3, money: 'free' })
  await note(first, one)
  await note(second, other)

  expect(await entriesOf(first)).toMatchObject([
    {
      number: 1,
      mood: 'embarrassed',
      title: 'It forgets everything',
      state: 'new',
      notes: 2,
      leaders: 2,
      worst: 3,
      free: 1,
      version: 2,
    },
  ])
  expect(await entryOf(other)).toBe(1)
  expect(await brokenRules(first)).toEqual([])
})

test('a liked note never joins what embarrassed, nor the other way round', async () => {
  // In pushes of their own, so that only an entry of the other mood is there; then all at once.
  for (const first of ['embarrassed', 'liked'] as const) {
    const device = await newSender()
    const second = first === 'liked' ? 'embarrassed' : 'liked'
    await note(device, newNote({ mood: first }))
    await note(device, newNote({ mood: second }))
    await note(device, newNote({ mood: first }), newNote({ mood: second }))

    expect(await entriesOf(device)).toMatchObject([
      { mood: first, notes: 2 },
      { mood: second, notes: 2 },
    ])
    expect(await brokenRules(device)).toEqual([])
  }
})

test('a liked entry is kept from the start and has no wince', async () => {
  const device = await newSender()
  await note(device, newNote({ mood: 'liked' }))

  expect(await entriesOf(device)).toMatchObject([{ mood: 'liked', state: 'kept', worst: null }])
})

test('a note at the same node of a voice menu joins, one at another node opens', async () => {
  const device = await newSender()
  const at = (...keys: string[]) =>
    newNote({ words: `Word${keys.join('')}`, place: callPlace('+49 30 1234', ...keys) })
  const [one, same, deeper] = [at('2', '1'), at('2', '1'), at('2', '1', '3')]
  await note(device, one)
  await note(device, { ...same, words: 'Quite different' }, deeper)

  expect([await entryOf(one), await entryOf(same), await entryOf(deeper)]).toEqual([1, 1, 2])
})

test('similar words join across pages; different ones, and another service, do not', async () => {
  const device = await newSender()
  const words = 'The password reset mail never arrives'
  await note(device, newNote({ words, service: 'Mail', place: elsewhere('/a') }))
  const similar = newNote({ words: 'Password reset mail never arrived', place: elsewhere('/b') })
  const different = newNote({ words: 'The printer jams on every page', place: elsewhere('/c') })
  const another = newNote({ words, service: 'Library', place: elsewhere('/d') })
  await note(device, similar, different, another)

  expect([await entryOf(similar), await entryOf(different), await entryOf(another)]).toEqual([
    1, 2, 3,
  ])
})

test('notes of one push see where the ones before them went', async () => {
  const device = await newSender()
  const notes = Array.from({ length: 10 }, (_, index) =>
    newNote({ words: `Topic${index % 2}`, place: pagePlace({ route: `/${index % 2}` }) }),
  )
  await note(device, ...notes)

  expect(await Promise.all(notes.map(entryOf))).toEqual([1, 2, 1, 2, 1, 2, 1, 2, 1, 2])
  expect(await brokenRules(device)).toEqual([])
})

test('every placement says why, in a sentence, by which engine, with the runners-up by their numbers', async () => {
  const device = await newSender()
  const words = 'The password reset mail never arrives'
  await note(
    device,
    newNote({ words, place: elsewhere('/a') }),
    newNote({ words: 'The password screen is grey', place: elsewhere('/b') }),
    newNote({ words: 'Password reset mail never arrives', place: elsewhere('/c') }),
  )

  const whys = await rows<{ why: string }>(
    'SELECT why FROM entry_note WHERE workspace_id = ? ORDER BY rowid',
    device.workspace.id,
  )
  const parsed = whys.map(({ why }) => JSON.parse(why) as { runnersUp: { number: number }[] })

  expect(parsed).toMatchObject([
    { engine: ENGINE, decision: 'open', sentence: 'Nothing like it yet.', runnersUp: [] },
    { engine: ENGINE, decision: 'open', runnersUp: [{ number: 1, shared: ['password'] }] },
    {
      engine: ENGINE,
      decision: 'join',
      sentence: 'Similar words: password, reset, mail, never.',
      runnersUp: [{ number: 2 }],
    },
  ])
  const events = await rows(
    'SELECT actor, what FROM event WHERE workspace_id = ? ORDER BY rowid',
    device.workspace.id,
  )
  expect(events).toEqual(['opened', 'opened', 'joined'].map((what) => ({ actor: 'wince', what })))
})

test('one workspace never joins another', async () => {
  const [one, other] = [await newSender(), await newSender()]
  await note(one, newNote())
  await note(other, newNote())

  expect(await entriesOf(one)).toHaveLength(1)
  expect(await entriesOf(other)).toMatchObject([{ number: 1, notes: 1 }])
})

test.each([
  ['closed', 'reopened', 'reopened'],
  ['declined', 'declined', 'joined'],
  ['progress', 'progress', 'joined'],
])('a new note on an entry that is %s leaves it %s', async (state, after, what) => {
  const device = await newSender()
  await note(device, newNote())
  await env.DB.prepare('UPDATE entry SET state = ? WHERE workspace_id = ?')
    .bind(state, device.workspace.id)
    .run()

  await note(device, newNote())

  expect(await entriesOf(device)).toMatchObject([{ notes: 2, state: after }])
  const [event] = await rows(
    'SELECT what FROM event WHERE workspace_id = ? ORDER BY rowid DESC LIMIT 1',
    device.workspace.id,
  )
  expect(event).toEqual({ what })
})

test('a note at the place of a merged entry goes to the one it was merged into', async () => {
  const device = await newSender()
  const late = newNote({ words: 'Hm' })
  await note(
    device,
    newNote({ words: 'Alpha' }),
    newNote({ words: 'Beta', place: pagePlace({ route: '/b' }) }),
  )
  const [merged, target] = await entriesOf(device)
  await env.DB.prepare("UPDATE entry SET state = 'merged', merged_into = ? WHERE id = ?")
    .bind(target?.id, merged?.id)
    .run()

  await note(device, late)

  expect(await entryOf(late)).toBe(2)
})

test('what people keep apart is never joined, neither an entry nor the company of a note', async () => {
  const device = await newSender()
  const first = newNote()
  await note(device, first)
  const [entry] = await entriesOf(device)
  const apartFromEntry = newNote()
  const apartFromNote = newNote()
  const keepApart = env.DB.prepare(
    'INSERT INTO never_group (workspace_id, note_id, other_id, at) VALUES (?, ?, ?, 0)',
  )
  await env.DB.batch([
    keepApart.bind(device.workspace.id, apartFromEntry.id, entry?.id),
    keepApart.bind(device.workspace.id, apartFromNote.id, first.id),
  ])

  // The first of the three joins, which must not bring the entry back among the others' candidates.
  await note(device, newNote(), apartFromEntry)
  await note(device, apartFromNote)

  expect(await entryOf(apartFromEntry)).toBe(2)
  expect(await entryOf(apartFromNote)).toBe(2)
})

test(
  'parallel pushes from five devices give dense, unique numbers and one place to every note',
  { timeout: 60_000 },
  async () => {
    const first = await newSender()
    const devices = [first]
    while (devices.length < 5) devices.push(await newSender({ workspace: first.workspace }))
    const notes = devices.map((_, device) =>
      Array.from({ length: 8 }, (_none, index) =>
        newNote({
          words: `Word${device}x${index}`,
          place: pagePlace({ route: `/${(device + index) % 12}` }),
        }),
      ),
    )

    await Promise.all(devices.map((device, index) => note(device, ...(notes[index] ?? []))))
    for (let sweeps = 0; sweeps < 6; sweeps += 1) await sweepPendingNotes(groupingDeps())

    const entries = await entriesOf(first)
    expect(entries.map(({ number }) => number)).toEqual(entries.map((_, index) => index + 1))
    expect(entries.reduce((sum, entry) => sum + entry.notes, 0)).toBe(40)
    expect(entries).toHaveLength(12)
    expect(await brokenRules(first)).toEqual([])
  },
)

test('two rounds at once on one workspace place every note once', async () => {
  const device = await newSender()
  await noteWaiting(
    device,
    ...Array.from({ length: 10 }, (_, index) =>
      newNote({ words: `W${index}q`, place: pagePlace({ route: `/${index}` }) }),
    ),
  )

  const placed = await Promise.all(
    [1, 2, 3, 4].map(() => groupPendingNotes(groupingDeps(), device.workspace.id)),
  )

  expect(placed.toSorted((one, other) => one - other)).toEqual([0, 0, 0, 10])
  expect(await brokenRules(device)).toEqual([])
})

test('words of any script, and none, group without fail', async () => {
  const device = await newSender()
  const words = [
    '',
    '😀',
    '按钮不工作',
    'الزر لا يعمل',
    'constructor __proto__ toString',
    `"'); --`,
    'a'.repeat(20_000),
    '\\"',
  ]
  await note(
    device,
    ...words.map((each, index) => newNote({ words: each, place: elsewhere(`/${index}`) })),
  )
  await note(
    device,
    ...words.map((each, index) =>
      newNote({ id: newId(), words: each, place: pagePlace({ route: `/${index}` }) }),
    ),
  )

  expect(
    await rows('SELECT id FROM note WHERE grouped = 0 AND workspace_id = ?', device.workspace.id),
  ).toEqual([])
  expect(await brokenRules(device)).toEqual([])
})
