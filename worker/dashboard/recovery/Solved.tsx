import type { FollowUp } from '#shared/api/follow-up'
import { fixClock, stageOf } from '#shared/follow-up'

import { Icon } from '../parts/Icon'
import { ClockPill } from './ClockPill'

interface SolvedProps {
  followUp: FollowUp
  clocksOnWeekends: boolean
  now: number
}

/** Whether it is solved for this customer, and the clock of asking. */
export function Solved({ followUp, clocksOnWeekends, now }: SolvedProps) {
  const { outcome, onTheSpot, reason, saidNoAt } = followUp
  if (stageOf(followUp) === 'settled')
    return outcome === 'exempt' ? (
      <>
        <span class="pill">
          <Icon name="minus" />
          nobody to ask
        </span>
        <span class="meta">{reason}</span>
      </>
    ) : (
      <>
        <span class="pill done">
          <Icon name="check" />
          {onTheSpot ? 'put right on the spot' : 'solved, satisfied'}
        </span>
        {reason !== '' && <span class="meta">{reason}</span>}
      </>
    )
  const clock = fixClock(followUp, clocksOnWeekends)
  return (
    <>
      {clock === null ? (
        <span class="pill plain">waits for the fix</span>
      ) : (
        <ClockPill clock={clock} now={now} />
      )}
      {saidNoAt !== null && (
        <span class="meta">{reason === '' ? 'They said no' : `They said no: “${reason}”`}</span>
      )}
    </>
  )
}
