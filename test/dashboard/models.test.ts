import { expect, test } from 'vitest'

import { ApiError } from '#shared/api/call'

import { ConnectModel } from '../../worker/dashboard/connect/connect'
import { RegisterModel } from '../../worker/dashboard/register/register'
import { SetupModel } from '../../worker/dashboard/setup/setup'

const ID = '01890a5d-ac96-774b-bcce-b302099a8057'
const ME = {
  person: { id: ID, name: 'Desk manager', role: 'owner' as const, culture: false },
  workspace: { id: ID, name: 'Example Health', coverEverything: true },
}
const DECLINED = Object.assign(new Error('no'), { name: 'NotAllowedError' })

/** A clock that a test turns. */
function newClock() {
  let now = 0
  const timers = new Set<{ every: number; next: number; act: () => void }>()
  return {
    now: () => now,
    every: (ms: number, act: () => void) => {
      const timer = { every: ms, next: now + ms, act }
      timers.add(timer)
      return () => timers.delete(timer)
    },
    async advance(ms: number) {
      const until = now + ms
      while (now < until) {
        now += 1000
        for (const timer of timers) {
          if (timer.next > now) continue
          timer.next += timer.every
          timer.act()
        }
        // oxlint-disable-next-line no-await-in-loop -- what the timers asked for is answered before the next second
        await new Promise(setImmediate)
      }
    },
    running: () => timers.size,
  }
}

test('a pairing code is waited for, and the page says so when it worked', async () => {
  const clock = newClock()
  let isThere = false
  let told = 0
  const connect = new ConnectModel({
    api: {
      askForPairing: async () => ({
        id: ID,
        code: '7KQ4-M2XD9-RTBC',
        link: 'x',
        expiresAt: 900_000,
      }),
      getPairing: async () => ({
        state: isThere ? ('connected' as const) : ('waiting' as const),
        expiresAt: 900_000,
        device: isThere ? { id: ID, name: 'Edge on a laptop' } : null,
      }),
    },
    clock,
    onConnected: () => (told += 1),
  })
  await connect.ask(ID)
  await clock.advance(28_000)
  expect(connect.leftMs.value).toBeLessThanOrEqual(873_000)

  isThere = true
  await clock.advance(4_000)

  expect(connect.state.value).toEqual({ status: 'connected', deviceName: 'Edge on a laptop' })
  expect(told).toBe(1)
  expect(clock.running()).toBe(0)
})

test('a code that nobody uses runs out, although the server never answers again', async () => {
  const clock = newClock()
  const connect = new ConnectModel({
    api: {
      askForPairing: async () => ({ id: ID, code: 'x', link: 'x', expiresAt: 900_000 }),
      getPairing: () => Promise.reject(new TypeError('no network')),
    },
    clock,
    onConnected: () => undefined,
  })
  await connect.ask(ID)

  await clock.advance(900_000)

  expect(connect.state.value).toEqual({ status: 'expired' })
  expect(clock.running()).toBe(0)
})

function newSetup(change: { create?: () => Promise<never>; finish?: () => Promise<never> } = {}) {
  const sent: unknown[] = []
  const setup = new SetupModel({
    api: {
      startSetupPasskey: async () => ({ options: {} as never }),
      finishSetup: async (asked) => {
        sent.push(asked)
        await change.finish?.()
        return { ...ME, recoveryCodes: ['A', 'B'] }
      },
    },
    passkeys: {
      areSupported: true,
      create: change.create ?? (async () => 'passkey' as never),
      use: async () => 'x' as never,
    },
    token: 'token',
    onDone: () => undefined,
  })
  setup.setWorkspaceName(' Example Health ')
  setup.setOwnerName('Desk manager')
  setup.setCoverEverything(false)
  setup.goTo('sign-in')
  return { setup, sent }
}

test('a first run asks what is covered, and chooses nothing by itself', () => {
  const { setup } = newSetup()
  const fresh = new SetupModel({
    api: {} as never,
    passkeys: {} as never,
    token: 'x',
    onDone: () => undefined,
  })

  expect(fresh.canCover.value).toBe(false)
  expect(fresh.canName.value).toBe(false)
  expect(setup.canCover.value).toBe(true)
  expect(
    new SetupModel({ api: {} as never, passkeys: {} as never, token: '', onDone: () => undefined })
      .state.value,
  ).toEqual({ step: 'closed' })
})

test('whoever declines the passkey stays on the step and may go on with codes alone', async () => {
  const { setup, sent } = newSetup({ create: () => Promise.reject(DECLINED) })

  await setup.finishWithPasskey()
  expect(setup.state.value).toEqual({ step: 'sign-in' })
  expect(setup.problem.value).toContain('No passkey was made')
  await setup.finishWithCodes()

  expect(sent).toEqual([
    {
      token: 'token',
      workspaceName: 'Example Health',
      ownerName: 'Desk manager',
      coverEverything: false,
      passkey: null,
    },
  ])
  expect(setup.state.value).toMatchObject({ step: 'codes', recoveryCodes: ['A', 'B'] })
  setup.codesAreKept()
  expect(setup.state.value).toMatchObject({ step: 'connect', me: ME })
})

test('a link that was used meanwhile closes the first run', async () => {
  const { setup } = newSetup({
    finish: () => Promise.reject(new ApiError(404, 'not-found', 'There is nothing here.')),
  })

  await setup.finishWithCodes()

  expect(setup.state.value).toEqual({ step: 'closed' })
})

test('an answer to an older question never replaces a newer one', async () => {
  const answers: ((page: never) => void)[] = []
  const register = new RegisterModel({
    listEntries: () => new Promise((answer) => answers.push(answer)),
  })
  const old = register.show('/register?q=old')
  const newer = register.show('/register?q=new')

  answers[1]?.({ entries: [], total: 'new' } as never)
  answers[0]?.({ entries: [], total: 'old' } as never)
  await Promise.all([old, newer])

  expect(register.state.value).toMatchObject({ status: 'ready', value: { view: { q: 'new' } } })
})
