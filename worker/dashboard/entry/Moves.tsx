import { useSignal } from '@preact/signals'

import type { EntryDetail } from '#shared/api/entry'
import { factsOf } from '#shared/entry-facts'
import { missingFor, movesFrom } from '#shared/entry-moves'
import type { EntryState } from '#shared/sync'

import type { Move } from './judgement'
import { MoveDialog } from './MoveDialog'
import { moveInWords, USUAL_MOVE } from './work-words'

interface MovesProps {
  detail: EntryDetail
  /** True once it has moved. */
  move: (move: Move) => Promise<boolean>
}

/** Moves that say something besides where it goes. */
const ASKING: readonly EntryState[] = ['hold', 'closed', 'declined', 'reopened']

/** Where it may go from here: the usual way first, the others beside it. */
export function Moves({ detail, move }: MovesProps) {
  const asked = useSignal<EntryState | null>(null)
  const { entry, work, told } = detail
  const usual = USUAL_MOVE[entry.state]
  const ways = movesFrom(entry.state).toSorted(
    (one, other) => Number(one === usual) - Number(other === usual),
  )
  const start = (to: EntryState) => {
    const lacks = missingFor(factsOf(entry, work, told), to) ?? []
    if (ASKING.includes(to) || lacks.length > 0) asked.value = to
    else void move({ to })
  }
  return (
    <>
      {ways.map((to) => (
        <button
          key={to}
          class={to === usual ? 'btn primary' : 'btn quiet'}
          type="button"
          onClick={() => start(to)}
        >
          {moveInWords(entry.state, to)}
        </button>
      ))}
      {asked.value !== null && (
        <MoveDialog
          detail={detail}
          to={asked.value}
          move={async (said) => {
            if (await move(said)) asked.value = null
          }}
          onClose={() => (asked.value = null)}
        />
      )}
    </>
  )
}
