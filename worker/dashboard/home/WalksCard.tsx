import type { Home } from '#shared/api/home'

import { Outcome } from '../walks/Outcome'
import { titleOf } from '../walks/walk-words'
import { count, toDuration, toShortDay } from '../words'

type HomeWalk = Home['lastWalks'][number]

export function WalksCard({
  walks,
  browsers,
  now,
}: {
  walks: HomeWalk[]
  browsers: number
  now: number
}) {
  return (
    <section class="card" aria-labelledby="h-walks">
      <header>
        <h2 id="h-walks">Last walks</h2>
        <span class="meta">As far as they were sent</span>
      </header>
      {walks.length === 0 ? (
        <p class="foot">No walk has been sent yet.</p>
      ) : (
        <ul class="walks rows">
          {walks.map((walk) => (
            <li key={walk.id}>
              <div>
                <b>
                  <a href={`/walks/${walk.id}`}>{titleOf(walk)}</a>
                </b>
                <p class="meta">
                  {[
                    walk.leader,
                    walk.persona === null ? null : `as ${walk.persona}`,
                    toShortDay(walk.startedAt),
                    count(walk.notes, 'note'),
                  ]
                    .filter((part) => part !== null)
                    .join(' · ')}
                </p>
              </div>
              <p class="took">
                <span class="num">{toDuration(walk.elapsedMs)}</span>
                <span class="meta">
                  {walk.waitingMs > 0 ? `${toDuration(walk.waitingMs)} waiting` : 'no waiting'}
                </span>
              </p>
              <Outcome walk={walk} now={now} />
            </li>
          ))}
        </ul>
      )}
      <p class="foot">
        {browsers === 0 ? 'No browser is connected. ' : `${count(browsers, 'browser')} connected. `}
        <a href="/manage">{browsers === 0 ? 'Connect one' : 'See them'}</a>
      </p>
    </section>
  )
}
