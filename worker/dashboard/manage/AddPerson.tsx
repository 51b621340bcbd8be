import { GivenRole } from '#shared/people'

import { Icon } from '../parts/Icon'
import { ROLE_HINTS, ROLE_WORDS } from '../parts/roles'
import type { People } from './people'

export function AddPerson({ people }: { people: People }) {
  return (
    <form
      class="add"
      aria-labelledby="h-add"
      onSubmit={(event) => {
        event.preventDefault()
        void people.add()
      }}
    >
      <h3 id="h-add">Add somebody</h3>
      <div class="field">
        <label htmlFor="name">Called</label>
        <input
          class="input"
          id="name"
          value={people.name.value}
          maxLength={100}
          autoComplete="off"
          placeholder="Medical director"
          onInput={(event) => people.setName(event.currentTarget.value)}
        />
      </div>
      <div class="field">
        <label htmlFor="role">Role</label>
        <span class="select">
          <select
            class="input"
            id="role"
            aria-describedby="role-hint"
            value={people.role.value}
            onChange={(event) => people.setRole(event.currentTarget.value as GivenRole)}
          >
            {(['walker', 'reviewer', 'viewer', 'admin'] as const).map((role) => (
              <option key={role} value={role} selected={role === people.role.value}>
                {ROLE_WORDS[role]}
              </option>
            ))}
          </select>
          <Icon name="down" small />
        </span>
      </div>
      <button class="btn primary" type="submit" disabled={!people.canAdd.value}>
        Add
      </button>
      <p class="hint" id="role-hint">
        {ROLE_HINTS[people.role.value]}. A role says more than a name.
      </p>
    </form>
  )
}
