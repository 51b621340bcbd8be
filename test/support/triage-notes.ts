import type { DecisionOutcome, TriageNote } from '#shared/api/triage'

import { pagePlace } from './ops'

/** A decision that touched nothing. */
export const OUTCOME: DecisionOutcome = {
  decision: { id: '', what: 'confirm', at: 0, notes: 1, entries: [], undoes: null, undoneAt: null },
  done: [],
  failed: [],
  entries: [],
}

/** An entry as triage shows it. */
export function newEntry(
  number: number,
  change: Partial<TriageNote['entry']> = {},
): TriageNote['entry'] {
  return {
    number,
    title: `Entry ${number}`,
    titleConfirmed: false,
    state: 'new',
    notes: 1,
    leaders: 1,
    worst: 2,
    version: 1,
    ...change,
  }
}

/** A new note that grouping put into #7 by itself. */
export function newWaiting(id: string, change: Partial<TriageNote> = {}): TriageNote {
  return {
    id,
    at: 0,
    author: 'CIO',
    mood: 'embarrassed',
    kind: null,
    wince: 2,
    money: null,
    words: `Words of ${id}`,
    firstWords: null,
    wordedAt: null,
    expected: null,
    source: 'walk',
    channel: 'portal',
    place: pagePlace(),
    walk: null,
    pictures: [],
    why: { decision: 'join', sentence: 'Same page.', nextBest: [] },
    placedByPerson: false,
    service: null,
    serviceId: null,
    serviceMeans: null,
    stepsBefore: [],
    waiting: true,
    entry: newEntry(7),
    proposal: null,
    suggestions: [],
    ...change,
  }
}
