import { createModel, signal } from '@preact/signals'

import { ApiError } from '#shared/api/call'
import type { EntryApi } from '#shared/api/entry'
import type { Home, HomeApi } from '#shared/api/home'
import type { EntryRow } from '#shared/api/register'

import { load, type Load } from '../load'

export type Owner = Home['owners'][number]

/** What the last owner that was given came to. */
type Given = { sentence: string; undo: (() => void) | null } | null

export const HomeModel = createModel((api: HomeApi & Pick<EntryApi, 'changeEntry'>) => {
  const state = signal<Load<Home>>({ status: 'loading' })
  const given = signal<Given>(null)

  const reload = () => load(state, api.home)

  function put(entry: EntryRow): void {
    const shown = state.peek()
    if (shown.status !== 'ready') return
    const inPlace = (entries: readonly EntryRow[]) =>
      entries.map((each) => (each.number === entry.number ? entry : each))
    const { quickWins, unowned } = shown.value
    const value = { ...shown.value, quickWins: inPlace(quickWins), unowned: inPlace(unowned) }
    state.value = { status: 'ready', value }
  }

  /** Never rejects; what somebody else changed meanwhile is shown as it is now. */
  async function give(entry: EntryRow, owner: Owner | null): Promise<void> {
    const { number, version } = entry
    try {
      const change =
        owner === null ? { owner: null, reason: 'Given by mistake.' } : { owner: owner.id }
      const changed = await api.changeEntry(number, { version, ...change })
      put(changed)
      given.value =
        owner === null
          ? { sentence: 'Nobody owns it again.', undo: null }
          : {
              sentence: `${owner.name} owns #${number} now.`,
              undo: () => void give(changed, null),
            }
    } catch (error) {
      const sentence =
        error instanceof ApiError ? error.message : 'That did not arrive. Nothing changed.'
      given.value = { sentence, undo: null }
      if (error instanceof ApiError && error.code === 'changed') await reload()
    }
  }

  return {
    state,
    given,
    give,

    /** Ends in `ready` or `failed`; never rejects. */
    reload,

    dismiss() {
      given.value = null
    },
  }
})

export type HomeState = InstanceType<typeof HomeModel>

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
