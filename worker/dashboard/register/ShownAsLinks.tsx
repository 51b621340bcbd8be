import type { IconName } from '#shared/style/icons'

import { Icon } from '../parts/Icon'
import { addressOfView, withAsked, type ShownAs, type View } from './view'

const DRAWINGS: readonly { as: ShownAs | undefined; words: string; icon: IconName }[] = [
  { as: undefined, words: 'Table', icon: 'table' },
  { as: 'matrix', words: 'Matrix', icon: 'matrix' },
  { as: 'board', words: 'Board', icon: 'filter' },
]

/** The same entries as a table, by impact and effort, or by state. */
export function ShownAsLinks({ view }: { view: View }) {
  const { as, ...list } = withAsked(view, {})
  return (
    <nav class="shown-as" aria-label="Show as">
      {DRAWINGS.map((each) => (
        <a
          key={each.words}
          href={addressOfView({ ...list, ...(each.as && { as: each.as }) })}
          {...(as === each.as && { 'aria-current': 'page' as const })}
        >
          <Icon name={each.icon} small /> {each.words}
        </a>
      ))}
    </nav>
  )
}
