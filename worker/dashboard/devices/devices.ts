import { createModel, signal } from '@preact/signals'

import type { ApiClient } from '#shared/api-client'
import type { Device } from '#shared/api/pairing'

import { load, sentenceOf, type Load } from '../load'

/** Connected browsers: everybody's for who manages people, else one's own. */
export const DevicesModel = createModel((api: Pick<ApiClient, 'listDevices' | 'revokeDevice'>) => {
  const state = signal<Load<Device[]>>({ status: 'loading' })
  const problem = signal('')

  const reload = () => load(state, async () => (await api.listDevices()).devices)

  return {
    state,
    problem,
    reload,

    /** The browser keeps what it has not sent; it only can send no more. Never rejects. */
    async disconnect(id: string) {
      problem.value = ''
      try {
        await api.revokeDevice(id)
      } catch (error) {
        problem.value = sentenceOf(error)
      }
      await reload()
    },
  }
})
export type Devices = InstanceType<typeof DevicesModel>
