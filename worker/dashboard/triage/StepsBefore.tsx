import type { TriageNote } from '#shared/api/triage'
import { stepWords } from '#shared/step-words'

import { toClock, toShortDay } from '../words'
import { stepsBeforeInWords } from './triage-words'

/** What its leader did up to the note: labels, never typed values. Nothing without a timeline. */
export function StepsBefore({ note: { at, stepsBefore } }: { note: TriageNote }) {
  if (stepsBefore.length === 0) return null
  return (
    <section class="trailbox" aria-labelledby="steps-before">
      <h2 id="steps-before">{stepsBeforeInWords(stepsBefore.length)}</h2>
      <ol class="tl">
        {stepsBefore.map((step, index) => {
          const isWait = step.kind === 'wait' || step.kind === 'hold'
          const isLast = index === stepsBefore.length - 1
          const { before, thing, after } = stepWords(step)
          const day = toShortDay(step.at)
          return (
            <li key={step.seq} class={isWait ? 'mid' : ''}>
              <time dateTime={new Date(step.at).toISOString()}>{toClock(step.at)}</time>
              <span class={isWait ? 'dot wait' : isLast ? 'dot now' : 'dot'} />
              <p class="what">
                {before}
                {thing !== '' && <b>{thing}</b>}
                {after}
                {day !== toShortDay(at) && <span class="meta"> {day}</span>}
              </p>
            </li>
          )
        })}
      </ol>
    </section>
  )
}
