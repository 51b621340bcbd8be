import type { Person } from '#shared/api/people'
import type { CoveredService, PlanKind } from '#shared/api/plan'

import { Icon } from '../parts/Icon'
import { KIND_WORDS, type Plan } from './plan'

interface AddLineProps {
  plan: Plan
  people: Person[]
  services: CoveredService[]
}

const WHAT_WORDS = { errand: 'What a customer would say', call: 'Which number' } as const

/** Somebody, something to walk, and a day. */
export function AddLine({ plan, people, services }: AddLineProps) {
  const { personId, kind, what, service, due } = plan.form.value
  const canAdd = plan.canAdd.value && !plan.isWorking.value
  return (
    <form
      class="fields"
      aria-label="Add to the plan"
      onSubmit={(event) => {
        event.preventDefault()
        if (canAdd) void plan.add()
      }}
    >
      <fieldset class="field">
        <legend class="vh">What kind</legend>
        <div class="seg">
          {(Object.keys(KIND_WORDS) as PlanKind[]).map((each) => (
            <label key={each}>
              <input
                class="vh"
                type="radio"
                name="plan-kind"
                checked={each === kind}
                onChange={() => plan.put({ kind: each })}
              />
              {KIND_WORDS[each]}
            </label>
          ))}
        </div>
      </fieldset>
      <div class="pair">
        <div class="field">
          <label htmlFor="plan-who">Who</label>
          <span class="select">
            <select
              class="input"
              id="plan-who"
              value={personId}
              onChange={(event) => plan.put({ personId: event.currentTarget.value })}
            >
              <option value="" selected={personId === ''}>
                Choose somebody
              </option>
              {people.map(({ id, name }) => (
                <option key={id} value={id} selected={id === personId}>
                  {name}
                </option>
              ))}
            </select>
            <Icon name="down" small />
          </span>
        </div>
        <div class="field">
          <label htmlFor="plan-due">By</label>
          <input
            class="input"
            id="plan-due"
            type="date"
            value={due}
            onInput={(event) => plan.put({ due: event.currentTarget.value })}
          />
        </div>
      </div>
      {kind !== 'shift' && (
        <div class="field">
          <label htmlFor="plan-what">{WHAT_WORDS[kind]}</label>
          <input
            class="input"
            id="plan-what"
            value={what}
            maxLength={500}
            autoComplete="off"
            placeholder={kind === 'errand' ? 'My laptop won’t join the Wi-Fi' : '4357'}
            onInput={(event) => plan.put({ what: event.currentTarget.value })}
          />
        </div>
      )}
      <div class="field">
        <label htmlFor="plan-service">Service</label>
        <input
          class="input"
          id="plan-service"
          list="plan-services"
          value={service}
          maxLength={60}
          autoComplete="off"
          onInput={(event) => plan.put({ service: event.currentTarget.value })}
        />
        <datalist id="plan-services">
          {services.map((each) => (
            <option key={each.service}>{each.service}</option>
          ))}
        </datalist>
      </div>
      <button class="btn primary" type="submit" disabled={!canAdd}>
        Add to the plan
      </button>
      {personId === '' && <p class="hint">Choose who walks.</p>}
    </form>
  )
}
