import { useSignal } from '@preact/signals'

import type { EntryDetail } from '#shared/api/entry'

import { Sheet } from '../parts/Sheet'
import { FormEnd } from './FormEnd'
import type { Judgement } from './judgement'

interface FactsDialogProps {
  detail: EntryDetail
  save: (change: Judgement) => Promise<void>
  onClose: () => void
}

/** What is known and set besides impact and effort; an empty field takes its value off. */
export function FactsDialog({ detail: { entry, work }, save, onClose }: FactsDialogProps) {
  const draft = useSignal({
    cost: entry.cost === null ? '' : String(entry.cost),
    due: entry.due ?? '',
    customers: entry.monthly === null ? '' : String(entry.monthly.customers),
    source: entry.monthly?.source ?? '',
    accountable: work.accountable,
    promiseBroken: work.promiseBroken,
  })
  const { cost, due, customers, source, accountable, promiseBroken } = draft.value
  const field = (name: keyof typeof draft.value, label: string, more: object = {}) => (
    <div class="field">
      <label htmlFor={`fact-${name}`}>{label}</label>
      <input
        class="input"
        id={`fact-${name}`}
        value={draft.value[name]}
        maxLength={160}
        autoComplete="off"
        onInput={(event) => (draft.value = { ...draft.value, [name]: event.currentTarget.value })}
        {...more}
      />
    </div>
  )
  const isKeep = entry.mood === 'liked'
  const lacksSource = customers !== '' && source.trim() === ''
  const figures = isKeep
    ? {}
    : {
        cost: cost === '' ? null : Number(cost),
        monthly: customers === '' ? null : { customers: Number(customers), source },
      }
  return (
    <Sheet title="Facts" onClose={onClose}>
      <form
        class="fields"
        onSubmit={(event) => {
          event.preventDefault()
          if (!lacksSource)
            void save({ ...figures, due: due === '' ? null : due, accountable, promiseBroken })
        }}
      >
        {field('due', 'Due', { type: 'date' })}
        {!isKeep && (
          <>
            {field('cost', 'What a fix costs, 0 for free', { type: 'number', min: 0, step: 1 })}
            <div class="pair">
              {field('customers', 'Customers hit in a month', { type: 'number', min: 0, step: 1 })}
              {field('source', 'How do we know?', { maxLength: 60 })}
            </div>
            {lacksSource && <p class="hint">A number says where it comes from.</p>}
          </>
        )}
        {field('accountable', 'Accountable for it getting better', { maxLength: 40 })}
        {field('promiseBroken', 'Which promise did we break?')}
        <FormEnd save="Save the facts" canSave={!lacksSource} leave={onClose} />
      </form>
    </Sheet>
  )
}
