import { computed, createModel, signal } from '@preact/signals'

import type { ApiClient } from '#shared/api-client'
import { ApiError } from '#shared/api/call'
import type { Me } from '#shared/api/sign-in'

import { sentenceOf } from '../load'
import { isDeclined, type Passkeys } from '../passkeys'

export type SetupStep = 'organisation' | 'pictures' | 'sign-in' | 'codes' | 'connect'

/** `closed`: a wrong link, a used one, or none at all; the server does not tell them apart. */
export type SetupState =
  | { step: 'closed' }
  | { step: Exclude<SetupStep, 'codes' | 'connect'> }
  | { step: 'codes'; me: Me; recoveryCodes: string[] }
  | { step: 'connect'; me: Me }

interface SetupDeps {
  api: Pick<ApiClient, 'startSetupPasskey' | 'finishSetup'>
  passkeys: Passkeys
  /** From the link's fragment; empty when there is none. */
  token: string
  onDone: (me: Me) => void
}

export const SetupModel = createModel(({ api, passkeys, token, onDone }: SetupDeps) => {
  const state = signal<SetupState>(token === '' ? { step: 'closed' } : { step: 'organisation' })
  const workspaceName = signal('')
  const ownerName = signal('')
  /** Nothing is chosen for them: it is asked. */
  const coverEverything = signal<boolean | null>(null)
  const hasPasskey = signal(false)
  const status = signal<'resting' | 'working'>('resting')
  const problem = signal('')
  const canName = computed(() => workspaceName.value.trim() !== '' && ownerName.value.trim() !== '')
  const canCover = computed(() => coverEverything.value !== null)

  async function finish(withPasskey: boolean) {
    status.value = 'working'
    problem.value = ''
    const names = { workspaceName: workspaceName.peek().trim(), ownerName: ownerName.peek().trim() }
    const covers = coverEverything.peek() ?? true
    try {
      const passkey = withPasskey
        ? await passkeys.create(
            (await api.startSetupPasskey({ token, ownerName: names.ownerName })).options,
          )
        : null
      const { recoveryCodes, person, workspace } = await api.finishSetup({
        token,
        ...names,
        coverEverything: covers,
        passkey,
      })
      hasPasskey.value = withPasskey
      state.value = { step: 'codes', me: { person, workspace }, recoveryCodes }
      onDone({ person, workspace })
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) state.value = { step: 'closed' }
      else if (isDeclined(error))
        problem.value = 'No passkey was made. Try again, or go on with recovery codes alone.'
      else problem.value = sentenceOf(error)
    }
    status.value = 'resting'
  }

  return {
    state,
    workspaceName,
    ownerName,
    coverEverything,
    hasPasskey,
    status,
    problem,
    canName,
    canCover,
    supportsPasskeys: signal(passkeys.areSupported),

    setWorkspaceName(name: string) {
      workspaceName.value = name
    },
    setOwnerName(name: string) {
      ownerName.value = name
    },
    setCoverEverything(covers: boolean) {
      coverEverything.value = covers
    },

    goTo(step: 'organisation' | 'pictures' | 'sign-in') {
      problem.value = ''
      state.value = { step }
    },

    /** Makes the workspace. Ends at the codes, or with a problem said. Never rejects. */
    finishWithPasskey: () => finish(true),
    finishWithCodes: () => finish(false),

    codesAreKept() {
      const now = state.peek()
      if (now.step === 'codes') state.value = { step: 'connect', me: now.me }
    },
  }
})
export type Setup = InstanceType<typeof SetupModel>
