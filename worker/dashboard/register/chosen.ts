import { createModel, signal } from '@preact/signals'

import { type EntryCard, CHOSEN_MAX } from '#shared/api/entry-list'
import type { EntryApi } from '#shared/api/entry'
import type { EntryRow } from '#shared/api/register'
import type { TriageApi } from '#shared/api/triage'

import { sentenceOf } from '../load'
import { count } from '../words'

/** As much of an entry as is needed to act on it; a row of the table or a card. */
export type ChosenEntry = Pick<
  EntryCard,
  'number' | 'title' | 'impact' | 'effort' | 'owner' | 'version'
>

/** What is said of entries at once. `reason` is asked for where one owner hands on to another. */
export interface Judgement {
  impact?: EntryRow['impact']
  effort?: EntryRow['effort']
  owner?: string | null
  reason?: string
}

interface Back {
  number: number
  version: number
  judgement: Judgement
}

export type Acting =
  | { status: 'resting' }
  | { status: 'working' }
  | { status: 'done'; sentence: string; undo: (() => Promise<void>) | null }
  | { status: 'failed'; sentence: string }

interface ChosenDeps {
  api: Pick<EntryApi, 'changeEntry'> & Pick<TriageApi, 'decide' | 'undoDecision'>
  newId(): string
  /** What is on screen is not as it was any more. */
  onChanged(): void
}

/**
 * Entries that somebody chose, by their numbers: neither another page nor a failure takes them
 * away, and nothing is ever done to others than these.
 */
export const ChosenModel = createModel(({ api, newId, onChanged }: ChosenDeps) => {
  const chosen = signal<ReadonlyMap<number, ChosenEntry>>(new Map())
  const acting = signal<Acting>({ status: 'resting' })

  const put = (entries: readonly ChosenEntry[]) => {
    chosen.value = new Map(entries.map((entry) => [entry.number, entry]))
  }

  /** One after the other; what failed stays chosen, with the version that it has by now. */
  const judgeAll = async (asked: readonly { entry: ChosenEntry; judgement: Judgement }[]) => {
    acting.value = { status: 'working' }
    const back: Back[] = []
    const failed: string[] = []
    for (const { entry, judgement } of asked) {
      try {
        // oxlint-disable-next-line no-await-in-loop -- what somebody changes is changed in their order
        const row = await api.changeEntry(entry.number, { version: entry.version, ...judgement })
        back.push({
          number: row.number,
          version: row.version,
          judgement: toBefore(entry, judgement),
        })
        refresh(row)
      } catch (error) {
        failed.push(`${entry.number}: ${sentenceOf(error)}`)
      }
    }
    const sentence =
      failed.length === 0
        ? `${count(back.length, 'entry', 'entries')} changed`
        : `${back.length} of ${asked.length} changed. ${failed.join(' ')}`
    const undo = back.length === 0 ? null : () => takeBack(back)
    acting.value =
      failed.length === 0 ? { status: 'done', sentence, undo } : { status: 'failed', sentence }
    onChanged()
  }

  const takeBack = (back: readonly Back[]) =>
    judgeAll(
      back.map(({ number, version, judgement }) => ({
        entry: { number, version, title: '', impact: null, effort: null, owner: null },
        judgement,
      })),
    ).then(() => {
      // An undo is not offered to be undone again.
      if (acting.peek().status === 'done') acting.value = { status: 'resting' }
    })

  const unmerge = async (decisionId: string) => {
    try {
      await api.undoDecision(decisionId)
      acting.value = { status: 'resting' }
    } catch (error) {
      acting.value = { status: 'failed', sentence: sentenceOf(error) }
    }
    onChanged()
  }

  /** The next change must name the newest version: rows that were read before it may come after it. */
  const refresh = (row: ChosenEntry) => {
    const known = chosen.peek().get(row.number)
    if (known && known.version < row.version)
      chosen.value = new Map(chosen.peek()).set(row.number, row)
  }

  return {
    chosen,
    acting,

    /** Does nothing beyond what may be chosen at once. */
    toggle(entry: ChosenEntry): void {
      const next = new Map(chosen.peek())
      if (!next.delete(entry.number) && next.size < CHOSEN_MAX) next.set(entry.number, entry)
      chosen.value = next
    },
    /** All of a page, or none of it. */
    toggleAll(entries: readonly ChosenEntry[]): void {
      const next = new Map(chosen.peek())
      const areAll = entries.every(({ number }) => next.has(number))
      for (const entry of entries) {
        if (areAll) next.delete(entry.number)
        else if (next.size < CHOSEN_MAX) next.set(entry.number, entry)
      }
      chosen.value = next
    },
    /** Rows that were read again bring their versions along; older ones change nothing. */
    update(entries: readonly ChosenEntry[]): void {
      for (const entry of entries) refresh(entry)
    },
    clear: () => put([]),

    /** Ends in `done` or `failed`; never rejects. */
    judge: (entries: readonly ChosenEntry[], judgement: Judgement) =>
      judgeAll(entries.map((entry) => ({ entry, judgement: forOne(entry, judgement) }))),

    /** One becomes a pointer to the other, as in triage; never rejects. */
    async merge(gone: ChosenEntry, into: ChosenEntry): Promise<void> {
      acting.value = { status: 'working' }
      try {
        const { decision } = await api.decide({
          what: 'merge',
          id: newId(),
          entry: gone.number,
          into: into.number,
          expect: [gone, into].map(({ number, version }) => ({ entry: number, version })),
        })
        put([])
        acting.value = {
          status: 'done',
          sentence: `${gone.number} is part of ${into.number} now`,
          undo: () => unmerge(decision.id),
        }
      } catch (error) {
        acting.value = { status: 'failed', sentence: sentenceOf(error) }
      }
      onChanged()
    },

    say(sentence: string, undo: (() => Promise<void>) | null = null): void {
      acting.value = { status: 'done', sentence, undo }
    },
    fail(error: unknown): void {
      acting.value = { status: 'failed', sentence: sentenceOf(error) }
    },
    dismiss(): void {
      acting.value = { status: 'resting' }
    },
  }
})
export type Chosen = InstanceType<typeof ChosenModel>

/** True where an owner hands on to somebody else, which asks for a reason. */
export function isHandOff({ owner }: ChosenEntry, to: string | null | undefined): boolean {
  return to !== undefined && owner !== null && owner.id !== to
}

/** A reason goes only where one is asked for. */
function forOne(entry: ChosenEntry, { reason, ...judgement }: Judgement): Judgement {
  return reason !== undefined && isHandOff(entry, judgement.owner)
    ? { ...judgement, reason }
    : judgement
}

function toBefore(entry: ChosenEntry, { impact, effort, owner }: Judgement): Judgement {
  return {
    ...(impact !== undefined && { impact: entry.impact }),
    ...(effort !== undefined && { effort: entry.effort }),
    ...(owner !== undefined && { owner: entry.owner?.id ?? null }),
    ...(owner !== undefined && owner !== null && { reason: 'Taken back' }),
  }
}
