import type { Home } from '#shared/api/home'

import { Icon } from '../parts/Icon'
import { figureOf } from './home-words'

/** What got better, named and never counted, and what came in. */
export function BetterCard({ better, week }: Pick<Home, 'better' | 'week'>) {
  return (
    <section class="card" aria-labelledby="h-better">
      <header>
        <h2 id="h-better">Better since last week</h2>
      </header>
      {better.length === 0 ? (
        <p class="foot">Nothing was closed in seven days. What is fixed next appears here.</p>
      ) : (
        <ul class="better">
          {better.map(({ number, words }) => (
            <li key={number}>
              <Icon name="check" />
              <span>
                {words}{' '}
                <a href={`/register/${number}`} aria-label={`#${number}, ${words}`}>
                  #{number}
                </a>
              </span>
            </li>
          ))}
        </ul>
      )}
      <p class="foot move">
        <span>
          <b>{figureOf(week.notes)}</b> new notes
        </span>
        <span>
          <b>{figureOf(week.liked)}</b> of them liked
        </span>
        <span>
          <b>{figureOf(week.entries)}</b> new entries
        </span>
        <span>
          <a href="/register?state=reopened">
            <b>{figureOf(week.reopened)}</b> reopened
          </a>
        </span>
      </p>
    </section>
  )
}
