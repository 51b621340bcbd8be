import type { Signal } from '@preact/signals'
import { useLocation } from 'preact-iso'

import type { EntryPage } from '#shared/api/entry-list'
import type { IconName } from '#shared/style/icons'

import { Icon } from '../parts/Icon'
import { Choice, type Option } from './Choice'
import { addressOfView, withAsked, withPage, type View } from './view'

const ORDERS: readonly Option[] = [
  ['impact', 'Quick wins first'],
  ['effort', 'Low effort first'],
  ['leaders', 'Most leaders first'],
  ['due', 'Nearest day first'],
  ['changed', 'Changed last first'],
  ['quiet', 'Longest quiet first'],
  ['newest', 'Newest first'],
]

interface PagerProps {
  page: EntryPage
  view: View
  /** Whether each row says why it stands where it does. */
  showsWhy: Signal<boolean>
  /** Opens the list of all keys. */
  help: () => void
}

export function Pager({ page, view, showsWhy, help }: PagerProps) {
  const { route } = useLocation()
  const { lookedThrough, previous, next } = page
  return (
    <nav class="pager" aria-label="Pages">
      <button class="btn quiet small" type="button" onClick={help}>
        <span class="key">?</span> Keys
      </button>
      {view.mood !== 'liked' && (
        <>
          <Choice
            label="Order"
            isFilter={false}
            value={view.sort ?? 'impact'}
            options={ORDERS}
            choose={(sort) => route(addressOfView(withAsked(view, { sort: sort as View['sort'] })))}
          />
          <button
            class="chip"
            type="button"
            aria-pressed={showsWhy.value}
            onClick={() => (showsWhy.value = !showsWhy.value)}
          >
            Why this order
          </button>
        </>
      )}
      <span class="meta push num">
        {lookedThrough !== null && `${lookedThrough} looked through, there are more. `}
        {rangeOf(page)}
      </span>
      <Turn
        words="Page before"
        icon="back"
        href={previous === null ? null : addressOfView(withPage(view, { before: previous }))}
      />
      <Turn
        words="Next page"
        icon="next"
        href={next === null ? null : addressOfView(withPage(view, { after: next }))}
      />
    </nav>
  )
}

/** `1 to 50 of 64`, `1 to 50 of more than 200`; nothing where closed ones are among them. */
function rangeOf({ counted, entries }: EntryPage): string {
  if (!counted || entries.length === 0) return ''
  const { from, total, isMore } = counted
  const range = `${from} to ${from + entries.length - 1}`
  return isMore ? `${range} of at least ${total}` : `${range} of ${total}`
}

function Turn({ words, icon, href }: { words: string; icon: IconName; href: string | null }) {
  if (href === null) {
    return (
      <button class="btn small icon" type="button" disabled aria-label={words}>
        <Icon name={icon} />
      </button>
    )
  }
  return (
    <a class="btn small icon" href={href} aria-label={words}>
      <Icon name={icon} />
    </a>
  )
}
