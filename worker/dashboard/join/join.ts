import { createModel, signal } from '@preact/signals'

import type { ApiClient } from '#shared/api-client'
import { ApiError } from '#shared/api/call'
import type { Me } from '#shared/api/sign-in'
import type { Role } from '#shared/people'

import { sentenceOf } from '../load'
import { isDeclined, type Passkeys } from '../passkeys'

/** `closed`: wrong, used and run-out links are not told apart. */
export type JoinState =
  | { status: 'looking' }
  | { status: 'closed' }
  | { status: 'failed' }
  | { status: 'invited'; name: string; role: Role; workspaceName: string }
  | { status: 'codes'; recoveryCodes: string[] }

interface JoinDeps {
  api: Pick<ApiClient, 'lookAtInvite' | 'join'>
  passkeys: Passkeys
  /** From the link's fragment. */
  token: string
  onJoined: (me: Me) => void
}

export const JoinModel = createModel(({ api, passkeys, token, onJoined }: JoinDeps) => {
  const state = signal<JoinState>({ status: 'looking' })
  const working = signal(false)
  const problem = signal('')

  function fail(error: unknown) {
    if (error instanceof ApiError && error.status === 404) state.value = { status: 'closed' }
    else if (isDeclined(error))
      problem.value = 'No passkey was made. Try again, or go on with recovery codes alone.'
    else problem.value = sentenceOf(error)
  }

  async function accept(withPasskey: boolean) {
    working.value = true
    problem.value = ''
    try {
      // Each challenge works once, so every try asks for its own.
      const passkey = withPasskey
        ? await passkeys.create((await api.lookAtInvite(token)).options)
        : null
      const { recoveryCodes, person, workspace } = await api.join({ token, passkey })
      state.value = { status: 'codes', recoveryCodes }
      onJoined({ person, workspace })
    } catch (error) {
      fail(error)
    }
    working.value = false
  }

  return {
    state,
    working,
    problem,
    supportsPasskeys: signal(passkeys.areSupported),

    /** Never rejects. */
    async look() {
      if (token === '') {
        state.value = { status: 'closed' }
        return
      }
      state.value = { status: 'looking' }
      try {
        const { person, workspace } = await api.lookAtInvite(token)
        state.value = {
          status: 'invited',
          name: person.name,
          role: person.role,
          workspaceName: workspace.name,
        }
      } catch (error) {
        const isClosed = error instanceof ApiError && error.status === 404
        state.value = isClosed ? { status: 'closed' } : { status: 'failed' }
      }
    },

    acceptWithPasskey: () => accept(true),
    acceptWithCodes: () => accept(false),
  }
})
