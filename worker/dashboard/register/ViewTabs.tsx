import { useSignal } from '@preact/signals'

import type { Counted, EntryTabs } from '#shared/api/entry-list'
import type { SavedView } from '#shared/api/view'

import { Icon } from '../parts/Icon'
import { SaveViewSheet } from './SaveViewSheet'
import { type SavedViews, viewOf } from './saved-views'
import { addressOfView, isSameList, type View } from './view'

interface OwnTab {
  words: string
  view: View
  count?: (tabs: EntryTabs) => Counted
  late?: (tabs: EntryTabs) => Counted
}

const OWN_TABS: readonly OwnTab[] = [
  { words: 'Quick wins first', view: {} },
  { words: 'Mine', view: { owner: 'me' }, count: ({ mine }) => mine },
  { words: 'No owner', view: { owner: 'none' }, count: ({ noOwner }) => noOwner },
  {
    words: 'Customers waiting',
    view: { waiting: '1' },
    count: ({ waiting }) => waiting,
    late: ({ late }) => late,
  },
  { words: 'Free to fix', view: { free: '1' }, count: ({ free }) => free },
  { words: 'Quiet for 30 days', view: { quiet: '1', sort: 'quiet' }, count: ({ quiet }) => quiet },
]

/** The register's own views, then those that people keep. */
export function ViewTabs({ view, saved }: { view: View; saved: SavedViews }) {
  const editing = useSignal<SavedView | 'new' | null>(null)
  const tabs = saved.tabs.value
  const shown = saved.views.value.find((each) => isShown(viewOf(each), view))
  const isOwn = OWN_TABS.some((tab) => isSameList(tab.view, view))
  return (
    <>
      <nav class="views" aria-label="Views">
        {OWN_TABS.map((tab) => (
          <a
            key={tab.words}
            href={addressOfView({ ...tab.view, ...(view.as && { as: view.as }) })}
            {...(!shown && isSameList(tab.view, view) && { 'aria-current': 'page' as const })}
          >
            {tab.words}
            {tabs && <TabCount tab={tab} tabs={tabs} />}
          </a>
        ))}
        {saved.views.value.map((each) => (
          <a
            key={each.id}
            href={addressOfView(viewOf(each))}
            {...(each === shown && { 'aria-current': 'page' as const })}
          >
            {each.name}
            {each.isShared && (
              <span class="meta">{each.isMine ? ' shared' : ' shared by others'}</span>
            )}
          </a>
        ))}
        {shown ? (
          <button type="button" onClick={() => (editing.value = shown)}>
            <Icon name="settings" small /> This view
          </button>
        ) : (
          !isOwn && (
            <button type="button" onClick={() => (editing.value = 'new')}>
              <Icon name="plus" small /> Save this view
            </button>
          )
        )}
      </nav>
      {editing.value !== null && (
        <SaveViewSheet
          view={view}
          kept={editing.value === 'new' ? null : editing.value}
          saved={saved}
          onClose={() => (editing.value = null)}
        />
      )}
    </>
  )
}

function TabCount({ tab, tabs }: { tab: OwnTab; tabs: EntryTabs }) {
  const late = tab.late?.(tabs)
  if (late && late.total > 0) return <span class="num late">{inShort(late)} late</span>
  const counted = tab.count?.(tabs)
  return counted && counted.total > 0 ? <span class="num">{inShort(counted)}</span> : null
}

function inShort({ total, isMore }: Counted): string {
  return isMore ? `${total}+` : String(total)
}

function isShown(kept: View, view: View): boolean {
  return (
    isSameList(kept, view) &&
    (kept.sort ?? 'impact') === (view.sort ?? 'impact') &&
    kept.as === view.as
  )
}
