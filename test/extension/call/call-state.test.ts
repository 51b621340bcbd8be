import { describe, expect, test } from 'vitest'

import type { Step } from '#shared/step'

import { callOf, callPlace } from '../../../extension/call/call-state'

const dial: Step = { kind: 'dial', seq: 1, at: 1000, number: '4357', why: null }

describe('a call, read from its steps', () => {
  test('is nothing before somebody dialled', () => {
    expect(callOf([{ kind: 'paused', seq: 1, at: 0 }])).toBeNull()
  })

  test('knows the keys so far, and the place in the menu from them', () => {
    const call = callOf([
      dial,
      { kind: 'key', seq: 2, at: 2000, key: '2' },
      { kind: 'key', seq: 3, at: 3000, key: '1' },
    ])

    expect(call?.keys.map(({ key }) => key)).toEqual(['2', '1'])
    expect(call && callPlace(call)).toEqual({ kind: 'call', number: '4357', keys: ['2', '1'] })
  })

  test('is on hold from the moment of the tap, whoever closes the panel', () => {
    expect(callOf([dial, { kind: 'hold', seq: 2, at: 5000, ms: 0 }])?.hold).toEqual({
      seq: 2,
      at: 5000,
    })
    expect(callOf([dial, { kind: 'hold', seq: 2, at: 5000, ms: 9000 }])).toMatchObject({
      hold: null,
      heldMs: 9000,
    })
  })

  test('starts anew with each number dialled', () => {
    const call = callOf([
      dial,
      { kind: 'key', seq: 2, at: 2000, key: '2' },
      { kind: 'call-end', seq: 3, at: 3000, how: 'dropped' },
      { ...dial, seq: 4, at: 4000 },
    ])

    expect(call).toMatchObject({ dialledAt: 4000, keys: [], end: null, last: null })
  })

  test('goes on being over when pages are seen after it', () => {
    const call = callOf([
      dial,
      { kind: 'call-end', seq: 2, at: 2000, how: 'human' },
      { kind: 'back', seq: 3, at: 3000 },
    ])

    expect(call).toMatchObject({ end: { how: 'human', at: 2000 }, last: { kind: 'call-end' } })
  })
})
