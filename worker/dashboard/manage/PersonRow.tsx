import type { Person as PersonData } from '#shared/api/people'
import type { Me } from '#shared/api/sign-in'
import { GivenRole } from '#shared/people'

import { Icon } from '../parts/Icon'
import { Person } from '../parts/Person'
import { mayManage, ROLE_WORDS } from '../parts/roles'
import type { People } from './people'

interface PersonRowProps {
  person: PersonData
  people: People
  me: Me
}

export function PersonRow({ person, people, me }: PersonRowProps) {
  const mayChange = mayManage(me.person.role)
  // The owner is nobody's to change, and those with the culture mark are the owner's alone.
  const isWithinReach = person.role !== 'owner' && (me.person.role === 'owner' || !person.culture)
  return (
    <tr>
      <th scope="row">
        <Person name={person.name} />
        {person.id === me.person.id && <span class="meta run"> you</span>}
      </th>
      <td>
        {mayChange && isWithinReach ? (
          <RolePick person={person} people={people} />
        ) : (
          <span class="cap">{ROLE_WORDS[person.role]}</span>
        )}
      </td>
      <td>
        {person.joined ? (
          'yes'
        ) : (
          <span class="no">{person.role === 'walker' ? 'not needed' : 'not yet'}</span>
        )}
      </td>
      {mayChange && (
        <td>
          <span class="line">
            <a
              class="btn small"
              href={`/manage/connect?person=${person.id}`}
              aria-label={`Pairing code for ${person.name}`}
            >
              <Icon name="device" small /> Pairing code
            </a>
            {isWithinReach && !person.joined && (
              <button
                class="btn small"
                type="button"
                aria-label={`Invite link for ${person.name}`}
                onClick={() => void people.invite(person)}
              >
                <Icon name="link" small /> Invite link
              </button>
            )}
            {isWithinReach && person.joined && (
              <button
                class="btn small"
                type="button"
                aria-label={`Sign-in code for ${person.name}`}
                onClick={() => void people.makeSignInCode(person)}
              >
                <Icon name="key" small /> Sign-in code
              </button>
            )}
          </span>
        </td>
      )}
      {mayChange && <td class="r">{isWithinReach && <More person={person} people={people} />}</td>}
    </tr>
  )
}

function RolePick({ person, people }: { person: PersonData; people: People }) {
  return (
    <span class="inline-pick">
      <select
        aria-label={`Role of ${person.name}`}
        value={person.role}
        onChange={(event) => void people.changeRole(person, event.currentTarget.value as GivenRole)}
      >
        {GivenRole.options.map((role) => (
          <option key={role} value={role} selected={role === person.role}>
            {ROLE_WORDS[role]}
          </option>
        ))}
      </select>
      <Icon name="down" small />
    </span>
  )
}

/** What is done rarely, out of the way; a disclosure, so that no press does harm by itself. */
function More({ person, people }: { person: PersonData; people: People }) {
  return (
    <details class="more">
      <summary class="btn small icon" aria-label={`More for ${person.name}`}>
        <Icon name="more" small />
      </summary>
      <div class="menu">
        {person.joined && (
          <button
            class="btn small quiet"
            type="button"
            onClick={() => void people.endSessions(person)}
          >
            Sign out everywhere
          </button>
        )}
        <button class="btn small quiet" type="button" onClick={() => void people.remove(person)}>
          Remove {person.name}
        </button>
      </div>
    </details>
  )
}
