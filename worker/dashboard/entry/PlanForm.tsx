import { useSignal } from '@preact/signals'

import type { EntryWork } from '#shared/work'

import { ActionFields } from './ActionFields'
import { FormEnd } from './FormEnd'
import type { Judgement } from './judgement'
import { MeasureFields, type MeasureDraft, toDraft, toMeasure } from './MeasureFields'

interface PlanFormProps {
  work: EntryWork
  save: (change: Judgement) => Promise<void>
  leave: () => void
}

export function PlanForm({ work, save, leave }: PlanFormProps) {
  const actions = useSignal(work.actions)
  const measure = useSignal<MeasureDraft>(toDraft(work.measure))
  const reviewOn = useSignal(work.reviewOn ?? '')
  return (
    <form
      class="fields"
      aria-label="Plan"
      onSubmit={(event) => {
        event.preventDefault()
        void save({
          actions: actions.value.filter(({ words }) => words.trim() !== ''),
          measure: toMeasure(measure.value),
          reviewOn: reviewOn.value === '' ? null : reviewOn.value,
        })
      }}
    >
      <ActionFields actions={actions.value} put={(value) => (actions.value = value)} />
      <MeasureFields
        measure={measure.value}
        put={(change) => (measure.value = { ...measure.value, ...change })}
      />
      <div class="field short">
        <label htmlFor="review-on">The day on which we look whether it worked</label>
        <input
          class="input"
          id="review-on"
          type="date"
          value={reviewOn.value}
          onInput={(event) => (reviewOn.value = event.currentTarget.value)}
        />
      </div>
      <FormEnd save="Save the plan" leave={leave} />
    </form>
  )
}
