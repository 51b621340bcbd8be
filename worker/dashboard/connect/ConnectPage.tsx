import { useModel } from '@preact/signals'
import { useLocation } from 'preact-iso'
import { useEffect } from 'preact/hooks'

import type { ApiClient } from '#shared/api-client'
import type { Me } from '#shared/api/sign-in'

import { PeopleModel } from '../manage/people'
import { Icon } from '../parts/Icon'
import { Loading } from '../parts/Loading'
import { Page } from '../parts/Page'
import { mayManage } from '../parts/roles'
import { Trouble } from '../parts/Trouble'
import { Connect } from './Connect'

/** A code for anybody whom one may connect; for oneself when nobody is named. */
export function ConnectPage({ api, me }: { api: ApiClient; me: Me }) {
  const { query, route } = useLocation()
  const people = useModel(() => new PeopleModel(api))
  useEffect(() => {
    if (mayManage(me.person.role)) void people.reload()
  }, [people, me.person.role])
  const state = people.state.value
  const chosen = query['person'] ?? me.person.id
  const isOwn = chosen === me.person.id
  const person = isOwn
    ? me.person
    : state.status === 'ready'
      ? state.value.find((each) => each.id === chosen)
      : undefined
  return (
    <Page title="Connect a browser" class="connecting">
      <nav class="crumb" aria-label="Where you are">
        <a href="/manage">Set up</a>
        <span aria-hidden="true">›</span>
        <span>Connect a browser</span>
      </nav>
      {mayManage(me.person.role) && state.status === 'ready' && (
        <div class="field whose">
          <label htmlFor="whose">Whose browser?</label>
          <span class="select">
            <select
              class="input"
              id="whose"
              value={chosen}
              onChange={(event) =>
                route(`/manage/connect?person=${event.currentTarget.value}`, true)
              }
            >
              {state.value.map(({ id, name }) => (
                <option key={id} value={id} selected={id === chosen}>
                  {id === me.person.id ? `${name} (you)` : name}
                </option>
              ))}
            </select>
            <Icon name="down" small />
          </span>
        </div>
      )}
      {person ? (
        <Connect
          key={person.id}
          api={api}
          person={person}
          heading={isOwn ? 'Connect your browser' : 'Connect a browser'}
        />
      ) : (
        <>
          <h1>Connect a browser</h1>
          {state.status === 'loading' && <Loading />}
          {state.status === 'failed' && <Trouble retry={people.reload} />}
          {state.status === 'ready' && <p>There is nobody with this address here any more.</p>}
        </>
      )}
    </Page>
  )
}
