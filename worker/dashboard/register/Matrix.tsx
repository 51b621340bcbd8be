import { useModel } from '@preact/signals'

import type { EntryCard, EntryGroups } from '#shared/api/entry-list'
import { EFFORT_WORDS, type Effort, IMPACT_WORDS, type Impact } from '#shared/entry'

import { EffortSign } from '../parts/EffortSign'
import { ImpactSign } from '../parts/ImpactSign'
import { ScrollBox } from '../parts/ScrollBox'
import { Card } from './Card'
import type { Chosen } from './chosen'
import { type Cell, cellKey, type Drag, DragModel, judgementIn } from './drag'
import { addressOfView, inTable, withAsked, type View } from './view'

const IMPACTS: readonly Impact[] = [4, 3, 2, 1]
const EFFORTS: readonly Effort[] = ['S', 'M', 'L', 'XL']

/** Where each quarter begins, and what it is called. */
const QUARTERS: Readonly<Record<string, string>> = {
  '4S': 'Quick wins',
  '4L': 'Big bets',
  '2S': 'Fill-ins',
  '2L': 'Not now',
}

interface MatrixProps {
  groups: EntryGroups
  view: View
  chosen: Chosen
  /** Null for whoever only reads: then nothing is dragged either. */
  judge: ((card: EntryCard) => void) | null
}

type Group = EntryGroups['groups'][number]

/** Impact by effort: a table, in which each cell is a list and leads to its own. */
export function Matrix({ groups, view, chosen, judge }: MatrixProps) {
  const of = (key: string) => groups.groups.find((group) => group.key === key)
  const unjudged = of('none')
  const dragged = useModel(() => new DragModel())
  const drag = judge && dragged
  const entries = groups.groups.flatMap((group) => group.entries)
  const held = entries.find(({ number }) => number === dragged.held.value) ?? null
  return (
    <div class="matrix">
      <ScrollBox label="Impact and effort">
        <table>
          <caption>
            <span>
              Shaded: quick wins, high impact for little effort.
              {judge && (
                <>
                  {' '}
                  Drag an entry, or choose it and press <span class="key">I</span> for impact,{' '}
                  <span class="key">E</span> for effort.
                </>
              )}
            </span>
          </caption>
          <thead>
            <tr>
              <th scope="col">
                <span class="vh">Impact</span>
              </th>
              {EFFORTS.map((effort) => (
                <th key={effort} scope="col">
                  <span class="col">
                    <EffortSign effort={effort} /> {EFFORT_WORDS[effort].toLowerCase()}
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {IMPACTS.map((impact) => (
              <tr key={impact}>
                <th scope="row">
                  <ImpactSign impact={impact} />
                  <span class="words">{IMPACT_WORDS[impact]}</span>
                </th>
                {EFFORTS.map((effort) => (
                  <MatrixCell
                    key={effort}
                    cell={{ impact, effort }}
                    group={of(cellKey({ impact, effort }))}
                    address={addressOfView(
                      withAsked(inTable(view), { impact: String(impact), effort }),
                    )}
                    chosen={chosen}
                    judge={judge}
                    drag={drag}
                    held={held}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      {groups.isPartial && (
        <p class="foot">
          Only the first by impact that fit these filters are here. The table has them all.
        </p>
      )}
      {unjudged && unjudged.total > 0 && (
        <section class="unjudged" aria-label="Not judged yet">
          <h2>Not judged yet, {totalOf(unjudged)}</h2>
          <Cards group={unjudged} chosen={chosen} judge={judge} drag={drag} />
          {unjudged.total > unjudged.entries.length && (
            <p class="meta">
              {unjudged.total - unjudged.entries.length} more stand at the end of the table.
            </p>
          )}
        </section>
      )}
    </div>
  )
}

interface CardsProps extends Pick<MatrixProps, 'chosen' | 'judge'> {
  group: Group
  drag: Drag | null
}

interface MatrixCellProps extends Omit<CardsProps, 'group'> {
  cell: Cell
  group: Group | undefined
  address: string
  /** The entry that is held over the matrix. */
  held: EntryCard | null
}

/** Its list, and whatever is dragged here is judged by it. */
function MatrixCell({ cell, group, address, held, ...around }: MatrixCellProps) {
  const { chosen, drag } = around
  const { impact, effort } = cell
  const quarter = QUARTERS[cellKey(cell)]
  const more = (group?.total ?? 0) - (group?.entries.length ?? 0)
  const judgement = held && judgementIn(cell, held)
  const isQuick = impact >= 3 && (effort === 'S' || effort === 'M')
  const isOver = judgement !== null && drag?.over.value === cellKey(cell)
  return (
    <td
      class={`${isQuick ? 'quick' : ''}${isOver ? ' over' : ''}`}
      {...(held &&
        judgement && {
          onDragOver: (event: DragEvent) => {
            // Without this the browser lets nothing go here.
            event.preventDefault()
            drag?.enter(cell)
          },
          onDragLeave: (event: DragEvent & { currentTarget: HTMLElement }) => {
            if (!event.currentTarget.contains(event.relatedTarget as Node | null)) drag?.leave(cell)
          },
          onDrop: (event: DragEvent) => {
            event.preventDefault()
            drag?.letGo()
            void chosen.judge([held], judgement)
          },
        })}
    >
      {quarter && <p class="quad">{quarter}</p>}
      {group && <Cards group={group} {...around} />}
      {more > 0 && (
        <a class="more" href={address}>
          {more}
          {group?.isMore && '+'} more
        </a>
      )}
    </td>
  )
}

function Cards({ group, ...around }: CardsProps) {
  if (group.entries.length === 0) return null
  return (
    <ul>
      {group.entries.map((card) => (
        <Card key={card.number} card={card} {...around} />
      ))}
    </ul>
  )
}

function totalOf({ total, isMore }: Group): string {
  return isMore ? `${total} or more` : String(total)
}
