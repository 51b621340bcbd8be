import type { FollowUp } from '#shared/api/follow-up'
import { contactClock } from '#shared/follow-up'

import { Person } from '../parts/Person'
import { ScrollBox } from '../parts/ScrollBox'
import { ClockPill } from './ClockPill'
import type { FollowUps } from './follow-ups'
import { customerWords, nextWords } from './recovery-words'
import { Solved } from './Solved'

interface PromiseTableProps {
  label: string
  followUps: FollowUps
  shown: { followUps: FollowUp[]; clocksOnWeekends: boolean }
  /** Says which entry each is about. */
  namesEntry: boolean
  mayChange: boolean
  now: number
}

/** Customers, who sees each through, and both clocks. */
export function PromiseTable({
  label,
  followUps,
  shown,
  namesEntry,
  mayChange,
  now,
}: PromiseTableProps) {
  const { clocksOnWeekends } = shown
  return (
    <ScrollBox label={label}>
      <table class="table promises">
        <thead>
          <tr>
            <th scope="col">Customer</th>
            <th scope="col">Seen through by</th>
            <th scope="col">First contact in 24 h</th>
            <th scope="col">Solved? 24 h after the fix</th>
            {mayChange && (
              <th scope="col">
                <span class="vh">What to do</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {shown.followUps.map((each) => (
            <tr key={each.id}>
              <th scope="row">
                {customerWords(each)}
                <About followUp={each} namesEntry={namesEntry} />
              </th>
              <td>
                <Person name={each.seenThroughBy?.name ?? null} nobody="Nobody yet" />
              </td>
              <td>
                <ClockPill clock={contactClock(each, clocksOnWeekends)} now={now} />
              </td>
              <td>
                <Solved followUp={each} clocksOnWeekends={clocksOnWeekends} now={now} />
              </td>
              {mayChange && (
                <td>
                  <button
                    class="btn small"
                    type="button"
                    aria-label={`${nextWords(each)}: ${customerWords(each)}`}
                    onClick={() => followUps.look(each)}
                  >
                    {nextWords(each)}
                  </button>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}

function About({ followUp, namesEntry }: { followUp: FollowUp; namesEntry: boolean }) {
  const { entry, reference, customer, promisedBy } = followUp
  const told = [customer === '' ? null : `Promised by ${promisedBy}`, reference]
  return (
    <>
      {namesEntry && (
        <span class="meta">
          {entry === null ? (
            'Its note is being grouped'
          ) : (
            <a href={`/register/${entry.number}`}>
              #{entry.number} {entry.title}
            </a>
          )}
        </span>
      )}
      <span class="meta">{told.filter((part) => part !== null).join(' · ')}</span>
    </>
  )
}
