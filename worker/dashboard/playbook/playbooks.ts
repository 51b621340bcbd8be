import { createModel, signal } from '@preact/signals'

import type { ApiClient } from '#shared/api-client'
import type { NewPlaybook, Playbook } from '#shared/api/playbook'

import { load, sentenceOf, type Load } from '../load'
import { readSteps, writeSteps } from './step-lines'

type Api = Pick<ApiClient, 'listPlaybooks' | 'addPlaybook' | 'changePlaybook' | 'deletePlaybook'>

/** A playbook while somebody writes it; steps are lines. */
export interface PlaybookForm extends Omit<NewPlaybook, 'id' | 'steps' | 'trainedOn'> {
  steps: string
  /** As a date field has it; empty for never. */
  trainedOn: string
}

const EMPTY: PlaybookForm = {
  name: '',
  service: '',
  sponsor: '',
  steps: '',
  trainedOn: '',
  trainedBy: '',
}

export const PlaybooksModel = createModel((deps: { api: Api; newId: () => string }) => {
  const { api } = deps
  const state = signal<Load<Playbook[]>>({ status: 'loading' })
  const form = signal<PlaybookForm | null>(null)
  /** What is changed; null for a new one. */
  const changed = signal<Playbook | null>(null)
  const said = signal<{ what: 'nothing' } | { what: 'done' | 'failed'; sentence: string }>({
    what: 'nothing',
  })
  const isWorking = signal(false)

  const reload = () => load(state, async () => (await api.listPlaybooks()).playbooks)

  /** One thing at a time; says how it went, and never rejects. */
  async function act(sentence: string, work: () => Promise<unknown>): Promise<void> {
    if (isWorking.peek()) return
    isWorking.value = true
    try {
      await work()
      form.value = null
      said.value = { what: 'done', sentence }
    } catch (error) {
      said.value = { what: 'failed', sentence: sentenceOf(error) }
    }
    await reload()
    isWorking.value = false
  }

  return {
    state,
    form,
    changed,
    said,
    isWorking,
    reload,
    begin(playbook: Playbook | null) {
      said.value = { what: 'nothing' }
      changed.value = playbook
      form.value =
        playbook === null
          ? EMPTY
          : {
              name: playbook.name,
              service: playbook.service,
              sponsor: playbook.sponsor,
              steps: writeSteps(playbook.steps),
              trainedOn: playbook.trainedOn ?? '',
              trainedBy: playbook.trainedBy,
            }
    },
    put(change: Partial<PlaybookForm>) {
      const written = form.peek()
      if (written !== null) form.value = { ...written, ...change }
    },
    stop() {
      form.value = null
    },
    async save() {
      const written = form.peek()
      if (written === null) return
      const { steps, unread } = readSteps(written.steps)
      if (unread !== null) {
        said.value = {
          what: 'failed',
          sentence: `“${unread}” is no step. Write: 10 min, Desk manager: what to do.`,
        }
        return
      }
      const values = { ...written, steps, trainedOn: written.trainedOn || null }
      const before = changed.peek()
      await act('Saved.', () =>
        before === null
          ? api.addPlaybook({ ...values, id: deps.newId() })
          : api.changePlaybook(before.id, { ...values, version: before.version }),
      )
    },
    remove: (playbook: Playbook) => act('Taken away.', () => api.deletePlaybook(playbook.id)),
    dismiss() {
      said.value = { what: 'nothing' }
    },
  }
})
export type Playbooks = InstanceType<typeof PlaybooksModel>
