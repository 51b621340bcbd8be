import type { Playbook } from '#shared/api/playbook'

import { noonOf, toDatedDay } from '../words'

/** Who does what in the first hour. */
export function PlaybookItem({ playbook }: { playbook: Playbook }) {
  const { sponsor, steps, trainedOn, trainedBy } = playbook
  return (
    <>
      {steps.length === 0 ? (
        <p class="soft">No steps yet.</p>
      ) : (
        <ol class="steps-of">
          {steps.map(({ who, what, byMinute }) => (
            <li key={`${byMinute} ${who} ${what}`}>
              <span class="num">{byMinute} min</span>
              <span>
                <b>{who}</b> {what}
              </span>
            </li>
          ))}
        </ol>
      )}
      <p class="meta">
        {sponsor === '' ? 'No sponsor' : `Sponsor: ${sponsor}`} ·{' '}
        {trainedOn === null
          ? 'never trained'
          : `trained on ${toDatedDay(noonOf(trainedOn))}${trainedBy === '' ? '' : ` by ${trainedBy}`}`}
      </p>
    </>
  )
}
