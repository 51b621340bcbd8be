import type { Signal } from '@preact/signals'

import { PersonalWarning } from '../parts/PersonalWarning'

interface CorrectFieldsProps {
  customer: Signal<string>
  reference: Signal<string>
}

/** Who it is and the desk tool's number, as they should have been typed. */
export function CorrectFields({ customer, reference }: CorrectFieldsProps) {
  return (
    <>
      <div class="field">
        <label htmlFor="correct-customer">Who it is</label>
        <input
          class="input"
          id="correct-customer"
          value={customer}
          maxLength={100}
          autoComplete="off"
          aria-describedby="correct-customer-hint"
          onInput={(event) => {
            customer.value = event.currentTarget.value
          }}
        />
        <p class="hint" id="correct-customer-hint">
          A role and a place, no names. History says that it was corrected, and not what it said.
        </p>
        <PersonalWarning text={customer.value} />
      </div>
      <div class="field">
        <label htmlFor="correct-reference">The desk tool’s number</label>
        <input
          class="input"
          id="correct-reference"
          value={reference}
          maxLength={60}
          autoComplete="off"
          onInput={(event) => {
            reference.value = event.currentTarget.value
          }}
        />
      </div>
    </>
  )
}
