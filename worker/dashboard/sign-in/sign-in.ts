import { computed, createModel, signal } from '@preact/signals'

import type { ApiClient } from '#shared/api-client'
import { ApiError } from '#shared/api/call'
import type { Me } from '#shared/api/sign-in'

import { sentenceOf } from '../load'
import { isDeclined, type Passkeys } from '../passkeys'

interface SignInDeps {
  api: Pick<ApiClient, 'getSetup' | 'startPasskeySignIn' | 'signInWithPasskey' | 'signInWithCode'>
  passkeys: Passkeys
  onSignedIn: (me: Me) => void
}

type SignInStatus = 'resting' | 'passkey' | 'code'

export const SignInModel = createModel(({ api, passkeys, onSignedIn }: SignInDeps) => {
  const code = signal('')
  const status = signal<SignInStatus>('resting')
  /** What went wrong, in a sentence; empty while nothing has. */
  const problem = signal('')
  /** A first run is open: whoever comes for it is at the wrong door. */
  const isNew = signal(false)
  const canUseCode = computed(() => code.value.trim() !== '' && status.value === 'resting')

  async function attempt(kind: SignInStatus, signIn: () => Promise<Me>) {
    status.value = kind
    problem.value = ''
    try {
      onSignedIn(await signIn())
    } catch (error) {
      problem.value = isDeclined(error)
        ? 'No passkey was used. Try again, or use one of your codes.'
        : error instanceof ApiError && error.status === 401 && kind === 'code'
          ? 'That code does not fit. Each code works once.'
          : sentenceOf(error)
    }
    status.value = 'resting'
  }

  return {
    code,
    status,
    problem,
    isNew,
    canUseCode,
    supportsPasskeys: signal(passkeys.areSupported),

    /** Never rejects; without an answer the page shows what it always shows. */
    async look() {
      try {
        await api.getSetup()
        isNew.value = true
      } catch {
        // 404 says that no first run is open, which is the normal case.
        isNew.value = false
      }
    },

    setCode(text: string) {
      code.value = text
    },

    /** Ends signed in, or with a problem said. Never rejects. */
    withPasskey: () =>
      attempt('passkey', async () => {
        const { options } = await api.startPasskeySignIn()
        return api.signInWithPasskey(await passkeys.use(options))
      }),

    withCode: () => attempt('code', () => api.signInWithCode(code.peek().trim())),
  }
})
