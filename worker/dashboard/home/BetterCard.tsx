import type { Home } from '#shared/api/home'

import { Icon } from '../parts/Icon'
import { figureOf } from './home-words'

/** What got better, named and never counted, and what came in. */
export function BetterCard({ better, week }: Pick<Home, 'better' | 'week'>) {
  return (
    <section class="card" aria-labelledby="h-better">
      <header>
        <h2 id="h-better">Better since last week</h2>
        <a class="meta" href="/told">
          What we told people
        </a>
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
        <Figure number={week.notes} words={week.notes === 1 ? 'new note' : 'new notes'} />
        <Figure number={week.liked} words="of them liked" />
        <Figure number={week.entries} words={week.entries === 1 ? 'new entry' : 'new entries'} />
        {week.reopened === 0 ? (
          <Figure number={0} words="reopened" />
        ) : (
          <a href="/register?state=reopened">
            <Figure number={week.reopened} words="reopened" />
          </a>
        )}
      </p>
    </section>
  )
}

function Figure({ number, words }: { number: number; words: string }) {
  return (
    <span>
      <b>{figureOf(number)}</b> {words}
    </span>
  )
}
