import type { EntryRow } from '#shared/api/register'

/** A row of the register as the server gives it: a new entry of one note, and what a test changes of it. */
export function newEntryRow(change: Partial<EntryRow> = {}): EntryRow {
  return {
    number: 12,
    mood: 'embarrassed',
    title: 'First words',
    titleConfirmed: false,
    service: null,
    channel: 'portal',
    state: 'new',
    impact: null,
    effort: null,
    worst: 2,
    notes: 1,
    leaders: 1,
    free: false,
    handOffs: 0,
    cost: null,
    due: null,
    monthly: null,
    followUps: { all: 0, open: 0, dueAt: null },
    regressions: 0,
    owner: null,
    openedAt: 0,
    changedAt: 0,
    version: 3,
    ...change,
  }
}
