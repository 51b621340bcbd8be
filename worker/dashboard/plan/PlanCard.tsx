import type { Person } from '#shared/api/people'
import { calendarAddress, type CoveredService, type PlanLine } from '#shared/api/plan'

import { Icon } from '../parts/Icon'
import { AddLine } from './AddLine'
import type { Plan } from './plan'
import { dueWords, lineWords } from './plan-words'

interface PlanCardProps {
  plan: Plan
  shown: { lines: PlanLine[]; people: Person[]; services: CoveredService[] }
  /** As `2026-11-28`. */
  today: string
  mayPlan: boolean
}

/** Who walks what by when, and the way into a calendar. */
export function PlanCard({ plan, shown, today, mayPlan }: PlanCardProps) {
  const { lines, people, services } = shown
  return (
    <section class="card plan" aria-labelledby="h-plan">
      <header>
        <h2 id="h-plan">Plan</h2>
        <span class="meta">Who walks what, by when</span>
      </header>
      {lines.length === 0 ? (
        <p class="foot">Nothing is planned. Four minutes of one leader are a good start.</p>
      ) : (
        <ul class="rows">
          {lines.map((line) => (
            <li key={line.id}>
              <Due due={line.due} today={today} />
              <div>
                <b>{lineWords(line)}</b>
                <p class="meta">
                  {line.personName}
                  {line.service !== null && ` · ${line.service}`}
                </p>
              </div>
              {mayPlan && (
                <button
                  class="btn quiet icon"
                  type="button"
                  aria-label={`Take off: ${lineWords(line)}, ${line.personName}`}
                  onClick={() => void plan.drop(line)}
                >
                  <Icon name="close" />
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      {lines.length > 0 && (
        <p class="foot">
          {/* The router leaves alone what is downloaded. */}
          For a calendar:{' '}
          <a href={calendarAddress('all')} download>
            everybody’s
          </a>{' '}
          or{' '}
          <a href={calendarAddress('mine')} download>
            only mine
          </a>
        </p>
      )}
      {mayPlan && <AddLine plan={plan} people={people} services={services} />}
    </section>
  )
}

function Due({ due, today }: { due: string; today: string }) {
  const { day, isOver } = dueWords(due, today)
  return (
    <time class={isOver ? 'due over' : 'due'} dateTime={due}>
      {day}
      {isOver && <span class="meta">was due</span>}
    </time>
  )
}
