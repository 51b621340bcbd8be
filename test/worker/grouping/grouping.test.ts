import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'

import { WEIGHTS } from '#shared/grouping/weights'

import { groupPendingNotes, sweepPendingNotes } from '../../../worker/grouping/group-notes'
import { callPlace, newId, newNote, pagePlace, topicNote } from '../../support/ops'
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

test('customers who come to the desk with the same need are one entry, with another one are not', async () => {
  const device = await newSender()
  const asked = (need: string) =>
    newNote({ source: 'shift', words: need, kind: null, place: { kind: 'desk', reason: need } })
  const [one, same, other] = [
    asked('I can’t see my rota since the update'),
    asked('i can’t see MY rota since the update'),
    asked('Where do I get a new badge?'),
  ]
  await note(device, one)
  await note(device, same, other)

  expect([await entryOf(one), await entryOf(same), await entryOf(other)]).toEqual([1, 1, 2])
})

test('the same again at a node of a voice menu joins; other words there are proposed', async () => {
  const device = await newSender()
  const at = (words: string) => newNote({ words, place: callPlace('+49 30 1234', '2', '1') })
  const [one, same, other] = [at('Nobody there'), at('nobody  THERE'), at('Quite different')]
  await note(device, one)
  await note(device, same, other)

  expect([await entryOf(one), await entryOf(same), await entryOf(other)]).toEqual([1, 1, 2])
  const asked =
    'SELECT note_id, entry.number, proposal.state, from_id FROM proposal JOIN entry ON entry.id = entry_id WHERE note_id = ?'
  const opened = (await entriesOf(device)).find(({ number }) => number === 2)
  expect(await rows(asked, other.id)).toEqual([
    { note_id: other.id, number: 1, state: 'open', from_id: opened?.id },
  ])
})

test('similar words join across pages; different ones do not, and another service is only proposed', async () => {
  const device = await newSender()
  const words = 'The password reset mail never arrives'
  await note(device, newNote({ words, service: 'Mail', place: elsewhere('/a') }))
  const similar = newNote({ words: 'Password reset mail never arrived', place: elsewhere('/b') })
  const another = newNote({ words, service: 'Library', place: elsewhere('/d') })
  const different = topicNote(0)
  await note(device, similar, another, different)

  expect([await entryOf(similar), await entryOf(another), await entryOf(different)]).toEqual([
    1, 2, 3,
  ])
  expect(await rows('SELECT state FROM proposal WHERE note_id = ?', another.id)).toEqual([
    { state: 'open' },
  ])
})

test('services are one by their names in the list and by what people call them', async () => {
  const device = await newSender()
  const [id, owner] = [newId(), device.workspace.owner.id]
  await env.DB.batch([
    env.DB.prepare(
      "INSERT INTO service (id, workspace_id, provider, name, channels) VALUES (?, ?, 'IT', 'Mail desk', '[]')",
    ).bind(id, device.workspace.id),
    env.DB.prepare(
      'INSERT INTO service_alias (workspace_id, alias, service_id, person_id, at) VALUES (?, ?, ?, ?, 0)',
    ).bind(device.workspace.id, 'post room', id, owner),
  ])
  const words = 'The password reset mail never arrives'
  const [one, other] = [
    newNote({ words, service: 'mail', place: elsewhere('/a') }),
    newNote({ words, service: 'Post  Room', place: elsewhere('/a') }),
  ]
  await note(device, one)
  await note(device, other)

  expect([await entryOf(one), await entryOf(other)]).toEqual([1, 1])
})

test('notes of one push see where the ones before them went', async () => {
  const device = await newSender()
  const notes = Array.from({ length: 10 }, (_, index) => topicNote(index % 2))
  await note(device, ...notes)

  expect(await Promise.all(notes.map(entryOf))).toEqual([1, 2, 1, 2, 1, 2, 1, 2, 1, 2])
  expect(await brokenRules(device)).toEqual([])
})

test('every placement says why, in a sentence, by which weights, with the best three and their reasons', async () => {
  const device = await newSender()
  const [first, second] = [topicNote(0), topicNote(1)]
  await note(device, first, second, { ...first, id: newId() })

  const whys = await rows<{ why: string }>(
    'SELECT why FROM entry_note WHERE workspace_id = ? ORDER BY rowid',
    device.workspace.id,
  )
  const parsed = whys.map(({ why }) => JSON.parse(why) as object)
  const [entry] = await entriesOf(device)

  expect(parsed).toMatchObject([
    {
      engine: WEIGHTS.version,
      decision: 'open',
      sentence: 'Nothing like it yet.',
      suggestions: [],
    },
    {
      decision: 'open',
      sentence: 'Nothing like it yet. Nearest: #1.',
      suggestions: [{ number: 1 }],
    },
    {
      engine: WEIGHTS.version,
      decision: 'join',
      p: 1,
      sentence: 'The same words at the same place.',
      suggestions: [
        {
          entryId: entry?.id,
          number: 1,
          reason: 'Same button on the same page. Similar words: printer, jams, every, page.',
        },
        { number: 2 },
      ],
    },
  ])
  const events = await rows(
    'SELECT actor, what FROM event WHERE workspace_id = ? ORDER BY rowid',
    device.workspace.id,
  )
  expect(events).toEqual(['opened', 'opened', 'joined'].map((what) => ({ actor: 'wince', what })))
  const page = await device.workspace.owner.client.getEntry(1)
  expect(new Set(page.evidence.notes.map(({ why }) => why?.decision))).toEqual(
    new Set(['join', 'open']),
  )
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
      Array.from({ length: 8 }, (_none, index) => topicNote((device + index) % 12)),
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
  await noteWaiting(device, ...Array.from({ length: 10 }, (_, index) => topicNote(index)))

  const placed = await Promise.all(
    [1, 2, 3, 4].map(() => groupPendingNotes(groupingDeps(), device.workspace.id)),
  )

  expect(placed.toSorted((one, other) => one - other)).toEqual([0, 0, 0, 10])
  expect(await brokenRules(device)).toEqual([])
})
