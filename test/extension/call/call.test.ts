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
    await call.toggleHold()
    surroundings.pass(400_000)

    await call.toggleHold()

    expect(await listSteps(database, walkId)).toMatchObject([
      { kind: 'dial' },
      { kind: 'hold', ms: 400_000 },
    ])
  })

  test('a person who answers ends the hold and the call', async () => {
    const { call, walkId } = await dialled()
    await call.press('1')
    await call.toggleHold()
    surroundings.pass(60_000)

    await call.end('human')

    expect((await listSteps(database, walkId)).slice(1)).toMatchObject([
      { kind: 'key', key: '1' },
      { kind: 'hold', ms: 60_000 },
      { kind: 'call-end', how: 'human' },
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
})
