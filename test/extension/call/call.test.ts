import { beforeEach, describe, expect, test, vi } from 'vitest'

import { CallModel } from '../../../extension/call/call'
import { findNote } from '../../../extension/note/notes'
import { findActiveWalk, listSteps } from '../../../extension/walk/walks'
import { emptyDevice, listener, surroundingsAt } from '../device'

let surroundings = surroundingsAt()
let database: Awaited<ReturnType<typeof emptyDevice>>
beforeEach(async () => {
  surroundings = surroundingsAt()
  database = await emptyDevice()
})

async function dialled() {
  const { told, say } = listener()
  const call = new CallModel({ database, surroundings, walk: null, say })
  call.number.value = ' 4357 '
  call.why.value = 'Locked out'
  await call.dial()
  const walk = await findActiveWalk(database)
  return { call, told, walkId: walk?.id ?? '' }
}

describe('tapping along with a call', () => {
  test('from home it is a walk of its own, with the reason as its errand', async () => {
    const { walkId } = await dialled()

    expect(await findActiveWalk(database)).toMatchObject({ errand: 'Locked out', state: 'walking' })
    expect(await listSteps(database, walkId)).toMatchObject([
      { kind: 'dial', number: '4357', why: 'Locked out' },
    ])
  })

  test('counts a hold by the clock, not by ticks', async () => {
    const { call, walkId } = await dialled()
    surroundings.pass(1_000)
    await call.toggleHold()
    surroundings.pass(400_000)

    await call.toggleHold()

    expect(await listSteps(database, walkId)).toMatchObject([
      { kind: 'dial' },
      { kind: 'hold', ms: 400_000 },
    ])
  })

  test('a person who answers ends the hold, and the call goes on', async () => {
    const { call, walkId } = await dialled()
    surroundings.pass(1_000)
    await call.press('1')
    surroundings.pass(1_000)
    await call.toggleHold()
    surroundings.pass(60_000)

    await call.person()

    expect((await listSteps(database, walkId)).slice(1)).toMatchObject([
      { kind: 'key', key: '1' },
      { kind: 'hold', ms: 60_000 },
      { kind: 'person' },
    ])
  })

  test('undo takes back the last tap and leaves the others', async () => {
    const { call, walkId } = await dialled()
    await call.press('1')
    await call.press('3')
    await call.askedAgain('number')

    await call.undo()
    await call.undo()

    expect(await listSteps(database, walkId)).toMatchObject([
      { kind: 'dial' },
      { kind: 'key', key: '1' },
    ])
  })

  test('taps of a fast hand are kept in their order', async () => {
    const { call, walkId } = await dialled()

    await Promise.all(['4', '3', '5', '7'].map((key) => call.press(key)))

    expect(
      (await listSteps(database, walkId)).flatMap((step) =>
        step.kind === 'key' ? [step.key] : [],
      ),
    ).toEqual(['4', '3', '5', '7'])
  })

  test('a moment is kept at the node of the menu where one is', async () => {
    const { call, told } = await dialled()
    await call.press('2')
    await call.press('1')

    await call.mark()

    const id = call.marked.value?.noteId ?? ''
    expect(await findNote(database, id)).toMatchObject({
      state: 'kept',
      words: '',
      place: { kind: 'call', number: '4357', keys: ['2', '1'] },
    })
    told[0]?.undo?.()
    await vi.waitFor(async () =>
      expect(await findNote(database, id)).toMatchObject({ state: 'removed' }),
    )
  })

  test('what was typed at a node names its keys, on the next call to the same number too', async () => {
    const { call } = await dialled()
    await call.press('2')
    call.typed.value = '1 a problem, 2: printing; * back'
    await call.keepTyped()
    call.typed.value = 'All lines are busy'
    await call.keepTyped()
    call.typed.value = 'Billing'
    await call.sayTyped()
    await call.end('hung-up')
    surroundings.pass(60_000)

    const { call: next } = await dialled()
    await next.press('2')

    await vi.waitFor(() =>
      expect([...next.labels.value]).toEqual([
        ['1', 'a problem'],
        ['2', 'printing'],
        ['*', 'back'],
      ]),
    )
    await vi.waitFor(() =>
      expect(call.call.value).toMatchObject({
        heard: [{ words: 'All lines are busy', depth: 1 }],
        path: [{ choice: '2' }, { choice: '“Billing”' }],
      }),
    )
  })

  test('what is said of being passed on and of the end stands beside the tap', async () => {
    const { call, walkId } = await dialled()
    await call.transfer()
    await call.answer({ of: 'transfer', toldWhy: false })
    await call.answer({ of: 'transfer', nextKnew: false })
    await call.end('hung-up')

    await call.answer({ of: 'call-end', solved: 'partly' })

    expect((await listSteps(database, walkId)).slice(1)).toMatchObject([
      { kind: 'transfer', toldWhy: false, nextKnew: false },
      { kind: 'call-end', how: 'hung-up', solved: 'partly' },
    ])
  })

  test('words that could not be written down come back into the field', async () => {
    const { call, told } = await dialled()
    call.typed.value = 'All lines are busy'
    database.close()

    await call.keepTyped()

    expect(call.typed.value).toBe('All lines are busy')
    expect(told.at(-1)?.text).toContain('Not kept')
  })
})
