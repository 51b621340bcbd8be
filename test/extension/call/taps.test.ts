import * as fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'

import { type Call, type CallEnd, callsOf, timesOf } from '#shared/call'

import { changeCall } from '../../../extension/call/call-steps'
import { type Tap, changesOfTap, changesOfUndo } from '../../../extension/call/taps'
import { appendStep, listSteps, startWalk } from '../../../extension/walk/walks'
import { emptyDevice, surroundingsAt } from '../device'

let database: Awaited<ReturnType<typeof emptyDevice>>
beforeEach(async () => {
  database = await emptyDevice()
})

const ENDS: CallEnd[] = ['hung-up', 'dropped', 'callback', 'wrong-language', 'closed', 'dead-end']

const tap: fc.Arbitrary<Tap> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('key' as const),
      key: fc.constantFrom('1', '0', '#'),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom('hold' as const, 'transfer' as const, 'person' as const),
    }),
  },
  fc.record({
    kind: fc.constantFrom('said' as const, 'heard' as const),
    words: fc.constantFrom('billing', 'All lines are busy'),
  }),
  fc.record({
    kind: fc.constant('option' as const),
    key: fc.constant('2'),
    label: fc.constant('printing'),
  }),
  fc.record({ kind: fc.constant('asked-again' as const), thing: fc.constant('number') }),
  fc.record({ kind: fc.constant('call-end' as const), how: fc.constantFrom(...ENDS) }),
)

/** A tap, the last one taken back, or, in ms, time that passes: a clock may also be set back. */
const event = fc.oneof(
  { weight: 6, arbitrary: tap },
  { weight: 3, arbitrary: fc.constant('undo' as const) },
  { weight: 3, arbitrary: fc.integer({ min: -5_000, max: 60_000 }) },
)

async function dialled() {
  const surroundings = surroundingsAt()
  const nothing = { errand: null, persona: null, service: null, firstTime: null }
  const walk = await startWalk(database, surroundings, nothing, { tabIds: [], origins: [] })
  await appendStep(database, surroundings, walk.id, { kind: 'dial', number: '4357', why: null })
  const read = async (): Promise<Call> => {
    const call = callsOf(await listSteps(database, walk.id)).at(-1)
    if (call === undefined) throw new Error('no call')
    return call
  }
  return {
    surroundings,
    read,
    walk,
    tap: (each: Tap) =>
      changeCall(database, walk.id, (call, sentSeq) =>
        changesOfTap(call, each, surroundings.now(), sentSeq),
      ),
    undo: () => changeCall(database, walk.id, changesOfUndo),
  }
}

test('any taps and undos are a call whose times sum to its length, and each undo is the call as it was', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(event, { maxLength: 25 }), async (events) => {
      const { surroundings, read, tap: press, undo } = await dialled()
      const before = [await read()]
      for (const each of events) {
        if (typeof each === 'number') surroundings.pass(each)
        else if (each === 'undo') {
          await undo()
          if (before.length > 1) before.pop()
          expect(withoutNumbers(await read())).toEqual(withoutNumbers(before.at(-1)))
        } else {
          const isOver = before.at(-1)?.end !== null
          await press(each)
          if (!isOver) before.push(await read())
        }
        const times = timesOf(await read(), surroundings.now())
        expect(times.listeningMs + times.holdingMs + times.talkingMs).toBe(times.lengthMs)
        expect(
          Math.min(times.listeningMs, times.holdingMs, times.talkingMs),
        ).toBeGreaterThanOrEqual(0)
      }
    }),
    { numRuns: 60 },
  )
})

test('what was sent stays: Undo says so, and a hold that was sent while it ran is ended by another step', async () => {
  const { surroundings, read, walk, tap: press, undo } = await dialled()
  surroundings.pass(1_000)
  await press({ kind: 'hold' })
  const kept = await database.get('walk', walk.id)
  if (kept === undefined) throw new Error('no walk')
  await database.put('walk', { ...kept, sentSeq: 2 })
  expect(await undo()).toBe(false)

  surroundings.pass(8_000)
  await press({ kind: 'person' })
  expect(await read()).toMatchObject({ hold: null, holds: [{ ms: 8_000 }], persons: [{}] })
  await undo()

  expect(await read()).toMatchObject({ hold: { seq: 2 }, holds: [], persons: [] })
})

test('a call that is over takes no more taps, but its end can be taken back', async () => {
  const { read, tap: press, undo } = await dialled()
  await press({ kind: 'hold' })
  await press({ kind: 'call-end', how: 'gave-up' })
  await press({ kind: 'key', key: '1' })
  expect(await read()).toMatchObject({ path: [], hold: null, end: { how: 'gave-up' } })

  await undo()

  expect(await read()).toMatchObject({ end: null, hold: { seq: 2 } })
})

/** Numbers of steps are never used again. */
function withoutNumbers(call: Call | undefined): unknown {
  return JSON.parse(
    JSON.stringify(call, (key, value: unknown) => (key === 'seq' ? undefined : value)),
  ) as unknown
}
