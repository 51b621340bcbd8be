import type { EntryCard } from '#shared/api/entry-list'

import { Icon } from '../parts/Icon'
import { Tile } from '../parts/Tile'
import type { Chosen } from './chosen'
import type { Drag } from './drag'

interface CardProps {
  card: EntryCard
  chosen: Chosen
  /** Opens impact and effort, for whoever does not press I or E. */
  judge: ((card: EntryCard) => void) | null
  /** Null where it cannot be dragged anywhere. */
  drag?: Drag | null
}

/** An entry in a cell or a column: worst wince, number and title. */
export function Card({ card, chosen, judge, drag = null }: CardProps) {
  const { number, title, mood, worst } = card
  const isHeld = drag?.held.value === number
  return (
    <li
      class={`card${chosen.chosen.value.has(number) ? ' on' : ''}${isHeld ? ' held' : ''}`}
      {...(drag && {
        draggable: true,
        onDragStart: (event: DragEvent) => {
          // Firefox drags nothing that carries nothing.
          event.dataTransfer?.setData('text/plain', `${number} ${title}`)
          drag.hold(number)
        },
        onDragEnd: drag.letGo,
      })}
    >
      <a
        href={`/register/${number}`}
        data-number={number}
        // The card is dragged, not its address.
        {...(drag && { draggable: false })}
      >
        <Tile mood={mood} wince={worst} />
        <span class="no">{number}</span>
        <span class="title">{title}</span>
      </a>
      {judge && (
        <button
          class="btn quiet icon small"
          type="button"
          aria-label={`Impact and effort of ${number}`}
          onClick={() => judge(card)}
        >
          <Icon name="settings" small />
        </button>
      )}
    </li>
  )
}
