import { createModel, signal } from '@preact/signals'

import type { Again, AgainApi } from '#shared/api/again'
import { ApiError } from '#shared/api/call'

import { load, type Load } from '../load'

/** What came of the last press; a sentence where there is something to say. */
type Asking = 'resting' | 'working' | { sentence: string; canUndo: boolean }

/** Asking leaders to walk an entry's errand again, and the walks that came of it. */
export const AgainModel = createModel(({ api, number }: { api: AgainApi; number: number }) => {
  const state = signal<Load<Again>>({ status: 'loading' })
  const asking = signal<Asking>('resting')

  /** Ends with a sentence; never rejects. */
  async function send(
    call: (number: number) => Promise<Again>,
    say: (before: number, after: Again) => { sentence: string; canUndo: boolean },
  ): Promise<void> {
    const shown = state.peek()
    const before = shown.status === 'ready' ? shown.value.asked.open : 0
    asking.value = 'working'
    try {
      const value = await call(number)
      state.value = { status: 'ready', value }
      asking.value = say(before, value)
    } catch (error) {
      const sentence =
        error instanceof ApiError ? error.message : 'Nobody answered. Nothing was asked.'
      asking.value = { sentence, canUndo: false }
    }
  }

  return {
    state,
    asking,

    reload: () => load(state, () => api.readAgain(number)),

    ask: () =>
      send(api.askForSecondWalk, (before, { asked }) => ({
        sentence: `${leaders(asked.open - before)} asked. It stands on top of their panel.`,
        canUndo: true,
      })),

    takeBack: () =>
      send(api.dropSecondWalks, () => ({ sentence: 'Nobody is asked any more.', canUndo: false })),
  }
})
export type AgainState = InstanceType<typeof AgainModel>

function leaders(count: number): string {
  return count === 1 ? '1 leader is' : `${count} leaders are`
}
