import { createModel, signal } from '@preact/signals'

import type { Effort, Impact } from '#shared/entry'

import type { ChosenEntry, Judgement } from './chosen'

/** A cell of the matrix. */
export interface Cell {
  impact: Impact
  effort: Effort
}

/** What is held over the matrix, and where it would be let go. */
export const DragModel = createModel(() => {
  /** The number of an entry. */
  const held = signal<number | null>(null)
  /** The cell that is outlined, as `cellKey` writes it. */
  const over = signal<string | null>(null)
  return {
    held,
    over,

    hold(number: number): void {
      held.value = number
    },
    enter(cell: Cell): void {
      over.value = cellKey(cell)
    },
    /** Another cell may have been entered before this one is left. */
    leave(cell: Cell): void {
      if (over.peek() === cellKey(cell)) over.value = null
    },
    letGo(): void {
      held.value = null
      over.value = null
    },
  }
})
export type Drag = InstanceType<typeof DragModel>

/** `4S`: as the server names the groups of the matrix. */
export function cellKey({ impact, effort }: Cell): string {
  return `${impact}${effort}`
}

/** What an entry is judged by being let go in a cell: only what differs; null where it lies there. */
export function judgementIn({ impact, effort }: Cell, entry: ChosenEntry): Judgement | null {
  if (entry.impact === impact && entry.effort === effort) return null
  return {
    ...(entry.impact !== impact && { impact }),
    ...(entry.effort !== effort && { effort }),
  }
}
