import * as v from 'valibot'

import type { EntrySort } from '#shared/api/entry-list'

import { type LineKeys, ORDERS } from '../lines/orders'

/**
 * The cursor that goes on where a page of the register stopped: it holds the sort, the
 * keys of a line and how many stood before it, so that rows which change meanwhile are neither lost
 * nor shown twice because of others.
 */

/** Where a page starts: behind a line, of which `before` stood ahead or were it. */
export interface Stop {
  keys: readonly (number | string)[]
  before: number
}

/** An opaque text for a line's place in the order; `readStop` takes it back for the same sort. */
export function stopAt(sort: EntrySort, line: LineKeys, before: number): string {
  return writeCursor(sort, [Math.max(0, before), ...ORDERS[sort].keys.map((key) => line[key])])
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

const WholeNumber = v.pipe(v.number(), v.safeInteger())
const Day = v.pipe(v.string(), v.isoDate())

/** Where to go on, or undefined when the cursor does not belong to this sort. */
export function readStop(sort: EntrySort, cursor: string): Stop | undefined {
  const shape = ORDERS[sort].keys.map((key) => (key === 'due_day' ? Day : WholeNumber))
  const read = v.safeParse(v.strictTuple([WholeNumber, ...shape]), readCursor(sort, cursor))
  if (!read.success) return undefined
  const [before, ...keys] = read.output
  return { keys, before: Math.max(0, before) }
}
