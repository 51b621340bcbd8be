import type { EntryState } from '#shared/sync'

import type { Fate } from './home'
import { toDay, toWallDay } from '../panel/time-words'

const WORDS: Readonly<Record<EntryState, string>> = {
  new: 'Waits to be looked at',
  accepted: 'Taken on',
  analyse: 'They look for the cause',
  progress: 'Being fixed',
  hold: 'On hold',
  check: 'Fixed, and being checked',
  closed: 'Fixed',
  declined: 'Nothing will be done',
  merged: 'Part of another entry',
  reopened: 'It came back: open again',
  kept: 'Your team keeps it',
  shared: 'The team was thanked',
  withdrawn: 'Taken back',
}

/** What a state means for whoever noted it: `On hold until 4 December`. */
export function fateWords({ state, closedAs, until, changedAt }: Fate, now: number): string {
  if (state === 'hold' && until !== undefined) return `On hold until ${toWallDay(until)}`
  if (state !== 'closed') return WORDS[state]
  if (closedAs === 'cannot-fix') return 'Cannot be fixed'
  if (closedAs === 'unsuccessful') return 'Closed, and not fixed'
  return `Fixed ${sinceWords(changedAt, now)}`
}

/** `today`, `on Tuesday`, `on 4 November`. */
export function sinceWords(at: number, now: number): string {
  const day = toDay(at, now)
  return day === 'today' || day === 'yesterday' ? day : `on ${day}`
}
