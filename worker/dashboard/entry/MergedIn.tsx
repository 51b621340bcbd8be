import type { EntryDetail } from '#shared/api/entry'

import { Icon } from '../parts/Icon'
import { count } from '../words'
import type { Entry } from './entry'

interface MergedInProps {
  mergedIn: EntryDetail['mergedIn']
  entry: Entry
  mayChange: boolean
}

/** What points here since a merge, and the way to take it apart again. */
export function MergedIn({ mergedIn, entry, mayChange }: MergedInProps) {
  return (
    <section class="merged-in card" aria-labelledby="merged-in">
      <h2 id="merged-in">Merged into this entry</h2>
      <ul>
        {mergedIn.map(({ number, title, notes, decision }) => (
          <li key={number} class="line">
            <Icon name="merge" small />
            <span class="no num">#{number}</span>
            <span class="grow">{title}</span>
            <span class="meta">{count(notes, 'note')}</span>
            {mayChange && decision !== null && (
              <button
                class="btn small"
                type="button"
                onClick={() => void entry.takeApart(decision)}
              >
                Take apart<span class="vh"> #{number} again</span>
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
