import { createModel, signal } from '@preact/signals'

import type { ApiClient } from '#shared/api-client'
import type { Account } from '#shared/api/account'

import { load, sentenceOf, type Load } from '../load'
import { isDeclined, type Passkeys } from '../passkeys'

interface Known {
  account: Account
  sessions: Awaited<ReturnType<ApiClient['listSessions']>>['sessions']
}

interface AccountDeps {
  api: Pick<
    ApiClient,
    | 'getMe'
    | 'listSessions'
    | 'startPasskey'
    | 'addPasskey'
    | 'removePasskey'
    | 'makeRecoveryCodes'
    | 'endSession'
    | 'signOut'
  >
  passkeys: Passkeys
  onSignedOut: () => void
}

/** Oneself: how one signs in, and where one is signed in. */
export const AccountModel = createModel(({ api, passkeys, onSignedOut }: AccountDeps) => {
  const state = signal<Load<Known>>({ status: 'loading' })
  const working = signal(false)
  const problem = signal('')
  /** Shown until they are put away, and never again. */
  const newCodes = signal<string[] | null>(null)

  const reload = () =>
    load(state, async () => {
      const [account, { sessions }] = await Promise.all([api.getMe(), api.listSessions()])
      return { account, sessions }
    })

  async function act(work: () => Promise<void>) {
    working.value = true
    problem.value = ''
    try {
      await work()
    } catch (error) {
      problem.value = isDeclined(error) ? 'No passkey was made.' : sentenceOf(error)
    }
    working.value = false
    await reload()
  }

  return {
    state,
    working,
    problem,
    newCodes,
    supportsPasskeys: signal(passkeys.areSupported),
    reload,

    addPasskey: () =>
      act(async () => {
        const { options } = await api.startPasskey()
        await api.addPasskey({ passkey: await passkeys.create(options), name: null })
      }),
    removePasskey: (id: string) => act(() => api.removePasskey(id)),
    makeRecoveryCodes: () =>
      act(async () => {
        newCodes.value = (await api.makeRecoveryCodes()).recoveryCodes
      }),
    codesAreKept() {
      newCodes.value = null
    },
    endSession: (id: string) => act(() => api.endSession(id)),

    /** Never rejects: whoever leaves is out here, whatever the server says. */
    async signOut() {
      try {
        await api.signOut()
      } catch (error) {
        console.error('the server was not told', error)
      }
      onSignedOut()
    },
  }
})
export type AccountState = InstanceType<typeof AccountModel>
