import { useModel } from '@preact/signals'
import { useEffect } from 'preact/hooks'

import type { EntryCard, EntryListApi } from '#shared/api/entry-list'

import { Loading } from '../parts/Loading'
import { Trouble } from '../parts/Trouble'
import { Board } from './Board'
import { ChosenBar } from './ChosenBar'
import type { Chosen } from './chosen'
import type { Dialog } from './deps'
import { GroupsModel } from './groups'
import { Matrix } from './Matrix'
import type { Register } from './register'
import type { View } from './view'

interface GroupsProps {
  api: Pick<EntryListApi, 'groupEntries'>
  address: string
  view: View
  /** Counts up when what is on screen has changed. */
  refreshed: number
  register: Register
  chosen: Chosen
  mayChange: boolean
  open: (dialog: Dialog) => void
}

/** Open entries drawn as the matrix or the board. */
export function Groups({
  api,
  address,
  view,
  refreshed,
  register,
  chosen,
  mayChange,
  open,
}: GroupsProps) {
  const groups = useModel(() => new GroupsModel(api))
  useEffect(() => void groups.show(address), [groups, address, refreshed])
  const state = groups.state.value
  const cards = state.status === 'ready' ? state.value.groups.flatMap(({ entries }) => entries) : []
  useEffect(() => {
    register.cards.value = cards
    chosen.update(cards)
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the cards are the state's
  }, [state])
  if (state.status !== 'ready') {
    return (
      <div>
        {state.status === 'loading' ? (
          <Loading />
        ) : (
          <Trouble retry={() => void groups.show(address)} />
        )}
      </div>
    )
  }
  const judge = (card: EntryCard) => open({ what: 'judge', field: 'impact', entries: [card] })
  return (
    <div class="wrapper">
      {view.as === 'board' ? (
        <Board groups={state.value} view={view} chosen={chosen} />
      ) : (
        <Matrix groups={state.value} view={view} chosen={chosen} judge={mayChange ? judge : null} />
      )}
      <div class="under">
        <ChosenBar
          chosen={chosen}
          mayChange={mayChange}
          shown={cards.map(({ number }) => number)}
          merge={() => open({ what: 'merge' })}
          judge={() =>
            open({ what: 'judge', field: 'owner', entries: [...chosen.chosen.peek().values()] })
          }
        />
      </div>
    </div>
  )
}
