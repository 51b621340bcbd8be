import { createModel, signal } from '@preact/signals'

interface Named {
  id: string
}

/** Which option of a list the keyboard is on: the first until it is moved, and again when the list loses it. */
export const ActiveOptionModel = createModel(() => {
  const activeId = signal<string | null>(null)

  function activeAmong<One extends Named>(options: readonly One[]): One | undefined {
    return options.find(({ id }) => id === activeId.value) ?? options[0]
  }

  return {
    activeAmong,

    /** Round at both ends. */
    step(options: readonly Named[], by: 1 | -1): void {
      const index = options.findIndex(({ id }) => id === activeAmong(options)?.id)
      activeId.value = options.at((index + by) % options.length)?.id ?? null
    },
    start(): void {
      activeId.value = null
    },
  }
})
