import { computed, createModel, signal } from '@preact/signals'

import type { ApiClient } from '#shared/api-client'
import { ApiError } from '#shared/api/call'
import type { EntryMessages, Message } from '#shared/api/message'
import { checkWording, type Draft, type MessageKind, TEMPLATES } from '#shared/wording'

import { load, sentenceOf, type Load } from '../load'

type Api = Pick<ApiClient, 'listMessages' | 'saveMessage' | 'publish' | 'withdrawPublication'>

interface MessagesDeps {
  api: Api
  entry: number
  newId: () => string
  onDone: () => void
}

type Said = { what: 'nothing' } | { what: 'done' | 'failed'; sentence: string }

/** What is told about one entry: each save is a further version. */
export const MessagesModel = createModel(({ api, entry, newId, onDone }: MessagesDeps) => {
  const state = signal<Load<EntryMessages>>({ status: 'loading' })
  const said = signal<Said>({ what: 'nothing' })
  const isWorking = signal(false)
  /** What is being written; null while nobody writes. */
  const draft = signal<Draft | null>(null)
  const hints = computed(() => (draft.value === null ? [] : checkWording(draft.value)))
  const canSave = computed(() => (draft.value?.words ?? '').trim() !== '' && !isWorking.value)

  const reload = () => load(state, () => api.listMessages(entry))

  /** The newest version of each kind that was written. */
  const newest = computed(() => {
    const messages = state.value.status === 'ready' ? state.value.value.messages : []
    const found = new Map<MessageKind, Message>()
    for (const message of messages) {
      const known = found.get(message.kind)
      if (known === undefined || known.version < message.version) found.set(message.kind, message)
    }
    return found
  })
  const older = computed(() => {
    const messages = state.value.status === 'ready' ? state.value.value.messages : []
    return messages.filter(({ id, kind }) => newest.value.get(kind)?.id !== id)
  })

  /** One thing at a time; says how it went, and never rejects. */
  async function act(work: () => Promise<string>): Promise<boolean> {
    if (isWorking.peek()) return false
    isWorking.value = true
    let isDone = true
    try {
      said.value = { what: 'done', sentence: await work() }
    } catch (error) {
      isDone = false
      const isOvertaken = error instanceof ApiError && error.code === 'changed'
      said.value = {
        what: 'failed',
        sentence: isOvertaken
          ? 'Somebody saved another version meanwhile. Yours is still here: read theirs, then save again.'
          : sentenceOf(error),
      }
    }
    await reload()
    onDone()
    isWorking.value = false
    return isDone
  }

  return {
    state,
    said,
    isWorking,
    draft,
    hints,
    canSave,
    newest,
    older,
    reload,

    write(kind: MessageKind) {
      said.value = { what: 'nothing' }
      const before = newest.peek().get(kind)
      draft.value = {
        kind,
        youSaid: before?.youSaid ?? '',
        words: before?.words ?? TEMPLATES[kind],
        sorryFor: before?.sorryFor ?? '',
      }
    },
    put(change: Partial<Draft>) {
      const written = draft.peek()
      if (written !== null) draft.value = { ...written, ...change }
    },
    stop() {
      draft.value = null
    },
    async save() {
      const written = draft.peek()
      if (written === null || !canSave.peek()) return
      const after = newest.peek().get(written.kind)?.version ?? 0
      const isDone = await act(async () => {
        const { version } = await api.saveMessage(entry, { ...written, id: newId(), after })
        return `Saved as version ${version}.`
      })
      if (isDone) draft.value = null
    },
    publish: (messageId: string) =>
      act(async () => {
        await api.publish(entry, messageId)
        return 'It stands on the public page now.'
      }),
    withdraw: () =>
      act(async () => {
        await api.withdrawPublication(entry)
        return 'It is off the public page. Copies elsewhere may last five minutes.'
      }),
    async showMore() {
      const shown = state.peek()
      if (shown.status !== 'ready' || shown.value.next === null) return
      const { next, messages } = shown.value
      try {
        const page = await api.listMessages(entry, next)
        if (state.peek() === shown)
          state.value = {
            status: 'ready',
            value: { ...page, messages: [...messages, ...page.messages] },
          }
      } catch (error) {
        said.value = { what: 'failed', sentence: sentenceOf(error) }
      }
    },
    dismiss() {
      said.value = { what: 'nothing' }
    },
  }
})
export type Messages = InstanceType<typeof MessagesModel>

export const KIND_WORDS = {
  thanks: 'Thank you',
  changed: 'What changed',
  explanation: 'Why it stays',
} as const satisfies Record<MessageKind, string>
