import { createModel, signal } from '@preact/signals'

import type { WalkApi, WalksPage } from '#shared/api/walk'

import { load, type Load } from '../load'

/** The walks, the newest first, and more of them when asked. */
export const WalksModel = createModel((api: Pick<WalkApi, 'listWalks'>) => {
  const state = signal<Load<WalksPage>>({ status: 'loading' })
  const more = signal<'resting' | 'loading' | 'failed'>('resting')

  return {
    state,
    more,

    /** Ends in `ready` or `failed`; never rejects. */
    reload: () => load(state, () => api.listWalks()),

    /** Appends the next page; never rejects. */
    async showMore() {
      const shown = state.peek()
      if (shown.status !== 'ready' || shown.value.next === null || more.peek() === 'loading') return
      more.value = 'loading'
      try {
        const page = await api.listWalks({ after: shown.value.next })
        if (state.peek() === shown)
          state.value = {
            status: 'ready',
            value: { walks: [...shown.value.walks, ...page.walks], next: page.next },
          }
        more.value = 'resting'
      } catch (error) {
        console.error('not loaded', error)
        more.value = 'failed'
      }
    },
  }
})
export type Walks = InstanceType<typeof WalksModel>
