import { useModel } from '@preact/signals'
import type { RefObject } from 'preact'
import { useLocation } from 'preact-iso'
import { useEffect, useRef } from 'preact/hooks'

import type { RegisterApi } from '#shared/api/register'

import { Loading } from '../parts/Loading'
import { Page } from '../parts/Page'
import { ScrollBox } from '../parts/ScrollBox'
import { Trouble } from '../parts/Trouble'
import { useKeys } from '../parts/use-keys'
import { Pager } from './Pager'
import { RegisterFilters } from './RegisterFilters'
import { RegisterModel, type ShownPage } from './register'
import { RegisterTable } from './RegisterTable'
import {
  addressOfView,
  isFiltered,
  totalInWords,
  viewFromAddress,
  viewFromQuery,
  withAsked,
  withoutFilters,
  type View,
} from './view'

export function RegisterPage({ api, now }: { api: RegisterApi; now: number }) {
  const { query, route } = useLocation()
  const address = addressOfView(viewFromQuery(query))
  const view = viewFromAddress(address)
  const register = useModel(() => new RegisterModel(api))
  useEffect(() => void register.show(address), [register, address])
  const go = (asked: View) => route(addressOfView(withAsked(view, asked)))

  const table = useRef<HTMLDivElement>(null)
  useKeys({
    '/': () => document.querySelector<HTMLInputElement>('#find')?.select(),
    j: () => focusRow(table.current, 1),
    k: () => focusRow(table.current, -1),
  })

  const state = register.state.value
  const total = state.status === 'ready' ? state.value.page.counted?.total : undefined
  return (
    <Page title={view.mood === 'liked' ? 'Keep' : 'Register'} class="register">
      <header class="head">
        <h1>Register</h1>
        <output class="soft">{total !== undefined && totalInWords(view, total)}</output>
      </header>
      <nav class="views" aria-label="Views">
        <ViewLink words="Open" view={{}} shown={view} />
        <ViewLink words="No owner" view={{ owner: 'none' }} shown={view} />
        <ViewLink words="Free to fix" view={{ free: '1' }} shown={view} />
      </nav>
      <RegisterFilters
        view={view}
        services={state.status === 'ready' ? state.value.page.services : []}
        go={go}
      />
      {state.status === 'ready' ? (
        <Rows
          shown={state.value}
          now={now}
          table={table}
          clear={() => route(addressOfView(withoutFilters(view)))}
        />
      ) : (
        <div>
          {state.status === 'loading' ? (
            <Loading />
          ) : (
            <Trouble retry={() => void register.show(address)} />
          )}
        </div>
      )}
    </Page>
  )
}

interface RowsProps {
  shown: ShownPage
  now: number
  table: RefObject<HTMLDivElement | null>
  clear: () => void
}

function Rows({ shown: { page, view }, now, table, clear }: RowsProps) {
  if (page.entries.length === 0) {
    return (
      <div class="wrapper none">
        <p>
          {isFiltered(view)
            ? 'No entry fits these filters.'
            : 'Nothing here yet. What leaders send is grouped into entries.'}
        </p>
        {isFiltered(view) && (
          <p>
            <button class="btn" type="button" onClick={clear}>
              Clear filters
            </button>
          </p>
        )}
      </div>
    )
  }
  return (
    <div class="wrapper">
      <div ref={table}>
        <ScrollBox label="Entries">
          <RegisterTable entries={page.entries} view={view} now={now} />
        </ScrollBox>
      </div>
      <Pager page={page} view={view} />
    </div>
  )
}

function ViewLink({ words, view, shown }: { words: string; view: View; shown: View }) {
  const isShown = (['mood', 'owner', 'free'] as const).every(
    (key) => (view[key] ?? '') === (shown[key] ?? ''),
  )
  return (
    <a href={addressOfView(view)} {...(isShown ? { 'aria-current': 'page' as const } : {})}>
      {words}
    </a>
  )
}

/** Moves the focus to the title of the row after or before the one that has it. */
function focusRow(table: HTMLElement | null, step: 1 | -1): void {
  const titles = [...(table?.querySelectorAll<HTMLAnchorElement>('tbody th a') ?? [])]
  const index = titles.findIndex((title) => title === document.activeElement)
  titles[index === -1 ? 0 : index + step]?.focus()
}
