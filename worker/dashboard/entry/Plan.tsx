import { useSignal } from '@preact/signals'

import type { EntryDetail } from '#shared/api/entry'
import { EFFORT_WORDS } from '#shared/entry'
import { ACTION_WORDS, METHOD_WORDS } from '#shared/work'

import { Icon } from '../parts/Icon'
import { noonOf, toLongDay, toShortDay } from '../words'
import { Gauge } from './Gauge'
import type { Judgement } from './judgement'
import { PlanForm } from './PlanForm'
import { SectionHead } from './SectionHead'

interface PlanProps {
  detail: EntryDetail
  mayChange: boolean
  /** True once it is saved. */
  judge: (change: Judgement) => Promise<boolean>
}

/** What helps today, what mends it, what keeps it away, and how we see that it worked. */
export function Plan({ detail, mayChange, judge }: PlanProps) {
  const isEditing = useSignal(false)
  const { work, entry } = detail
  const { actions, measure, reviewOn } = work
  const meta = [
    entry.cost === 0 ? 'Free' : entry.cost === null ? null : `Costs ${entry.cost}`,
    entry.effort === null ? null : EFFORT_WORDS[entry.effort].toLowerCase(),
  ].filter((part) => part !== null)
  return (
    <section aria-labelledby="pl">
      <SectionHead
        id="pl"
        title="Plan"
        meta={meta.length === 0 ? undefined : meta.join(', ')}
        edit={mayChange && !isEditing.value ? () => (isEditing.value = true) : undefined}
      />
      {isEditing.value ? (
        <PlanForm
          work={work}
          save={async (change) => {
            if (await judge(change)) isEditing.value = false
          }}
          leave={() => (isEditing.value = false)}
        />
      ) : (
        <>
          {actions.length === 0 && measure === null && reviewOn === null && (
            <p class="soft">Nothing planned yet.</p>
          )}
          {actions.length > 0 && (
            <dl class="plan">
              {actions.map(({ kind, words, by, due, isDone }, index) => (
                <div key={index}>
                  <dt>{ACTION_WORDS[kind]}</dt>
                  <dd>{words}</dd>
                  <dd class="soft">{by}</dd>
                  <dd class="num">
                    {isDone ? (
                      <span class="pill done">
                        <Icon name="check" small /> done
                      </span>
                    ) : (
                      due !== null && toShortDay(noonOf(due))
                    )}
                  </dd>
                </div>
              ))}
            </dl>
          )}
          {measure !== null && <Gauge measure={measure} />}
          {(measure !== null || reviewOn !== null) && (
            <p class="meta">
              {measure !== null && `${measure.what}. ${METHOD_WORDS[measure.method]}. `}
              {reviewOn !== null && (
                <>
                  Review on <b>{toLongDay(noonOf(reviewOn))}</b>, then walk the errand again.
                </>
              )}
            </p>
          )}
        </>
      )}
    </section>
  )
}
