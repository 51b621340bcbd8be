import { computed, createModel, signal } from '@preact/signals'

import type { EntryDetail, EvidenceNote } from '#shared/api/entry'
import { type Service } from '#shared/api/service'
import { SPLIT_MAX_NOTES, type TriageEntry, type TriageNote } from '#shared/api/triage'

import { load, sentenceOf, type Load } from '../load'
import { count } from '../words'
import { decideInOrder, type Desk } from './desk'

/** How far a dialog's own decision is. */
export type Deciding =
  | { status: 'resting' }
  | { status: 'working' }
  | { status: 'failed'; sentence: string }

/** What is said when it is done, and what one press of Z takes back. */
interface Decided {
  sentence: string
  decisionIds: string[]
  /** Notes about which this decided, so that they wait no more. */
  settled: string[]
}

/** One decision of a dialog: it stays open, with all that was typed, until it is done. */
function createDeciding(desk: Desk) {
  const deciding = signal<Deciding>({ status: 'resting' })

  return {
    deciding,
    /** @returns whether it was done. Never rejects. */
    async run(work: () => Promise<Decided>): Promise<boolean> {
      if (deciding.peek().status === 'working') return false
      deciding.value = { status: 'working' }
      try {
        const { sentence, decisionIds, settled } = await work()
        const taken = desk.list.take(settled)
        desk.list.settle(settled)
        desk.stack.push({ decisionIds, taken })
        desk.say({ sentence, act: { what: 'undo' } })
        deciding.value = { status: 'resting' }
        await desk.list.refresh()
        return true
      } catch (error) {
        deciding.value = { status: 'failed', sentence: sentenceOf(error) }
        return false
      }
    },
  }
}

/** Some notes of an entry become a new one. */
export const SplitModel = createModel((desk: Desk, from: TriageEntry) => {
  const { deciding, run } = createDeciding(desk)
  const state = signal<Load<EntryDetail>>({ status: 'loading' })
  const more = signal<'resting' | 'loading' | 'failed'>('resting')
  const ids = signal<ReadonlySet<string>>(new Set())
  const title = signal('')
  const canSplit = computed(() => {
    const most = splitsOff(state.value)
    return ids.value.size > 0 && ids.value.size <= most
  })

  return {
    state,
    more,
    ids,
    title,
    canSplit,
    deciding,
    reload: () => load(state, () => desk.api.getEntry(from.number)),

    async showMore(): Promise<void> {
      const shown = state.peek()
      if (shown.status !== 'ready' || shown.value.evidence.next === null) return
      more.value = 'loading'
      try {
        const page = await desk.api.listNotes(from.number, shown.value.evidence.next)
        const notes: EvidenceNote[] = [...shown.value.evidence.notes, ...page.notes]
        state.value = {
          status: 'ready',
          value: { ...shown.value, evidence: { notes, next: page.next } },
        }
        more.value = 'resting'
      } catch (error) {
        console.error('not loaded', error)
        more.value = 'failed'
      }
    },

    toggle(id: string): void {
      const next = new Set(ids.peek())
      if (!next.delete(id)) next.add(id)
      ids.value = next
    },
    setTitle(text: string): void {
      title.value = text
    },

    split: () =>
      run(async () => {
        const shown = state.peek()
        const seen = shown.status === 'ready' ? shown.value.entry : from
        const noteIds = [...ids.peek()]
        const split = await decideInOrder(desk, { what: 'split', entry: seen.number, noteIds }, [
          seen,
        ])
        const decisionIds = [split.decision.id]
        const opened = Math.max(...split.entries.map(({ number }) => number))
        const name = title.peek().trim()
        if (name !== '') {
          const named = await decideInOrder(
            desk,
            { what: 'rename', entry: opened, title: name },
            [],
          )
          decisionIds.push(named.decision.id)
        }
        return {
          sentence: `${count(split.done.length, 'note')} split off #${seen.number} into #${opened}.`,
          decisionIds,
          settled: split.done,
        }
      }),
  }
})

/** How many of its notes may go: one stays at least. */
function splitsOff(state: Load<EntryDetail>): number {
  return state.status === 'ready' ? Math.min(state.value.entry.notes - 1, SPLIT_MAX_NOTES) : 0
}

