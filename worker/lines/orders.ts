import type { EntrySort } from '#shared/api/entry-list'

/** The orders that a list of the register can have. */

/** The keys of a line that lists are ordered by; all of an order run the same way. */
type LineKey =
  | 'low_impact'
  | 'effort_rank'
  | 'few_monthly'
  | 'few_leaders'
  | 'changed_at'
  | 'due_day'
  | 'number'

export type LineKeys = Record<LineKey, number | string>

interface Order {
  keys: readonly LineKey[]
  descending: boolean
}

/** Each is an index of `register_line`, or its key. They end in the number, so that no two lines are equal. */
export const ORDERS: Record<EntrySort, Order> = {
  impact: {
    keys: ['low_impact', 'effort_rank', 'few_monthly', 'few_leaders', 'number'],
    descending: false,
  },
  effort: {
    keys: ['effort_rank', 'low_impact', 'few_monthly', 'few_leaders', 'number'],
    descending: false,
  },
  leaders: { keys: ['few_leaders', 'low_impact', 'effort_rank', 'number'], descending: false },
  changed: { keys: ['changed_at', 'number'], descending: true },
  quiet: { keys: ['changed_at', 'number'], descending: false },
  newest: { keys: ['number'], descending: true },
  due: { keys: ['due_day', 'low_impact', 'number'], descending: false },
}
