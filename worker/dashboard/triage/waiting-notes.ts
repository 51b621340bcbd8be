import type { EntryRow } from '#shared/api/register'
import type { TriageEntry, TriageNote, TriagePage } from '#shared/api/triage'

/** Pure rules of the list of new notes. */

export type Counts = TriagePage['counts']

/** A note and where in the list it was, so that it can come back there. */
export interface Taken {
  note: TriageNote
  index: number
}

/** Takes notes out of a list. */
export function takeFrom(
  notes: readonly TriageNote[],
  ids: ReadonlySet<string>,
): { left: TriageNote[]; taken: Taken[] } {
  return {
    left: notes.filter(({ id }) => !ids.has(id)),
    taken: notes.flatMap((note, index) => (ids.has(note.id) ? [{ note, index }] : [])),
  }
}

/** Puts notes back where they were, or at the end of what is left; one that is there stays. */
export function putInto(notes: readonly TriageNote[], taken: readonly Taken[]): TriageNote[] {
  const ids = new Set(taken.map(({ note }) => note.id))
  const list = notes.filter(({ id }) => !ids.has(id))
  for (const { note, index } of taken.toSorted((one, other) => one.index - other.index)) {
    list.splice(index, 0, note)
  }
  return list
}

/** Which view besides `all` a note is in, if any. */
export function laneOf(note: TriageNote): 'sure' | 'asked' | null {
  if (note.proposal !== null) return 'asked'
  // Whoever put it there: its own author may have, and what a person decided about waits no more.
  return note.why?.decision === 'join' ? 'sure' : null
}

/** Counts after notes have gone (`by` −1) or come back (1). */
export function counted(counts: Counts, notes: readonly TriageNote[], by: 1 | -1): Counts {
  const next = { ...counts }
  for (const note of notes) {
    const lane = laneOf(note)
    next.all = Math.max(0, next.all + by)
    if (lane !== null) next[lane] = Math.max(0, next[lane] + by)
  }
  return next
}

/** The notes with their entries as they are by now; a merged one is for the next reading. */
export function withEntries(
  notes: readonly TriageNote[],
  entries: readonly EntryRow[],
): TriageNote[] {
  const rows = new Map(entries.map((row) => [row.number, row]))
  const fresh = (entry: TriageEntry): TriageEntry => {
    const row = rows.get(entry.number)
    if (row === undefined) return entry
    const { title, titleConfirmed, state, leaders, worst, version } = row
    return {
      number: entry.number,
      title,
      titleConfirmed,
      state,
      notes: row.notes,
      leaders,
      worst,
      version,
    }
  }
  return notes.map((note) => ({
    ...note,
    entry: fresh(note.entry),
    proposal: note.proposal && { ...note.proposal, entry: fresh(note.proposal.entry) },
    suggestions: note.suggestions.map((each) => ({ ...each, entry: fresh(each.entry) })),
  }))
}

/** Notes of one outing that stand together in the list. */
export interface Outing {
  /** Stable while the list grows. */
  key: string
  notes: TriageNote[]
}

/** Neighbours that come from one walk, or from one source on one day. */
export function toOutings(notes: readonly TriageNote[], dayOf: (at: number) => string): Outing[] {
  const outings: (Outing & { from: string })[] = []
  for (const note of notes) {
    const from = note.walk?.id ?? `${note.source} ${dayOf(note.at)}`
    const last = outings.at(-1)
    if (last?.from === from) last.notes.push(note)
    else outings.push({ from, key: `${from} ${note.id}`, notes: [note] })
  }
  return outings
}