/** One entry becomes a pointer to another; both are shown before. */
export const MergeModel = createModel((desk: Desk, note: TriageNote) => {
  const { deciding, run } = createDeciding(desk)
  const other = signal<TriageEntry | null>(null)
  /** The one that goes on. */
  const into = signal<'other' | 'own'>('other')
  const own = signal<Load<EntryDetail>>({ status: 'loading' })
  const target = signal<Load<EntryDetail>>({ status: 'loading' })

  return {
    other,
    into,
    own,
    target,
    deciding,
    reload: () => load(own, () => desk.api.getEntry(note.entry.number)),

    async chooseOther(entry: TriageEntry): Promise<void> {
      other.value = entry
      target.value = { status: 'loading' }
      await load(target, () => desk.api.getEntry(entry.number))
    },
    chooseAgain(): void {
      other.value = null
    },
    setInto(which: 'other' | 'own'): void {
      into.value = which
    },

    merge: () =>
      run(async () => {
        const [one, two] = [own.peek(), target.peek()]
        if (one.status !== 'ready' || two.status !== 'ready') throw new Error('not loaded')
        const isOther = into.peek() === 'other'
        const [source, stays] = isOther
          ? [one.value.entry, two.value.entry]
          : [two.value.entry, one.value.entry]
        const outcome = await decideInOrder(
          desk,
          {
            what: 'merge',
            entry: source.number,
            into: stays.number,
            noteIds: note.waiting ? [note.id] : [],
          },
          [source, stays],
        )
        return {
          sentence: `#${source.number} merged into #${stays.number}.`,
          decisionIds: [outcome.decision.id],
          settled: outcome.done,
        }
      }),
  }
})

/** Says what an entry is called, which confirms it. */
export const RenameModel = createModel((desk: Desk, entry: TriageEntry) => {
  const { deciding, run } = createDeciding(desk)
  const title = signal(entry.title)
  const canRename = computed(() => title.value.trim() !== '')

  return {
    title,
    canRename,
    deciding,
    setTitle(text: string): void {
      title.value = text
    },
    rename: () =>
      run(async () => {
        const name = title.peek().trim()
        const outcome = await decideInOrder(
          desk,
          { what: 'rename', entry: entry.number, title: name },
          [entry],
        )
        return {
          sentence: `#${entry.number} is called “${name}” now.`,
          decisionIds: [outcome.decision.id],
          settled: [],
        }
      }),
  }
})

/** Which service of the list a note is about, and whether what was typed means it from now on. */
export const ServiceModel = createModel((desk: Desk, note: TriageNote) => {
  const { deciding, run } = createDeciding(desk)
  const state = signal<Load<Service[]>>({ status: 'loading' })
  const serviceId = signal(note.serviceId)
  const teaches = signal(false)

  return {
    state,
    serviceId,
    teaches,
    deciding,
    reload: () => load(state, async () => (await desk.api.listServices()).services),
    setService(id: string): void {
      serviceId.value = id === '' ? null : id
    },
    setTeaches(on: boolean): void {
      teaches.value = on
    },

    /** A name that the list does not have yet, chosen at once. Never rejects. */
    async add(provider: string, name: string): Promise<void> {
      deciding.value = { status: 'working' }
      try {
        const service = await desk.api.addService({ provider, name })
        const known = state.peek()
        state.value = {
          status: 'ready',
          value: [...(known.status === 'ready' ? known.value : []), service],
        }
        serviceId.value = service.id
        deciding.value = { status: 'resting' }
      } catch (error) {
        deciding.value = { status: 'failed', sentence: sentenceOf(error) }
      }
    },

    save: () =>
      run(async () => {
        const id = serviceId.peek()
        const outcome = await decideInOrder(
          desk,
          {
            what: 'service',
            noteIds: [note.id],
            serviceId: id,
            teach: id !== null && teaches.peek(),
          },
          [],
        )
        return {
          sentence: id === null ? 'The service is what the leader typed.' : 'The service is set.',
          decisionIds: [outcome.decision.id],
          settled: [],
        }
      }),
  }
})
