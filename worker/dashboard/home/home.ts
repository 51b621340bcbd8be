import { createModel, signal } from '@preact/signals'

import type { Home, RegisterApi } from '#shared/api/register'

import { load, type Load } from '../load'

export const HomeModel = createModel((api: Pick<RegisterApi, 'home'>) => {
  const state = signal<Load<Home>>({ status: 'loading' })

  return {
    state,

    /** Ends in `ready` or `failed`; never rejects. */
    reload: () => load(state, api.home),
  }
})

/** True while nobody has sent anything: then there is nothing to say but how it starts. */
export function isEmpty(home: Home): boolean {
  return home.newestNotes.length === 0 && home.lastWalks.length === 0
}

/** The months of coverage as columns, oldest first: `2026-06` … `2026-11`. */
export function monthsUpTo(now: number, months: number): string[] {
  const date = new Date(now)
  return Array.from({ length: months }, (_, index) =>
    new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - (months - 1 - index), 1))
      .toISOString()
      .slice(0, 7),
  )
}
