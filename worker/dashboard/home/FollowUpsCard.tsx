import type { Home } from '#shared/api/home'

import { Icon } from '../parts/Icon'
import { addressOfPromise, NEXT_WORDS } from '../recovery/recovery-words'
import { clockOf, customerOf, waitsInWords } from './home-words'

interface FollowUpsCardProps {
  followUps: Home['followUps']
  now: number
  /** The role may say what happened with a customer. */
  mayChange: boolean
}

/** Customers whose 24 hours are over, and then those whose are nearly. */
export function FollowUpsCard({ followUps, now, mayChange }: FollowUpsCardProps) {
  return (
    <section class="card" aria-labelledby="h-late">
      <header>
        <h2 id="h-late">Waiting over 24 hours</h2>
        <a class="meta" href="/follow-ups">
          All follow-ups
        </a>
      </header>
      {followUps.length === 0 ? (
        <p class="foot">Nobody waits longer than 24 hours, nor will in the next six.</p>
      ) : (
        <ul class="late-list rows">
          {followUps.map((followUp) => {
            const { isLate, words } = clockOf(followUp, now)
            const { entry, seenThroughBy } = followUp
            const facts = [
              waitsInWords(followUp),
              entry === null ? null : `#${entry.number}`,
              seenThroughBy ?? 'Nobody sees it through',
            ]
            return (
              <li key={followUp.id}>
                <div>
                  {entry === null ? (
                    <b>{customerOf(followUp)}</b>
                  ) : (
                    <a href={`/register/${entry.number}`}>{customerOf(followUp)}</a>
                  )}
                  <p class="line">{facts.filter((fact) => fact !== null).join(' · ')}</p>
                </div>
                <span class={isLate ? 'pill late' : 'pill'}>
                  <Icon name="clock" small /> {words}
                </span>
                {mayChange && (
                  <a
                    class="btn"
                    href={addressOfPromise(followUp.id)}
                    aria-label={`${NEXT_WORDS[followUp.waitsFor]}: ${customerOf(followUp)}`}
                  >
                    {NEXT_WORDS[followUp.waitsFor]}
                  </a>
                )}
              </li>
            )
          })}
        </ul>
      )}
    </section>
  )
}
