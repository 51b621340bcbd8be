import type { EntryPage } from '#shared/api/register'
import type { IconName } from '#shared/style/icons'

import { Icon } from '../parts/Icon'
import { addressOfView, withPage, type View } from './view'

export function Pager({ page, view }: { page: EntryPage; view: View }) {
  const { counted, entries, previous, next } = page
  return (
    <nav class="pager" aria-label="Pages">
      <span class="keys meta">
        <span class="key">/</span> find <span class="key">J</span> <span class="key">K</span> next,
        before <span class="key">Enter</span> open
      </span>
      <span class="meta push num">
        {counted && `${counted.from} to ${counted.from + entries.length - 1} of ${counted.total}`}
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
