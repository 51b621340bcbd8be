import type { EntryRow } from '#shared/api/register'

import { EffortSign } from '../parts/EffortSign'
import { Icon } from '../parts/Icon'
import { ImpactSign } from '../parts/ImpactSign'
import { Person } from '../parts/Person'
import { StateSign } from '../parts/StateSign'
import { Tile } from '../parts/Tile'
import { toAgo, toShortDay } from '../words'
import { dueWords, promiseWords, whyOf } from './entry-words'

interface RowProps {
  entry: EntryRow
  isKeep: boolean
  now: number
  isChosen: boolean
  /** Null where nothing can be done with what is chosen. */
  toggle: (() => void) | null
  showsWhy: boolean
}

/** An entry as a line of the table. */
export function Row({ entry, isKeep, now, isChosen, toggle, showsWhy }: RowProps) {
  const { number, title } = entry
  return (
    <tr class={isChosen ? 'on' : ''}>
      {toggle && (
        <td class="c">
          <input
            type="checkbox"
            checked={isChosen}
            aria-label={`Choose ${number}`}
            onChange={toggle}
          />
        </td>
      )}
      <td class="no">{number}</td>
      <td class="c">
        <Tile mood={entry.mood} wince={entry.worst} />
      </td>
      <th scope="row">
        <a href={`/register/${number}`} data-number={number}>
          {title}
        </a>
        {entry.free && !isKeep && <span class="meta run"> free to fix</span>}
        {showsWhy && !isKeep && <span class="why">{whyOf(entry)}</span>}
      </th>
      <td>
        <span class="service">{entry.service ?? <span class="no">not named</span>}</span>
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
      {isKeep ? (
        <td class="r">
          <time
            dateTime={new Date(entry.changedAt).toISOString()}
            title={toAgo(entry.changedAt, now)}
          >
            {toShortDay(entry.changedAt)}
          </time>
        </td>
      ) : (
        <>
          <td>
            <Person name={entry.owner?.name ?? null} />
          </td>
          <td>
            <Promises entry={entry} now={now} />
          </td>
          <td class="r">
            <Due entry={entry} now={now} />
          </td>
        </>
      )}
    </tr>
  )
}

/** What its customers were promised, with the clock that runs out first. */
export function Promises({ entry, now }: { entry: EntryRow; now: number }) {
  const promised = promiseWords(entry.followUps, now)
  if (promised === null) return <span class="no">none</span>
  return (
    <span class={`pill ${promised.tone}`}>
      <Icon name={promised.tone === 'done' ? 'check' : 'clock'} small /> {promised.words}
    </span>
  )
}

/** The day it is due, crimson once that has passed. */
export function Due({ entry: { due }, now }: { entry: EntryRow; now: number }) {
  if (due === null) return <span class="no">not set</span>
  const { words, isOver } = dueWords(due, now)
  return (
    <time dateTime={due} class={isOver ? 'late' : ''}>
      {words}
      {isOver && <span class="meta run late"> over</span>}
    </time>
  )
}
