import { createModel, signal } from '@preact/signals'

import type { KeepPage, KeepQueryInput, KeepApi } from '#shared/api/keep'
import type { TriageApi } from '#shared/api/triage'

import { load, sentenceOf, type Load } from '../load'

export type KeepShow = NonNullable<KeepQueryInput['state']>
export type KeptEntry = KeepPage['entries'][number]

/** What became of the last thanks. */
export type Sharing =
  | { status: 'resting' }
  | { status: 'working' }
  | { status: 'shared'; number: number; decisionId: string }
  | { status: 'undone' }
  | { status: 'failed'; sentence: string }

interface KeepDeps {
  api: Pick<KeepApi, 'listKept'> & Pick<TriageApi, 'decide' | 'undoDecision'>
  newId(): string
}

/** What leaders liked, and how the team heard of it. */
export const KeepModel = createModel(({ api, newId }: KeepDeps) => {
  const state = signal<Load<KeepPage>>({ status: 'loading' })
  const more = signal<'resting' | 'loading' | 'failed'>('resting')
  const sharing = signal<Sharing>({ status: 'resting' })
  /** Whose team is being thanked; null while nobody is. */
  const thanking = signal<KeptEntry | null>(null)
  let shown: KeepShow = 'all'

  const show = (wanted: KeepShow) => {
    shown = wanted
    return load(state, () => api.listKept({ state: wanted }))
  }

  return {
    state,
    more,
    sharing,
    thanking,
    show,

    async showMore(): Promise<void> {
      const before = state.peek()
      if (before.status !== 'ready' || before.value.next === null) return
      more.value = 'loading'
      try {
        const page = await api.listKept({ state: shown, after: before.value.next })
        more.value = 'resting'
        if (state.peek() !== before) return
        const entries = [...before.value.entries, ...page.entries]
        state.value = { status: 'ready', value: { entries, next: page.next } }
      } catch (error) {
        console.error('not loaded', error)
        more.value = 'failed'
      }
    },

    startThanking(entry: KeptEntry): void {
      thanking.value = entry
      sharing.value = { status: 'resting' }
    },
    stopThanking(): void {
      thanking.value = null
    },

    /** Ends in `shared` or `failed`, with the words still there; never rejects. */
    async share(thanks: string): Promise<void> {
      const entry = thanking.peek()
      if (entry === null) return
      sharing.value = { status: 'working' }
      try {
        const { decision } = await api.decide({
          what: 'share',
          id: newId(),
          entry: entry.number,
          thanks,
          expect: [{ entry: entry.number, version: entry.version }],
        })
        thanking.value = null
        sharing.value = { status: 'shared', number: entry.number, decisionId: decision.id }
        await show(shown)
      } catch (error) {
        sharing.value = { status: 'failed', sentence: sentenceOf(error) }
      }
    },

    async undo(): Promise<void> {
      const last = sharing.peek()
      if (last.status !== 'shared') return
      try {
        await api.undoDecision(last.decisionId)
        sharing.value = { status: 'undone' }
      } catch (error) {
        sharing.value = { status: 'failed', sentence: sentenceOf(error) }
      }
      await show(shown)
    },
    dismiss(): void {
      sharing.value = { status: 'resting' }
    },
  }
})
export type Keep = InstanceType<typeof KeepModel>
