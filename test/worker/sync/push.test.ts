import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'

import { OP_MAX_BYTES, PUSH_MAX_OPS } from '#shared/limits'

import { newId, newNote, newPart, noteOp, pagePlace, partOp } from '../../support/ops'
import { count, newSender, push, rows } from './support'
import { tapD1 } from './tap'

test('an op is applied once, with its note as it was sent and the next number of the workspace', async () => {
  const device = await newSender()
  const note = newNote({
    words: 'It’s “broken”; DROP TABLE note; --',
    kind: 'jargon',
    expected: 'Wi-Fi',
    money: 'free',
  })
  const op = noteOp(1, note)

  expect(await push(device, [op])).toEqual([{ opId: op.opId, status: 'applied', seq: 1 }])

  const [row] = await rows('SELECT * FROM note WHERE id = ?', note.id)
  expect(row).toMatchObject({
    workspace_id: device.workspace.id,
    person_id: device.personId,
    words: note.words,
    first_words: note.firstWords,
    expected: 'Wi-Fi',
    kind: 'jargon',
    wince: 2,
    money: 'free',
    channel: 'portal',
    rev: 1,
  })
  expect(JSON.parse(String(row?.['place']))).toEqual(note.place)
})

test('an op that comes again is a duplicate with the number it had, and changes nothing', async () => {
  const device = await newSender()
  const op = noteOp(1, newNote())
  await push(device, [op])
  const before = await rows('SELECT * FROM op WHERE op_id = ?', op.opId)

  expect(await push(device, [op, op])).toEqual([
    { opId: op.opId, status: 'duplicate', seq: 1 },
    { opId: op.opId, status: 'duplicate', seq: 1 },
  ])
  expect(await push(device, [noteOp(2)])).toMatchObject([{ status: 'applied' }])
  expect(await push(device, [op])).toMatchObject([{ status: 'duplicate', seq: 1 }])
  expect(await rows('SELECT * FROM op WHERE op_id = ?', op.opId)).toEqual(before)
})

test('two browsers of one person sending the same op at once make one row', async () => {
  const one = await newSender()
  const other = await newSender({ workspace: one.workspace, personId: one.personId })
  const op = noteOp(1)

  const answers = await Promise.all([
    push(one, [op]),
    push({ ...other, captureId: one.captureId }, [op]),
  ])

  expect(
    answers
      .flat()
      .map(({ status }) => status)
      .toSorted(),
  ).toEqual(['applied', 'duplicate'])
  expect(await count('op WHERE op_id = ?', op.opId)).toBe(1)
  expect(await count('note WHERE id = ?', op.payload['id'])).toBe(1)
})

test('ops are applied in the order they came', async () => {
  const device = await newSender()
  const ops = Array.from({ length: PUSH_MAX_OPS }, (_, index) => noteOp(index + 1))

  await push(device, ops)

  const applied = await rows<{ op_id: string }>(
    'SELECT op_id FROM op WHERE workspace_id = ? ORDER BY seq',
    device.workspace.id,
  )
  expect(applied.map((row) => row.op_id)).toEqual(ops.map(({ opId }) => opId))
})

test('ops that can never be taken are refused with a code, and the others go through', async () => {
  const device = await newSender()
  const colleague = await newSender({ workspace: device.workspace })
  const stranger = await newSender()
  const theirs = noteOp(1)
  const strange = noteOp(1)
  await push(colleague, [theirs])
  await push(stranger, [strange])
  const good = [noteOp(1), noteOp(10)]
  const bad = [
    { code: 'malformed', op: { ...noteOp(2), payload: { ...newNote(), wince: 9 } } },
    { code: 'unknown-kind', op: { ...noteOp(3), kind: 'note.explode' } },
    { code: 'too-large', op: noteOp(4, { ...newNote(), extra: 'x'.repeat(OP_MAX_BYTES) }) },
    { code: 'forbidden', op: noteOp(5, newNote({ id: theirs.payload['id'] as string })) },
    { code: 'forbidden', op: noteOp(6, newNote({ id: strange.payload['id'] as string })) },
    { code: 'forbidden', op: { ...noteOp(7), opId: strange.opId } },
    { code: 'forbidden', op: { ...noteOp(8), opId: theirs.opId } },
    { code: 'malformed', op: { ...noteOp(9), payload: { ...newNote(), words: '\uD800' } } },
  ]

  const results = await push(device, [good[0], ...bad.map(({ op }) => op), good[1]])

  expect(results.map(({ status, code }) => code ?? status)).toEqual([
    'applied',
    ...bad.map(({ code }) => code),
    'applied',
  ])
  expect(results.map(({ opId }) => opId)).toEqual(
    [good[0], ...bad.map(({ op }) => op), good[1]].map((op) => op?.opId),
  )
  expect(await count('op WHERE person_id = ?', device.personId)).toBe(2)
  expect(
    await count('note WHERE id = ? AND person_id = ?', theirs.payload['id'], colleague.personId),
  ).toBe(1)
})

