import { createModel, signal } from '@preact/signals'

import type { MenuApi, MenuNumbers } from '#shared/api/menu'

import { load, type Load } from '../load'

/** The numbers that leaders called, those called most first. */
export const MenusModel = createModel((api: Pick<MenuApi, 'listMenus'>) => {
  const state = signal<Load<MenuNumbers>>({ status: 'loading' })
  const more = signal<'resting' | 'loading' | 'failed'>('resting')
  return {
    state,
    more,
    show: () => load(state, async () => byCalls(await api.listMenus())),
    async showMore(): Promise<void> {
      const before = state.peek()
      if (before.status !== 'ready' || before.value.next === null) return
      more.value = 'loading'
      try {
        const page = await api.listMenus(before.value.next)
        const numbers = [...before.value.numbers, ...page.numbers]
        state.value = { status: 'ready', value: byCalls({ numbers, next: page.next }) }
        more.value = 'resting'
      } catch (error) {
        console.error('not loaded', error)
        more.value = 'failed'
      }
    },
  }
})

function byCalls({ numbers, next }: MenuNumbers): MenuNumbers {
  return {
    numbers: numbers.toSorted((one, other) => other.calls - one.calls || other.lastAt - one.lastAt),
    next,
  }
}
