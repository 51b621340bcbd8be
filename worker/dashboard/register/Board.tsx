import type { EntryGroups } from '#shared/api/entry-list'
import { type EntryState, STATE_WORDS } from '#shared/sync'

import { ScrollBox } from '../parts/ScrollBox'
import { StateSign } from '../parts/StateSign'
import { Card } from './Card'
import type { Chosen } from './chosen'
import { addressOfView, inTable, withAsked, type View } from './view'

interface BoardProps {
  groups: EntryGroups
  view: View
  chosen: Chosen
}

/** Open entries by state, a column each; an entry is moved on its own page, where what a move asks for stands. */
export function Board({ groups, view, chosen }: BoardProps) {
  return (
    <>
      <ScrollBox label="Entries by state">
        <div class="board">
          {groups.groups.map(({ key, total, isMore, entries }) => (
            <section key={key} aria-label={`${STATE_WORDS[key as EntryState]}, ${total}`}>
              <h2>
                <StateSign state={key as EntryState} /> <span class="num">{total}</span>
                {isMore && '+'}
              </h2>
              <ul>
                {entries.map((card) => (
                  <Card key={card.number} card={card} chosen={chosen} judge={null} />
                ))}
              </ul>
              {entries.length === 0 && <p class="meta">None</p>}
              {total > entries.length && (
                <a
                  class="more"
                  href={addressOfView(withAsked(inTable(view), { state: key as EntryState }))}
                >
                  {total - entries.length} more
                </a>
              )}
            </section>
          ))}
        </div>
      </ScrollBox>
      {groups.isPartial && (
        <p class="foot">
          Only the first by impact that fit these filters are here. The table has them all.
        </p>
      )}
    </>
  )
}
