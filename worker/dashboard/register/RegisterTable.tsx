import type { ComponentChildren } from 'preact'

import type { EntrySort } from '#shared/api/entry-list'
import type { EntryRow } from '#shared/api/register'

import { Icon } from '../parts/Icon'
import type { Chosen } from './chosen'
import { Row } from './Row'
import { addressOfView, captionOf, withAsked, type View } from './view'

interface RegisterTableProps {
  entries: EntryRow[]
  view: View
  now: number
  chosen: Chosen
  showsWhy: boolean
}

export function RegisterTable({ entries, view, now, chosen, showsWhy }: RegisterTableProps) {
  const isKeep = view.mood === 'liked'
  const numbers = chosen.chosen.value
  const areAll = entries.every(({ number }) => numbers.has(number))
  return (
    <table class={isKeep ? 'table keep' : 'table'}>
      <caption class="vh">{captionOf(view)}</caption>
      <thead>
        <tr>
          {!isKeep && (
            <th scope="col" class="c">
              <input
                type="checkbox"
                checked={areAll}
                aria-label={`Choose all ${entries.length} on this page`}
                onChange={() => chosen.toggleAll(entries)}
              />
            </th>
          )}
          <Sorted view={view} by="newest" order="descending" class="no">
            No.
          </Sorted>
          <th scope="col">{isKeep ? <span class="vh">Mood</span> : 'Worst'}</th>
          <th scope="col">{isKeep ? 'What to keep' : 'Customer problem'}</th>
          <th scope="col">Service</th>
          <th scope="col">State</th>
          {!isKeep && (
            <>
              <Sorted view={view} by="impact" order="descending">
                Impact
              </Sorted>
              <Sorted view={view} by="effort" order="ascending">
                Effort
              </Sorted>
            </>
          )}
          <Sorted view={view} by="leaders" order="descending" class="r">
            Leaders
          </Sorted>
          {isKeep ? (
            <Sorted view={view} by="changed" order="descending" class="r">
              Changed
            </Sorted>
          ) : (
            <>
              <th scope="col">Owner</th>
              <th scope="col">Follow-ups</th>
              <Sorted view={view} by="due" order="ascending" class="r">
                Due
              </Sorted>
            </>
          )}
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <Row
            key={entry.number}
            entry={entry}
            isKeep={isKeep}
            now={now}
            isChosen={numbers.has(entry.number)}
            toggle={isKeep ? null : () => chosen.toggle(entry)}
            showsWhy={showsWhy}
          />
        ))}
      </tbody>
    </table>
  )
}

interface SortedProps {
  view: View
  by: EntrySort
  order: 'ascending' | 'descending'
  class?: string
  children: ComponentChildren
}

/** A column that the table can be sorted by: a link, because the order lives in the address. */
function Sorted({ view, by, order, class: name, children }: SortedProps) {
  const isSorted = sortOf(view) === by
  return (
    <th scope="col" {...(name && { class: name })} {...(isSorted && { 'aria-sort': order })}>
      <a href={addressOfView(withAsked(view, { sort: by }))}>
        {children}
        {isSorted && <Icon name={order === 'descending' ? 'sort' : 'up'} />}
      </a>
    </th>
  )
}

/** Liked entries have neither impact nor effort, so their first order is by leaders. */
function sortOf(view: View): EntrySort {
  const sort = view.sort ?? 'impact'
  return view.mood === 'liked' && sort === 'impact' ? 'leaders' : sort
}
