import { createModel, signal } from '@preact/signals'

import type { EntryListApi, EntryTabs } from '#shared/api/entry-list'
import type { SavedView, ViewApi } from '#shared/api/view'

import type { Chosen } from './chosen'
import { queryOfView, viewFromQuery, type View } from './view'

interface SavedViewsDeps {
  api: ViewApi & Pick<EntryListApi, 'getEntryTabs'>
  newId(): string
  /** Says what happened, with the way back. */
  chosen: Pick<Chosen, 'say' | 'fail' | 'dismiss'>
}

/** The register's tabs: how many stand in its own, and the views that people keep. */
export const SavedViewsModel = createModel(({ api, newId, chosen }: SavedViewsDeps) => {
  const tabs = signal<EntryTabs | null>(null)
  const views = signal<SavedView[]>([])
  const defaultId = signal<string | null>(null)
  /** False until it is known what the register opens with. */
  const isKnown = signal(false)

  const find = async () => {
    try {
      const found = await api.listViews()
      views.value = found.views
      defaultId.value = found.defaultId
    } catch (error) {
      console.error('views not loaded', error)
    }
    isKnown.value = true
  }

  /** Does it, says it and reads all again; never rejects. */
  const change = async (
    act: () => Promise<unknown>,
    sentence: string,
    back: (() => Promise<unknown>) | null = null,
  ) => {
    try {
      await act()
      const undo = async () => {
        await back?.()
        chosen.dismiss()
        await find()
      }
      chosen.say(sentence, back && undo)
    } catch (error) {
      chosen.fail(error)
    }
    await find()
  }

  return {
    tabs,
    views,
    defaultId,
    isKnown,
    find,

    async countTabs(): Promise<void> {
      try {
        tabs.value = await api.getEntryTabs()
      } catch (error) {
        // Tabs without numbers are tabs all the same.
        console.error('tabs not counted', error)
      }
    },

    save: (view: View, { name, isShared }: { name: string; isShared: boolean }) => {
      const id = newId()
      const { after: _after, before: _before, ...kept } = view
      return change(
        () => api.keepView(id, { name, query: queryOfView(kept), isShared }),
        `“${name}” is saved`,
        () => api.deleteView(id),
      )
    },
    change: (view: SavedView, { name, isShared }: { name: string; isShared: boolean }) =>
      change(
        () => api.keepView(view.id, { name, query: view.query, isShared }),
        `“${name}” is saved`,
        () => api.keepView(view.id, keptOf(view)),
      ),
    remove: (view: SavedView) => {
      const wasDefault = defaultId.peek() === view.id
      return change(
        () => api.deleteView(view.id),
        `“${view.name}” is deleted`,
        async () => {
          await api.keepView(view.id, keptOf(view))
          if (wasDefault) await api.setDefaultView(view.id)
        },
      )
    },
    /** Null: the register's own first view. */
    openWith: (view: SavedView | null) => {
      const before = defaultId.peek()
      return change(
        () => api.setDefaultView(view?.id ?? null),
        view ? `The register opens with “${view.name}” for you` : 'The register opens as it comes',
        () => api.setDefaultView(before),
      )
    },
  }
})
export type SavedViews = InstanceType<typeof SavedViewsModel>

function keptOf({ name, query, isShared }: SavedView) {
  return { name, query, isShared }
}

/** The view that somebody keeps; what it asks for that there is not any more is left out. */
export function viewOf({ query }: SavedView): View {
  return viewFromQuery(Object.fromEntries(new URLSearchParams(query)))
}
