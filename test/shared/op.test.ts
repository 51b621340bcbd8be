import * as v from 'valibot'
import { expect, test } from 'vitest'

import { FIELD_MAX_BYTES, PART_MAX_BYTES, PART_MAX_STEPS } from '#shared/limits'
import { KIND_WORDS, Note } from '#shared/note'
import { Op } from '#shared/op'
import { Step } from '#shared/step'
import { utf8Length } from '#shared/text'
import { WalkPart } from '#shared/walk'

import { MORNING, newNote, newPart, newWalk, noteOp, pageStep, partOp } from '../support/ops'

const picture = {
  sha256: 'a'.repeat(64),
  type: 'image/webp',
  bytes: 1_234,
  width: 800,
  height: 600,
  covered: 3,
  uninspected: 0,
  everythingCovered: false,
} as const

test.each(Object.keys(KIND_WORDS))('an embarrassed note may be %s', (kind) => {
  expect(v.is(Note, { ...newNote(), kind })).toBe(true)
})

test.each([
  { kind: 'broken' as const },
  { wince: 1 as const },
  { wince: 0 as const },
  { money: 'free' as const },
])('a liked note with %j is refused', (mark) => {
  expect(v.is(Note, newNote({ mood: 'liked' }))).toBe(true)
  expect(v.is(Note, { ...newNote({ mood: 'liked' }), ...mark })).toBe(false)
})

test.each([
  { wince: 4 },
  { wince: 1.5 },
  { mood: 'angry' },
  { kind: 'toString' },
  { source: 'dream' },
  { at: '2026-01-01' },
  { id: '00000000-0000-4000-8000-000000000000' },
  { walkId: undefined },
  { words: 'half a \uD83D' },
  { firstWords: 'a\u0000b' },
  { place: { kind: 'moon' } },
  { place: null },
  { attachments: [{ ...picture, type: 'image/svg+xml' }] },
  { attachments: [{ ...picture, sha256: 'A'.repeat(64) }] },
  { attachments: [{ ...picture, width: 8_193 }] },
  { attachments: [{ ...picture, bytes: 0 }] },
  { attachments: Array.from({ length: 5 }, () => picture) },
])('a note with %j is refused', (change) => {
  expect(v.is(Note, { ...newNote(), ...change })).toBe(false)
})

test.each(['words', 'firstWords', 'expected'] as const)(
  '%s takes exactly 100,000 bytes',
  (field) => {
    const holding = (bytes: number) => ({ ...newNote(), [field]: `é${'a'.repeat(bytes - 2)}` })

    expect(v.is(Note, holding(FIELD_MAX_BYTES - 1))).toBe(true)
    expect(v.is(Note, holding(FIELD_MAX_BYTES))).toBe(true)
    expect(v.is(Note, holding(FIELD_MAX_BYTES + 1))).toBe(false)
  },
)

test('what a later version adds is kept at every level', () => {
  const note = newNote({ attachments: [picture] })
  const op = {
    ...noteOp(1, note),
    batch: 'later',
    payload: {
      ...note,
      voice: { seconds: 4 },
      place: { ...note.place, tab: 2 },
      attachments: [{ ...picture, arrow: [1, 2] }],
    },
  }

  expect(v.parse(Op, op)).toEqual(op)
})

test('a key that would reach a prototype is dropped, and reaches none', () => {
  const hostile: unknown = JSON.parse(
    JSON.stringify(noteOp(1)).replace(
      '"payload":{',
      '"payload":{"__proto__":{"mood":"liked"},"constructor":{"prototype":{"hit":1}},',
    ),
  )

  const { payload } = v.parse(Op, hostile)

  expect(Object.getPrototypeOf(payload)).toBe(Object.prototype)
  expect(Object.keys(payload)).not.toContain('__proto__')
  expect(({} as Record<string, unknown>)['hit']).toBeUndefined()
})

test.each([
  { kind: 'note.remove' },
  { kind: 'constructor' },
  { kind: null },
  { mid: 0 },
  { mid: 1.5 },
  { mid: 2 ** 53 },
  { opId: 'op-1' },
  { at: null },
  { payload: null },
  { payload: [] },
])('an op with %j is refused', (change) => {
  expect(v.is(Op, { ...noteOp(1), ...change })).toBe(false)
})

test('a part of one kind is not taken for the other', () => {
  expect(v.is(Op, { ...noteOp(1), payload: newPart() })).toBe(false)
  expect(v.is(Op, { ...partOp(1), payload: newNote() })).toBe(false)
})

test('a part takes exactly 2,000 steps', () => {
  const steps = Array.from({ length: PART_MAX_STEPS + 1 }, (_, index): Step => ({
    kind: 'back',
    seq: index + 1,
    at: MORNING,
  }))

  expect(v.is(WalkPart, newPart({ steps: steps.slice(0, PART_MAX_STEPS - 1) }))).toBe(true)
  expect(v.is(WalkPart, newPart({ steps: steps.slice(0, PART_MAX_STEPS) }))).toBe(true)
  expect(v.is(WalkPart, newPart({ steps }))).toBe(false)
})

test('a part’s steps take exactly 200,000 bytes', () => {
  const holding = (bytes: number) => {
    const steps = Array.from({ length: 200 }, (_, index) => ({
      ...pageStep(index + 1, `/${'a'.repeat(840)}`),
      pad: '',
    }))
    const first = steps[0]
    if (first) first.pad = 'x'.repeat(bytes - utf8Length(JSON.stringify(steps)))
    return newPart({ steps })
  }

  expect(utf8Length(JSON.stringify(holding(PART_MAX_BYTES).steps))).toBe(PART_MAX_BYTES)
  expect(v.is(WalkPart, holding(PART_MAX_BYTES - 1))).toBe(true)
  expect(v.is(WalkPart, holding(PART_MAX_BYTES))).toBe(true)
  expect(v.is(WalkPart, holding(PART_MAX_BYTES + 1))).toBe(false)
})

test.each([
  { seq: 0 },
  { seq: -1 },
  { kind: 'key', key: '11' },
  { kind: 'hold', ms: -1 },
  { kind: 'page', origin: 'file:///etc' },
  { kind: 'click', role: 'button', name: 'x'.repeat(201) },
  { kind: 'call-end', how: 'exploded' },
])('a step with %j is refused', (change) => {
  expect(v.is(Step, { ...pageStep(1), ...change })).toBe(false)
})

test('a walk without any words is a walk', () => {
  expect(v.is(WalkPart, newPart({ walk: newWalk({ errand: null }) }))).toBe(true)
})
