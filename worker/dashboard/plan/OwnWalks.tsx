import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'

import type { ApiClient } from '#shared/api-client'
import type { Person } from '#shared/api/people'
import type { OwnWalks as Own } from '#shared/api/plan'
import type { Me } from '#shared/api/sign-in'

import { type Load, load } from '../load'
import { Icon } from '../parts/Icon'
import { Loading } from '../parts/Loading'
import { Trouble } from '../parts/Trouble'
import { count, toSince } from '../words'

interface OwnWalksProps {
  api: Pick<ApiClient, 'readWalksOf'>
  me: Me
  people: Person[]
  now: number
}

/** One's own walks by service; the owner may look at anybody's (rule 6). */
export function OwnWalks({ api, me, people, now }: OwnWalksProps) {
  const whose = useSignal(me.person.id)
  const state = useSignal<Load<Own>>({ status: 'loading' })
  const personId = whose.value
  const ask = () => void load(state, () => api.readWalksOf(personId))
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- asked once for each person
  useEffect(ask, [personId])
  const shown = state.value
  return (
    <section class="card own" aria-labelledby="h-own">
      <header>
        <h2 id="h-own">{personId === me.person.id ? 'My walks' : 'Walks of one person'}</h2>
        <span class="meta">{whoSees(me, personId)}</span>
      </header>
      {me.person.role === 'owner' && (
        <div class="field">
          <label htmlFor="own-who">Whose</label>
          <span class="select">
            <select
              class="input"
              id="own-who"
              value={personId}
              onChange={(event) => {
                whose.value = event.currentTarget.value
              }}
            >
              {people.map(({ id, name }) => (
                <option key={id} value={id} selected={id === personId}>
                  {name}
                </option>
              ))}
            </select>
            <Icon name="down" small />
          </span>
        </div>
      )}
      {shown.status === 'loading' && <Loading />}
      {(shown.status === 'failed' || shown.status === 'missing') && <Trouble retry={ask} />}
      {shown.status === 'ready' &&
        (shown.value.services.length === 0 ? (
          <p class="foot">No walk that names a service yet.</p>
        ) : (
          <table class="table">
            <caption class="vh">Walks by service</caption>
            <thead>
              <tr>
                <th scope="col">Service</th>
                <th scope="col">Walks</th>
                <th scope="col">Last</th>
              </tr>
            </thead>
            <tbody>
              {shown.value.services.map(({ service, walks, lastWalkedAt }) => (
                <tr key={service}>
                  <th scope="row">{service}</th>
                  <td>{count(walks, 'walk')}</td>
                  <td>{toSince(lastWalkedAt, now)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        ))}
    </section>
  )
}

function whoSees({ person }: Me, personId: string): string {
  if (person.role !== 'owner') return 'Only you and the owner see this'
  return person.id === personId ? 'Only you see this' : 'Only they and you see this'
}
