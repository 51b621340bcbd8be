import { Icon } from '../parts/Icon'
import { StateSign } from '../parts/StateSign'
import { Tile } from '../parts/Tile'
import { count, toDayAndTime, toLongDay } from '../words'
import type { KeptEntry } from './keep'

interface KeepItemProps {
  entry: KeptEntry
  now: number
  /** Null for somebody who thanks nobody here. */
  thank: (() => void) | null
}

export function KeepItem({ entry, now, thank }: KeepItemProps) {
  const { thanks } = entry
  return (
    <li>
      <Tile mood="liked" wince={null} />
      <div class="grow">
        <h2>
          <a href={`/register/${entry.number}`}>{entry.title}</a>
        </h2>
        <p class="meta">
          #{entry.number}
          {entry.service !== null && ` · ${entry.service}`} · {count(entry.leaders, 'leader')},{' '}
          {count(entry.notes, 'note')} · since{' '}
          <time dateTime={new Date(entry.openedAt).toISOString()}>{toLongDay(entry.openedAt)}</time>
        </p>
        {thanks !== null && (
          <blockquote>
            “{thanks.words}”
            <span class="meta">
              {thanks.by ?? 'Somebody'}, {toDayAndTime(thanks.at, now)}
            </span>
          </blockquote>
        )}
      </div>
      <div class="does">
        <StateSign state={entry.state} />
        {thank && entry.state === 'kept' && (
          <button class="btn" type="button" onClick={thank}>
            <Icon name="tell" /> Thank the team
          </button>
        )}
      </div>
    </li>
  )
}
