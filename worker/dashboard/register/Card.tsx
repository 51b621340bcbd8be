import type { EntryCard } from '#shared/api/entry-list'

import { Icon } from '../parts/Icon'
import { Tile } from '../parts/Tile'
import type { Chosen } from './chosen'

interface CardProps {
  card: EntryCard
  chosen: Chosen
  /** Opens impact and effort, for whoever does not press I or E. */
  judge: ((card: EntryCard) => void) | null
}

/** An entry in a cell or a column: worst wince, number and title. */
export function Card({ card, chosen, judge }: CardProps) {
  const { number, title, mood, worst } = card
  return (
    <li class={chosen.chosen.value.has(number) ? 'card on' : 'card'}>
      <a href={`/register/${number}`} data-number={number}>
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
