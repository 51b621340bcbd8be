import { createModel, signal } from '@preact/signals'

import type { ApiClient } from '#shared/api-client'
import type { Me } from '#shared/api/sign-in'
import { ApiError } from '#shared/api/call'

/** Who sits in front of the dashboard. */
export type Session =
  | { status: 'looking' }
  | { status: 'in'; me: Me }
  | { status: 'out' }
  | { status: 'failed' }

export const SessionModel = createModel(() => {
  const state = signal<Session>({ status: 'looking' })

  return {
    state,

    /** Asks the server who this is. Never rejects. */
    async look(api: Pick<ApiClient, 'getMe'>) {
      state.value = { status: 'looking' }
      try {
        const { person, workspace } = await api.getMe()
        state.value = { status: 'in', me: { person, workspace } }
      } catch (error) {
        const isOut = error instanceof ApiError && error.status === 401
        if (!isOut) console.error('not known who this is', error)
        state.value = isOut ? { status: 'out' } : { status: 'failed' }
      }
    },

    begin(me: Me) {
      state.value = { status: 'in', me }
    },

    /** The workspace's own name or setting changed. */
    rename(workspace: Me['workspace']) {
      const now = state.peek()
      if (now.status === 'in') state.value = { status: 'in', me: { ...now.me, workspace } }
    },

    end() {
      if (state.peek().status === 'in') state.value = { status: 'out' }
    },
  }
})
export type SessionState = InstanceType<typeof SessionModel>
