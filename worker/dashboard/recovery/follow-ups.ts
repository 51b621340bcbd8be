import { computed, createModel, signal } from '@preact/signals'

import type { ApiClient } from '#shared/api-client'
import { ApiError } from '#shared/api/call'
import {
  type DueList,
  type FollowUp,
  type FollowUpAct,
  type NewFollowUps,
  PASTE_MAX,
} from '#shared/api/follow-up'
import { readOutreach } from '#shared/outreach'

import { load, sentenceOf, type Load } from '../load'
import { DONE_WORDS } from './recovery-words'

type Api = Pick<ApiClient, 'listFollowUps' | 'listFollowUpsOf' | 'addFollowUps' | 'actOnFollowUp'>
type Unversioned<Act> = Act extends unknown ? Omit<Act, 'version'> : never
/** What somebody does; the version comes from what is on screen. */
export type Doing = Unversioned<FollowUpAct>

interface Shown extends Pick<DueList, 'followUps' | 'next' | 'people' | 'clocksOnWeekends'> {
  recovered: DueList['recovered']
}

interface FollowUpsDeps {
  api: Api
  /** Of one entry; null for all that are open. */
  entry: number | null
  now: () => number
  newId: () => string
  /** Something was done: what else is on screen may have changed. */
  onDone?: () => void
}

type Said = { what: 'nothing' } | { what: 'done' | 'failed'; sentence: string }

/** Promises to customers, and what is done about them. */
export const FollowUpsModel = createModel((deps: FollowUpsDeps) => {
  const { api, entry } = deps
  const state = signal<Load<Shown>>({ status: 'loading' })
  const said = signal<Said>({ what: 'nothing' })
  const isWorking = signal(false)
  /** The promise whose dialog is open. */
  const open = signal<FollowUp | null>(null)
  const isAdding = signal(false)
  const list = signal('')
  const reference = signal('')
  /** As a date field of the browser has it; empty for now. */
  const since = signal('')

  const ask = async (after?: string): Promise<Shown> =>
    entry === null
      ? api.listFollowUps(after)
      : { ...(await api.listFollowUpsOf(entry, after)), recovered: null }
  const reload = () => load(state, () => ask())
  const lines = computed(() =>
    readOutreach(list.value, state.value.status === 'ready' ? state.value.value.people : []),
  )

  /** One thing at a time; says how it went, and never rejects. */
  async function act(work: () => Promise<string>): Promise<boolean> {
    if (isWorking.peek()) return false
    isWorking.value = true
    let isDone = true
    try {
      said.value = { what: 'done', sentence: await work() }
    } catch (error) {
      isDone = false
      said.value = { what: 'failed', sentence: sentenceOf(error) }
      // What is on screen is theirs from here on.
      if (error instanceof ApiError && error.code === 'changed') open.value = null
    }
    await reload()
    deps.onDone?.()
    isWorking.value = false
    return isDone
  }

  return {
    state,
    said,
    isWorking,
    open,
    isAdding,
    list,
    reference,
    since,
    lines,
    reload,

    async showMore() {
      const shown = state.peek()
      if (shown.status !== 'ready' || shown.value.next === null || isWorking.peek()) return
      isWorking.value = true
      try {
        const page = await ask(shown.value.next)
        const grown = [...shown.value.followUps, ...page.followUps]
        if (state.peek() === shown)
          state.value = {
            status: 'ready',
            value: { ...shown.value, followUps: grown, next: page.next },
          }
      } catch (error) {
        said.value = { what: 'failed', sentence: sentenceOf(error) }
      }
      isWorking.value = false
    },
    look(followUp: FollowUp | null) {
      said.value = { what: 'nothing' }
      open.value = followUp
    },
    /** What another page points to; says so where that customer does not wait any more. */
    lookAt(id: string) {
      const shown = state.peek()
      if (shown.status !== 'ready') return
      const found = shown.value.followUps.find((each) => each.id === id)
      said.value = found
        ? { what: 'nothing' }
        : { what: 'failed', sentence: 'That customer does not wait any more.' }
      open.value = found ?? null
    },
    /** Ends with the dialog closed, or with the sentence that says why not. */
    async does(doing: Doing) {
      const followUp = open.peek()
      if (followUp === null) return
      const isDone = await act(async () => {
        await api.actOnFollowUp(followUp.id, { ...doing, version: followUp.version })
        return DONE_WORDS[doing.what]
      })
      if (isDone) open.value = null
    },
    startAdding() {
      said.value = { what: 'nothing' }
      isAdding.value = true
    },
    stopAdding() {
      isAdding.value = false
    },
    async add() {
      const asked = lines.peek().slice(0, PASTE_MAX)
      if (entry === null || asked.length === 0) return
      const at = since.peek() === '' ? deps.now() : Date.parse(since.peek())
      const number = reference.peek().trim()
      const followUps: NewFollowUps['followUps'] = asked.map(({ customer, personId }) => ({
        id: deps.newId(),
        customer,
        reference: asked.length === 1 && number !== '' ? number : null,
        since: at,
        seenThroughBy: personId,
      }))
      const isDone = await act(async () => {
        const { added } = await api.addFollowUps(entry, { followUps })
        return added === 1 ? 'One customer added.' : `${added} customers added.`
      })
      if (!isDone) return
      isAdding.value = false
      list.value = ''
      reference.value = ''
      since.value = ''
    },
    dismiss() {
      said.value = { what: 'nothing' }
    },
  }
})
export type FollowUps = InstanceType<typeof FollowUpsModel>
