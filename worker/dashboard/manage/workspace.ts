import { computed, createModel, signal } from '@preact/signals'

import type { ApiClient } from '#shared/api-client'
import type { Me } from '#shared/api/sign-in'

import { load, sentenceOf, type Load } from '../load'

type WorkspaceData = Awaited<ReturnType<ApiClient['getWorkspace']>>

interface WorkspaceDeps {
  api: Pick<ApiClient, 'getWorkspace' | 'changeWorkspace'>
  onChanged: (workspace: Me['workspace']) => void
}

export const WorkspaceModel = createModel(({ api, onChanged }: WorkspaceDeps) => {
  const state = signal<Load<WorkspaceData>>({ status: 'loading' })
  const name = signal('')
  const status = signal<'resting' | 'working' | 'saved'>('resting')
  const problem = signal('')
  const canRename = computed(() => {
    const known = nameOf(state.value)
    const typed = name.value.trim()
    const isResting = status.value !== 'working'
    return known !== undefined && typed !== '' && typed !== known && isResting
  })

  async function change(asked: { name?: string; coverEverything?: boolean }): Promise<void> {
    status.value = 'working'
    problem.value = ''
    try {
      const workspace = await api.changeWorkspace(asked)
      state.value = { status: 'ready', value: workspace }
      name.value = workspace.name
      onChanged(workspace)
      status.value = 'saved'
    } catch (error) {
      problem.value = sentenceOf(error)
      status.value = 'resting'
    }
  }

  return {
    state,
    name,
    status,
    problem,
    canRename,

    async reload() {
      await load(state, api.getWorkspace)
      const now = state.peek()
      if (now.status === 'ready') name.value = now.value.name
    },
    setName(text: string) {
      name.value = text
      status.value = 'resting'
    },
    rename: () => change({ name: name.peek().trim() }),
    setCoverEverything: (coverEverything: boolean) => change({ coverEverything }),
  }
})

function nameOf(state: Load<WorkspaceData>): string | undefined {
  return state.status === 'ready' ? state.value.name : undefined
}