test.each([
  null,
  7,
  'op',
  [],
  {},
  { kind: 'note.add' },
  { opId: 4 },
  [[]],
  { opId: 'x'.repeat(65) },
])('an op that is %j is refused without a name, and stops nothing', async (nothing) => {
  const device = await newSender()

  expect(await push(device, [nothing, noteOp(1)])).toMatchObject([
    { opId: null, status: 'rejected', code: 'malformed' },
    { status: 'applied' },
  ])
})

test('somebody else’s walk takes no part, and no note, of mine', async () => {
  const device = await newSender()
  const colleague = await newSender({ workspace: device.workspace })
  const part = newPart()
  await push(colleague, [partOp(1, part)])

  const results = await push(device, [
    partOp(1, { ...part, part: 2 }),
    noteOp(2, newNote({ walkId: part.walk.id })),
  ])

  expect(results).toMatchObject([
    { status: 'rejected', code: 'forbidden' },
    { status: 'rejected', code: 'forbidden' },
  ])
  expect(await rows('SELECT parts FROM walk WHERE id = ?', part.walk.id)).toEqual([{ parts: 1 }])
})

test.each(['lost-before', 'lost-after'] as const)(
  'the first op whose every trip is %s stops the run, and the whole push can be sent again',
  async (fate) => {
    const device = await newSender()
    const ops = [1, 2, 3, 4].map((mid) => noteOp(mid))
    let batches = 0
    const { d1 } = tapD1(env.DB, ({ sql }) => {
      if (!sql[0]?.includes('INSERT INTO op')) return 'go'
      batches += 1
      // The third op and every repeat of it.
      return batches >= 3 ? fate : 'go'
    })

    const first = await push(device, ops, { DB: d1 })
    const second = await push(device, ops)

    expect(first.map(({ status }) => status)).toEqual(['applied', 'applied', 'retry', 'retry'])
    expect(second.map(({ status }) => status)).toEqual([
      'duplicate',
      'duplicate',
      fate === 'lost-before' ? 'applied' : 'duplicate',
      'applied',
    ])
    expect(await count('note WHERE workspace_id = ?', device.workspace.id)).toBe(4)
    const numbers = await rows<{ seq: number }>(
      'SELECT seq FROM op WHERE workspace_id = ? ORDER BY mid',
      device.workspace.id,
    )
    expect(numbers.map(({ seq }) => seq)).toEqual(
      numbers.map(({ seq }) => seq).toSorted((a, b) => a - b),
    )
  },
)

test('a number that another op of the device holds means a cloned profile, and those behind it wait', async () => {
  const device = await newSender()
  await push(device, [noteOp(1), noteOp(2)])
  const forked = noteOp(2)

  expect(await push(device, [forked, noteOp(3)])).toMatchObject([
    { opId: forked.opId, status: 'rejected', code: 'device-fork' },
    { status: 'retry' },
  ])
  expect(await push({ ...device, captureId: newId() }, [forked, noteOp(3)])).toMatchObject([
    { status: 'applied' },
    { status: 'applied' },
  ])
})

test('the op log keeps what a later version says at every level', async () => {
  const device = await newSender()
  const note = {
    ...newNote(),
    later: { nested: ['😀', 1.5, null, true] },
    place: { ...pagePlace(), zoom: 2 },
  }
  const op = noteOp(1, note)

  await push(device, [op])

  const [logged] = await rows<{ payload: string }>(
    'SELECT payload FROM op WHERE op_id = ?',
    op.opId,
  )
  expect(JSON.parse(logged?.payload ?? '')).toEqual(note)
})

test('the op log keeps every value, even of a note that was there before', async () => {
  const device = await newSender()
  const note = newNote({ words: 'first' })
  await push(device, [noteOp(1, note)])

  expect(await push(device, [noteOp(2, { ...note, words: 'second' })])).toMatchObject([
    { status: 'applied' },
  ])

  const kept = await rows<{ payload: string }>(
    'SELECT payload FROM op WHERE subject_id = ? ORDER BY mid',
    note.id,
  )
  expect(kept.map(({ payload }) => (JSON.parse(payload) as { words: string }).words)).toEqual([
    'first',
    'second',
  ])
  expect(await rows('SELECT words FROM note WHERE id = ?', note.id)).toEqual([{ words: 'first' }])
})
