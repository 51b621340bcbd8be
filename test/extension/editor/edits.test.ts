import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { drawingOf } from '../../../extension/editor/drawing'
import {
  type Edit,
  type Edited,
  type History,
  type Mark,
  beginHistory,
  doEdit,
  redoEdit,
  undoEdit,
} from '../../../extension/editor/edits'
import type { PageCover } from '../../../extension/page/cover'
import type { Box } from '../../../extension/picture/paint'

const SPACE = { width: 640, height: 400 }
const COVERS: PageCover[] = [
  { kind: 'pattern', label: 'email', boxes: [[486, 14, 134, 24]] },
  { kind: 'field', label: 'VLAN segment', boxes: [[44, 178, 252, 30]] },
  {
    kind: 'uninspected',
    label: 'canvas',
    boxes: [
      [344, 254, 252, 30],
      [10, 10, 20, 20],
    ],
  },
]

function begin({ everything = false } = {}): History {
  const crop = [0, 0, SPACE.width, SPACE.height] as const
  return beginHistory({ everything, marks: [], uncovered: new Map(), crop }, COVERS.length)
}

function after(edits: Edit[], from = begin()): Edited {
  return edits.reduce(doEdit, from).now
}

function inkOf(edited: Edited) {
  const bitmap = { close: () => {} } as ImageBitmap
  return drawingOf({ bitmap, space: SPACE, covers: COVERS, canReveal: true }, edited)
}

const box = (id: number, at: Box = [100, 100, 50, 40]): Mark => ({ id, shape: 'cover', box: at })

describe('edits of a picture', () => {
  test('a cover comes off for a reason, and for none stays on', () => {
    const shown = after([{ do: 'uncover', cover: 1, reason: ' it is mine ' }])

    expect(shown.uncovered).toEqual(new Map([[1, 'it is mine']]))
    expect(inkOf(shown).ink).not.toContainEqual([44, 178, 252, 30])
    expect(after([{ do: 'uncover', cover: 1, reason: '  ' }]).uncovered.size).toBe(0)
    expect(after([{ do: 'uncover', cover: 3, reason: 'it is mine' }]).uncovered.size).toBe(0)
  })

  test('where everything is covered, a part is shown and the covers in it stay', () => {
    const part: Mark = { id: 1, shape: 'reveal', box: [0, 150, 320, 100] }
    const shown = inkOf(after([{ do: 'add', mark: part }], begin({ everything: true })))

    expect(shown.shown).toEqual([part.box])
    expect(shown.ink).toContainEqual([44, 178, 252, 30])
    expect(after([{ do: 'add', mark: part }]).marks).toEqual([])
  })

  test('covering everything covers again all that was shown', () => {
    const part: Mark = { id: 1, shape: 'reveal', box: [0, 150, 320, 100] }
    const covered = after(
      [
        { do: 'add', mark: part },
        { do: 'uncover', cover: 1, reason: 'it is mine' },
        { do: 'everything' },
      ],
      begin({ everything: true }),
    )

    expect(inkOf(covered).shown).toEqual([])
    expect(inkOf(covered).ink).toHaveLength(4)
  })

  test('a box is cut to what is left of the picture, and none is added outside of it', () => {
    const cropped: Edit = { do: 'crop', box: [100, 100, 200, 200] }
    const { marks } = after([
      cropped,
      { do: 'add', mark: box(1, [50, 150, 100, 40]) },
      { do: 'add', mark: box(2, [400, 150, 100, 40]) },
    ])

    expect(marks).toEqual([box(1, [100, 150, 50, 40])])
  })

  test('moving the same box on is undone as one step', () => {
    let history = doEdit(begin(), { do: 'add', mark: box(1) })
    for (const x of [108, 116, 124])
      history = doEdit(history, { do: 'change', mark: box(1, [x, 100, 50, 40]) })

    expect(undoEdit(history).now.marks).toEqual([box(1)])
    expect(redoEdit(undoEdit(history)).now.marks).toEqual([box(1, [124, 100, 50, 40])])
  })
})

