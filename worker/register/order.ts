import * as v from 'valibot'

import type { EntryRow, EntrySort } from '#shared/api/register'

/**
 * The orders a register page can have, and the cursor that goes on where one stopped. A cursor
 * holds the sort and the keys of the last row, so that rows which change meanwhile are neither
 * lost nor shown twice because of others.
 */

/** What rows are ordered by. `sql` must read as in the index `entry_in_register`, or it is not used. */
export interface SortKey {
  sql: 'impact' | 'effort' | 'monthly' | 'leaders' | 'changed' | 'number'
  descending: boolean
}

const IMPACT: SortKey = { sql: 'impact', descending: true }
const EFFORT: SortKey = { sql: 'effort', descending: false }
const MONTHLY: SortKey = { sql: 'monthly', descending: true }
const LEADERS: SortKey = { sql: 'leaders', descending: true }
const OLDEST: SortKey = { sql: 'number', descending: false }
const NEWEST: SortKey = { sql: 'number', descending: true }

/** Every order ends in the number, which is unique, so that no two rows are equal. */
export const SORT_KEYS: Record<EntrySort, readonly SortKey[]> = {
  impact: [IMPACT, EFFORT, MONTHLY, LEADERS, OLDEST],
  effort: [EFFORT, IMPACT, MONTHLY, LEADERS, OLDEST],
  leaders: [LEADERS, IMPACT, EFFORT, OLDEST],
  changed: [{ sql: 'changed', descending: true }, NEWEST],
  newest: [NEWEST],
}

const EFFORT_RANK = { S: 1, M: 2, L: 3, XL: 4 } as const
/** What nobody has judged comes last. */
const NO_EFFORT_RANK = 5

type SortedRow = Pick<
  EntryRow,
  'impact' | 'effort' | 'monthly' | 'leaders' | 'changedAt' | 'number'
>

function keyOf(row: SortedRow, key: SortKey): number {
  switch (key.sql) {
    case 'impact':
      return row.impact ?? 0
    case 'effort':
      return row.effort ? EFFORT_RANK[row.effort] : NO_EFFORT_RANK
    case 'monthly':
      return row.monthly?.customers ?? 0
    case 'leaders':
      return row.leaders
    case 'changed':
      return row.changedAt
    case 'number':
      return row.number
  }
}

/** An opaque text for this row's place in the order; `readSortCursor` takes it back for the same sort. */
export function cursorAt(sort: EntrySort, row: SortedRow): string {
  return writeCursor(
    sort,
    SORT_KEYS[sort].map((key) => keyOf(row, key)),
  )
}

/** `name` says which list a cursor belongs to; it fits no other. */
export function writeCursor(name: string, values: readonly (number | string)[]): string {
  return btoa(JSON.stringify([name, ...values]))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

/** The values of a cursor, or undefined when it is not one of ours for this list. */
export function readCursor(name: string, cursor: string): readonly unknown[] | undefined {
  if (!/^[A-Za-z0-9_-]+$/.test(cursor)) return undefined
  try {
    const parsed: unknown = JSON.parse(atob(cursor.replaceAll('-', '+').replaceAll('_', '/')))
    return Array.isArray(parsed) && parsed[0] === name ? parsed.slice(1) : undefined
  } catch {
    // Not base64, or not JSON: whoever sent it did not get it from us.
    return undefined
  }
}

/** The keys to go on after, or undefined when the cursor does not belong to this sort. */
export function readSortCursor(sort: EntrySort, cursor: string): readonly number[] | undefined {
  const keys = v.safeParse(v.array(v.pipe(v.number(), v.safeInteger())), readCursor(sort, cursor))
  return keys.success && keys.output.length === SORT_KEYS[sort].length ? keys.output : undefined
}
