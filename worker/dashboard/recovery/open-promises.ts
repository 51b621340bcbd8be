import { createModel, signal } from '@preact/signals'

import type { ApiClient } from '#shared/api-client'
import type { OpenCount } from '#shared/api/follow-up'

/** How many customers wait, for the navigation and home; null while that is not known. */
export const OpenPromisesModel = createModel(({ api }: { api: ApiClient }) => {
  const counts = signal<OpenCount | null>(null)

  /** Never rejects: without a count there is none. */
  async function lookUp(): Promise<void> {
    try {
      counts.value = await api.countFollowUps()
    } catch (error) {
      console.error('follow-ups not counted', error)
    }
  }

  /** Counts again after whatever was done, and passes on how it went. */
  async function counting<Answer>(done: Promise<Answer>): Promise<Answer> {
    const answer = await done
    void lookUp()
    return answer
  }

  return {
    counts,
    lookUp,
    /** The same client; what is done about promises through it is counted at once. */
    api: {
      ...api,
      addFollowUps: (...asked: Parameters<ApiClient['addFollowUps']>) =>
        counting(api.addFollowUps(...asked)),
      actOnFollowUp: (...asked: Parameters<ApiClient['actOnFollowUp']>) =>
        counting(api.actOnFollowUp(...asked)),
    },
  }
})