const side = fc.integer({ min: -40, max: 700 })
const anyBox: fc.Arbitrary<Box> = fc.tuple(
  side,
  side,
  fc.integer({ min: 0, max: 500 }),
  fc.integer({ min: 0, max: 500 }),
)
const anyId = fc.integer({ min: 1, max: 4 })
const anyMark: fc.Arbitrary<Mark> = fc.oneof(
  fc.record({
    id: anyId,
    shape: fc.constantFrom('cover' as const, 'reveal' as const),
    box: anyBox,
  }),
  fc.record({
    id: anyId,
    shape: fc.constant('arrow' as const),
    from: fc.tuple(side, side),
    to: fc.tuple(side, side),
  }),
)
const cover = fc.integer({ min: -1, max: COVERS.length })
const anyEdit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({ do: fc.constant('add' as const), mark: anyMark }),
  fc.record({ do: fc.constant('change' as const), mark: anyMark }),
  fc.record({ do: fc.constant('remove' as const), id: anyId }),
  fc.record({
    do: fc.constant('uncover' as const),
    cover,
    reason: fc.constantFrom('', '  ', 'it is mine'),
  }),
  fc.record({ do: fc.constant('recover' as const), cover }),
  fc.record({ do: fc.constant('everything' as const) }),
  fc.record({ do: fc.constant('crop' as const), box: anyBox }),
)
const anyStep = fc.oneof(
  { weight: 4, arbitrary: anyEdit },
  { weight: 1, arbitrary: fc.constantFrom('undo' as const, 'redo' as const) },
)

function take(history: History, step: Edit | 'undo' | 'redo'): History {
  if (step === 'undo') return undoEdit(history)
  return step === 'redo' ? redoEdit(history) : doEdit(history, step)
}

describe('whatever is done and undone', () => {
  test('the picture is what the edits that are left make of it', () => {
    fc.assert(
      fc.property(fc.boolean(), fc.array(anyStep, { maxLength: 40 }), (everything, steps) => {
        let history = begin({ everything })
        /** Each picture that there was, without what was undone: a second memory of the same. */
        const past: Edited[] = [history.now]
        for (const step of steps) {
          const before = history
          history = take(history, step)
          if (step === 'undo' && before.done.length > 0) past.pop()
          else if (history.done.length > before.done.length) past.push(history.now)
          else if (history !== before) past.splice(-1, 1, history.now)
          expect(history.now).toEqual(past.at(-1))
          expect(history.now).toEqual(after([...history.done], begin({ everything })))
        }
      }),
    )
  })

  test('a cover that is off was revealed for a reason, and its box is ink otherwise', () => {
    fc.assert(
      fc.property(fc.boolean(), fc.array(anyStep, { maxLength: 40 }), (everything, steps) => {
        const { now, done } = steps.reduce(take, begin({ everything }))
        const { ink } = inkOf(now)
        for (const [index, { boxes }] of COVERS.entries()) {
          const reveal = done.some(
            (edit) => edit.do === 'uncover' && edit.cover === index && edit.reason.trim() !== '',
          )
          for (const each of boxes) if (!ink.includes(each)) expect(reveal).toBe(true)
        }
      }),
    )
  })

  test('a crop brings nothing back, and everything that is on the picture is in it when added', () => {
    fc.assert(
      fc.property(fc.array(anyEdit, { maxLength: 40 }), (edits) => {
        let history = begin()
        for (const edit of edits) {
          const [x, y, width, height] = history.now.crop
          history = doEdit(history, edit)
          const [left, top, wide, high] = history.now.crop
          expect(left >= x && top >= y).toBe(true)
          expect(left + wide <= x + width && top + high <= y + height).toBe(true)
        }
      }),
    )
  })

  test('a picture that is covered whole shows only parts that somebody chose', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 40 }), (steps) => {
        const { now } = steps.reduce(take, begin({ everything: true }))
        const parts = now.marks.flatMap((mark) => (mark.shape === 'reveal' ? [mark.box] : []))
        // In the order of the covers, whichever came off first.
        const off = COVERS.flatMap(({ boxes }, index) => (now.uncovered.has(index) ? boxes : []))

        expect(inkOf(now).shown).toEqual([...parts, ...off])
      }),
    )
  })
})
