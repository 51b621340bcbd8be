import { useModel } from '@preact/signals'
import { useEffect } from 'preact/hooks'

import type { ApiClient } from '#shared/api-client'
import type { Me } from '#shared/api/sign-in'

import { Loading } from '../parts/Loading'
import { Notice } from '../parts/Notice'
import { ScrollBox } from '../parts/ScrollBox'
import { mayManage } from '../parts/roles'
import { Trouble } from '../parts/Trouble'
import { count } from '../words'
import { AddPerson } from './AddPerson'
import { HandedOver } from './HandedOver'
import { type People, PeopleModel } from './people'
import { PersonRow } from './PersonRow'

export function PeopleSection({ api, me }: { api: ApiClient; me: Me }) {
  const people = useModel(() => new PeopleModel(api))
  useEffect(() => void people.reload(), [people])
  const state = people.state.value
  const mayChange = mayManage(me.person.role)
  return (
    <section class="card people" aria-labelledby="h-people">
      <header>
        <h2 id="h-people">People</h2>
        {state.status === 'ready' && (
          <span class="meta">{count(state.value.length, 'person', 'people')}</span>
        )}
      </header>
      {mayChange && (
        <div class="pad first">
          <AddPerson people={people} />
          <Outcome people={people} />
        </div>
      )}
      {state.status === 'loading' && <Loading />}
      {(state.status === 'failed' || state.status === 'missing') && (
        <Trouble retry={people.reload} />
      )}
      {state.status === 'ready' && (
        <ScrollBox label="People and their roles">
          <table class="table">
            <caption class="vh">People, their roles, and how they get in</caption>
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col">Role</th>
                <th scope="col">Signs in</th>
                {mayChange && <th scope="col">Give them</th>}
                {mayChange && (
                  <th scope="col">
                    <span class="vh">More</span>
                  </th>
                )}
              </tr>
            </thead>
            <tbody>
              {state.value.map((person) => (
                <PersonRow key={person.id} person={person} people={people} me={me} />
              ))}
            </tbody>
          </table>
        </ScrollBox>
      )}
    </section>
  )
}

/** What just happened, and what is to be handed on. */
function Outcome({ people }: { people: People }) {
  return (
    <>
      <div aria-live="polite">
        {people.said.value !== '' && (
          <Notice icon="check" tone="done">
            <p>{people.said.value}</p>
          </Notice>
        )}
        {people.problem.value !== '' && (
          <Notice icon="warn" tone="late">
            <p>{people.problem.value}</p>
          </Notice>
        )}
      </div>
      {people.handed.value && <HandedOver handed={people.handed.value} putAway={people.putAway} />}
    </>
  )
}
