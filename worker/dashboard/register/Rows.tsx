import type { Signal } from '@preact/signals'
import { useLocation } from 'preact-iso'

import type { Load } from '../load'
import { Loading } from '../parts/Loading'
import { ScrollBox } from '../parts/ScrollBox'
import { Trouble } from '../parts/Trouble'
import { ChosenBar } from './ChosenBar'
import type { Chosen } from './chosen'
import type { Dialog } from './deps'
import { Pager } from './Pager'
import type { ShownPage } from './register'
import { RegisterTable } from './RegisterTable'
import { addressOfView, isFiltered, withoutFilters } from './view'

interface RowsProps {
  state: Load<ShownPage>
  now: number
  chosen: Chosen
  mayChange: boolean
  showsWhy: Signal<boolean>
  open: (dialog: Dialog) => void
  retry: () => void
}

/** A page of the table, with what is done to chosen rows under it. */
export function Rows({ state, now, chosen, mayChange, showsWhy, open, retry }: RowsProps) {
  const { route } = useLocation()
  if (state.status !== 'ready') {
    return <div>{state.status === 'loading' ? <Loading /> : <Trouble retry={retry} />}</div>
  }
  const { page, view } = state.value
  const bar = (
    <ChosenBar
      chosen={chosen}
      mayChange={mayChange}
      shown={page.entries.map(({ number }) => number)}
      merge={() => open({ what: 'merge' })}
      judge={() =>
        open({ what: 'judge', field: 'owner', entries: [...chosen.chosen.peek().values()] })
      }
    />
  )
  if (page.entries.length === 0 && page.lookedThrough === null) {
    return (
      <div class="wrapper none">
        <p>
          {isFiltered(view)
            ? 'No entry fits these filters.'
            : 'Nothing here yet. What leaders send is grouped into entries.'}
        </p>
        {isFiltered(view) && (
          <p>
            <button
              class="btn"
              type="button"
              onClick={() => route(addressOfView(withoutFilters(view)))}
            >
              Clear filters
            </button>
          </p>
        )}
        {bar}
      </div>
    )
  }
  return (
    <div class="wrapper">
      <ScrollBox label="Entries">
        <RegisterTable
          entries={page.entries}
          view={view}
          now={now}
          chosen={chosen}
          showsWhy={showsWhy.value}
        />
      </ScrollBox>
      <div class="under">
        {bar}
        <Pager page={page} view={view} showsWhy={showsWhy} help={() => open({ what: 'keys' })} />
      </div>
    </div>
  )
}
