import { useModel } from '@preact/signals'
import { useEffect } from 'preact/hooks'

import { pathPart } from '#shared/api/call'
import type { MenuApi, MenuNumber } from '#shared/api/menu'

import { Loading } from '../parts/Loading'
import { Page } from '../parts/Page'
import { ScrollBox } from '../parts/ScrollBox'
import { Trouble } from '../parts/Trouble'
import { toAgo, toLongDay } from '../words'
import { MenusModel } from './menus'

interface MenusPageProps {
  api: MenuApi
  now: number
}

/** The numbers that leaders called. */
export function MenusPage({ api, now }: MenusPageProps) {
  const menus = useModel(() => new MenusModel(api))
  useEffect(() => void menus.show(), [menus])
  const state = menus.state.value
  return (
    <Page title="Voice menus" class="menus-page">
      <header class="head">
        <h1>Voice menus</h1>
        <p class="soft">Numbers that leaders called, those called most first</p>
      </header>
      {state.status === 'loading' && <Loading />}
      {(state.status === 'failed' || state.status === 'missing') && (
        <Trouble retry={() => void menus.show()} />
      )}
      {state.status === 'ready' &&
        (state.value.numbers.length === 0 ? (
          <NoCalls />
        ) : (
          <section class="card">
            <ScrollBox label="Numbers">
              <Numbers numbers={state.value.numbers} now={now} />
            </ScrollBox>
          </section>
        ))}
      {state.status === 'ready' && state.value.next !== null && (
        <p>
          <button
            class="btn"
            type="button"
            disabled={menus.more.value === 'loading'}
            onClick={() => void menus.showMore()}
          >
            {menus.more.value === 'failed' ? 'Try again' : 'Show more numbers'}
          </button>
        </p>
      )}
    </Page>
  )
}

function NoCalls() {
  return (
    <div class="card pad">
      <h2>No menu has been walked yet</h2>
      <p class="soft">
        Call your own help line. In the side panel choose “Call a voice menu”, tap what you press
        and hear, and send the walk. All calls to one number become one map here.
      </p>
    </div>
  )
}

function Numbers({ numbers, now }: { numbers: readonly MenuNumber[]; now: number }) {
  return (
    <table class="table">
      <caption class="vh">Numbers that leaders called</caption>
      <thead>
        <tr>
          <th scope="col">Number</th>
          <th scope="col" class="r">
            Calls
          </th>
          <th scope="col" class="r">
            Leaders
          </th>
          <th scope="col" class="r">
            Last called
          </th>
        </tr>
      </thead>
      <tbody>
        {numbers.map(({ key, number, calls, more, callers, lastAt }) => (
          <tr key={key}>
            <th scope="row">
              <a href={`/menus/${pathPart(key)}`}>{number}</a>
            </th>
            <td class="r">
              {calls}
              {more && '+'}
            </td>
            <td class="r">{callers}</td>
            <td class="r">
              <time dateTime={new Date(lastAt).toISOString()} title={toAgo(lastAt, now)}>
                {toLongDay(lastAt)}
              </time>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
