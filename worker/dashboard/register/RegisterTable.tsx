import type { ComponentChildren } from 'preact'

import type { EntryRow, EntrySort } from '#shared/api/register'

import { EffortSign } from '../parts/EffortSign'
import { Icon } from '../parts/Icon'
import { ImpactSign } from '../parts/ImpactSign'
import { Person } from '../parts/Person'
import { StateSign } from '../parts/StateSign'
import { Tile } from '../parts/Tile'
import { CHANNEL_ICONS } from '../parts/channel-icons'
import { CHANNEL_WORDS, toAgo, toShortDay } from '../words'
import { addressOfView, captionOf, withAsked, type View } from './view'

interface RegisterTableProps {
  entries: EntryRow[]
  view: View
  now: number
}

export function RegisterTable({ entries, view, now }: RegisterTableProps) {
  const isKeep = view.mood === 'liked'
  return (
    <table class={isKeep ? 'table keep' : 'table'}>
      <caption class="vh">{captionOf(view)}</caption>
      <thead>
        <tr>
          <Sorted view={view} by="newest" order="descending" class="no">
            No.
          </Sorted>
          <th scope="col">{isKeep ? <span class="vh">Mood</span> : 'Worst'}</th>
          <th scope="col">{isKeep ? 'What to keep' : 'Customer problem'}</th>
          <th scope="col">Service</th>
          <th scope="col">
            <span class="vh">Channel</span>
          </th>
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
          <th scope="col" class="r">
            Notes
          </th>
          {!isKeep && <th scope="col">Owner</th>}
          <Sorted view={view} by="changed" order="descending" class="r">
            Changed
          </Sorted>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <tr key={entry.number}>
            <td class="no">{entry.number}</td>
            <td class="c">
              <Tile mood={entry.mood} wince={entry.worst} />
            </td>
            <th scope="row">
              <a href={`/register/${entry.number}`}>{entry.title}</a>
              {entry.free && !isKeep && <span class="meta run"> free to fix</span>}
            </th>
            <td>{entry.service ?? <span class="no">not named</span>}</td>
            <td class="channel">
              <Icon name={CHANNEL_ICONS[entry.channel]} small />
              <span class="vh">{CHANNEL_WORDS[entry.channel]}</span>
            </td>
            <td>
              <StateSign state={entry.state} regressions={entry.regressions} />
            </td>
            {!isKeep && (
              <>
                <td>
                  <ImpactSign impact={entry.impact} />
                </td>
                <td>
                  <EffortSign effort={entry.effort} />
                </td>
              </>
            )}
            <td class="r">{entry.leaders}</td>
            <td class="r">{entry.notes}</td>
            {!isKeep && (
              <td>
                <Person name={entry.owner?.name ?? null} />
              </td>
            )}
            <td class="r">
              <time
                dateTime={new Date(entry.changedAt).toISOString()}
                title={toAgo(entry.changedAt, now)}
              >
                {toShortDay(entry.changedAt)}
              </time>
            </td>
          </tr>
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
