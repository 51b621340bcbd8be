import { expect, test } from 'vitest'

import { traceOf, traceWords } from '../../../extension/walk/trace-shape'

test('a trace has waits where they were, winces that rise and what was liked', () => {
  const marks = traceOf(
    0,
    100_000,
    [{ kind: 'wait', seq: 1, at: 20_000, ms: 10_000, for: null }],
    [
      { at: 50_000, mood: 'embarrassed', wince: 3 },
      { at: 60_000, mood: 'embarrassed', wince: null },
      { at: 90_000, mood: 'liked', wince: null },
    ],
  )

  expect(marks).toEqual([
    { kind: 'wait', from: 0.2, length: 0.1 },
    { kind: 'wince', at: 0.5, wince: 3 },
    { kind: 'wince', at: 0.6, wince: 1 },
    { kind: 'liked', at: 0.9 },
  ])
  expect(traceWords(marks, 100_000)).toBe('Trace of this walk, 2 min: 1 wait, 2 winces and 1 liked')
})

test('a hold that still runs reaches to the right end', () => {
  expect(traceOf(0, 100_000, [{ kind: 'hold', seq: 1, at: 75_000, ms: 0 }], [])).toEqual([
    { kind: 'wait', from: 0.75, length: 0.25 },
  ])
})
