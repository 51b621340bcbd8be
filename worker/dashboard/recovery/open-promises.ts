import { createModel, signal } from '@preact/signals'

import type { ApiClient } from '#shared/api-client'
import type { OpenCount } from '#shared/api/follow-up'

/** How many customers wait, for the navigation and home; null while that is not known. */
export const OpenPromisesModel = createModel(
  ({ api }: { api: Pick<ApiClient, 'countFollowUps'> }) => {
    const counts = signal<OpenCount | null>(null)
    return {
      counts,
      /** Never rejects: without a count there is none. */
      async lookUp(): Promise<void> {
        try {
          counts.value = await api.countFollowUps()
        } catch (error) {
          console.error('follow-ups not counted', error)
        }
      },
    }
  },
)
