import type { HistoryPage } from '#shared/api/entry'

import { toDayAndTime } from '../words'
import { eventInWords } from './change-words'
import type { More } from './entry'

interface HistoryProps {
  history: HistoryPage
  more: More
  showMore: () => void
  now: number
}

export function History({ history, more, showMore, now }: HistoryProps) {
  return (
    <section aria-labelledby="hi">
      <h2 id="hi">History</h2>
      <ol class="log">
        {history.events.map((event) => {
          const { words, who } = eventInWords(event)
          return (
            <li key={event.id}>
              <time class="meta" dateTime={new Date(event.at).toISOString()}>
                {toDayAndTime(event.at, now)}
              </time>
              <span>
                {words}, <b>{who}</b>
                {event.reason !== null && <span class="meta"> “{event.reason}”</span>}
              </span>
            </li>
          )
        })}
      </ol>
      {history.next !== null && (
        <p>
          <button
            class="btn"
            type="button"
            disabled={more === 'loading'}
            aria-busy={more === 'loading'}
            onClick={showMore}
          >
            {more === 'loading' ? 'Loading…' : 'Show older history'}
          </button>
          {more === 'failed' && (
            <span class="meta run"> We could not load more. Nothing is lost.</span>
          )}
        </p>
      )}
    </section>
  )
}
