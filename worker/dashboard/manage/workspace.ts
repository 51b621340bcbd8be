import { computed, createModel, signal } from '@preact/signals'

import type { ApiClient } from '#shared/api-client'
import type { Me } from '#shared/api/sign-in'
import { whyUnfit } from '#shared/private-words'
import { isSlug, newSlug } from '#shared/slug'

import { load, sentenceOf, type Load } from '../load'

type WorkspaceData = Awaited<ReturnType<ApiClient['getWorkspace']>>

interface WorkspaceDeps {
  api: Pick<ApiClient, 'getWorkspace' | 'changeWorkspace'>
  onChanged: (workspace: Me['workspace']) => void
}

export const WorkspaceModel = createModel(({ api, onChanged }: WorkspaceDeps) => {
  const state = signal<Load<WorkspaceData>>({ status: 'loading' })
  const name = signal('')
  /** One text a line, as it is typed. */
  const privateWords = signal('')
  /** The name of the public page, as it is typed. */
  const slug = signal('')
  const status = signal<'resting' | 'working' | 'saved'>('resting')
  const problem = signal('')
  const canRename = computed(() => {
    const known = nameOf(state.value)
    const typed = name.value.trim()
    const isResting = status.value !== 'working'
    return known !== undefined && typed !== '' && typed !== known && isResting
  })

  async function change(
    asked: Partial<
      Pick<WorkspaceData, 'name' | 'coverEverything' | 'privateWords' | 'clocksOnWeekends' | 'slug'>
    >,
  ): Promise<void> {
    status.value = 'working'
    problem.value = ''
    try {
      const workspace = await api.changeWorkspace(asked)
      state.value = { status: 'ready', value: workspace }
      name.value = workspace.name
      privateWords.value = workspace.privateWords.join('\n')
      slug.value = workspace.slug ?? ''
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
    privateWords,
    slug,
    status,
    problem,
    canRename,

    async reload() {
      await load(state, api.getWorkspace)
      const now = state.peek()
      if (now.status !== 'ready') return
      name.value = now.value.name
      privateWords.value = now.value.privateWords.join('\n')
      slug.value = now.value.slug ?? ''
    },
    setName(text: string) {
      name.value = text
      status.value = 'resting'
    },
    rename: () => change({ name: name.peek().trim() }),
    setPrivateWords(text: string) {
      privateWords.value = text
      status.value = 'resting'
    },
    /** Says which line no browser could look for, and sends nothing then. */
    async savePrivateWords(): Promise<void> {
      const lines = linesOf(privateWords.peek())
      const unfit = whyUnfit(lines)
      if (unfit === null) await change({ privateWords: lines })
      else problem.value = unfit
    },
    setSlug(text: string) {
      slug.value = text
      status.value = 'resting'
    },
    makeSlug() {
      slug.value = newSlug((length) => crypto.getRandomValues(new Uint8Array(length)))
    },
    /** Says what a name may look like, and sends nothing where it does not. */
    async saveSlug(): Promise<void> {
      const asked = slug.peek().trim()
      if (asked === '' || isSlug(asked)) await change({ slug: asked || null })
      else problem.value = 'Six to sixty small letters and digits, with single dashes between them.'
    },
    setClocksOnWeekends: (clocksOnWeekends: boolean) => change({ clocksOnWeekends }),
    setCoverEverything: (coverEverything: boolean) => change({ coverEverything }),
  }
})

export type WorkspaceForm = InstanceType<typeof WorkspaceModel>

function linesOf(text: string): string[] {
  return [...new Set(text.split('\n').map((line) => line.replace(/\s+/g, ' ').trim()))].filter(
    (line) => line !== '',
  )
}

function nameOf(state: Load<WorkspaceData>): string | undefined {
  return state.status === 'ready' ? state.value.name : undefined
}
