import type { EntryCard, EntryGroups } from '#shared/api/entry-list'
import { EFFORT_WORDS, type Effort, IMPACT_WORDS, type Impact } from '#shared/entry'

import { EffortSign } from '../parts/EffortSign'
import { ImpactSign } from '../parts/ImpactSign'
import { ScrollBox } from '../parts/ScrollBox'
import { Card } from './Card'
import type { Chosen } from './chosen'
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
  judge: ((card: EntryCard) => void) | null
}

type Group = EntryGroups['groups'][number]

/** Impact by effort: a table, in which each cell is a list and leads to its own. */
export function Matrix({ groups, view, chosen, judge }: MatrixProps) {
  const of = (key: string) => groups.groups.find((group) => group.key === key)
  const unjudged = of('none')
  return (
    <div class="matrix">
      <ScrollBox label="Impact and effort">
        <table>
          <caption>
            Shaded: quick wins, high impact for little effort. Choose an entry, then press{' '}
            <span class="key">I</span> for impact, <span class="key">E</span> for effort.
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
                  <Cell
                    key={effort}
                    group={of(`${impact}${effort}`)}
                    quarter={QUARTERS[`${impact}${effort}`]}
                    isQuick={impact >= 3 && (effort === 'S' || effort === 'M')}
                    address={addressOfView(
                      withAsked(inTable(view), { impact: String(impact), effort }),
                    )}
                    chosen={chosen}
                    judge={judge}
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
          <Cards group={unjudged} chosen={chosen} judge={judge} />
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

interface CellProps extends Pick<MatrixProps, 'chosen' | 'judge'> {
  group: Group | undefined
  quarter: string | undefined
  isQuick: boolean
  address: string
}

function Cell({ group, quarter, isQuick, address, chosen, judge }: CellProps) {
  const more = (group?.total ?? 0) - (group?.entries.length ?? 0)
  return (
    <td class={isQuick ? 'quick' : ''}>
      {quarter && <p class="quad">{quarter}</p>}
      {group && <Cards group={group} chosen={chosen} judge={judge} />}
      {more > 0 && (
        <a class="more" href={address}>
          {more}
          {group?.isMore && '+'} more
        </a>
      )}
    </td>
  )
}

function Cards({ group, chosen, judge }: { group: Group } & Pick<MatrixProps, 'chosen' | 'judge'>) {
  if (group.entries.length === 0) return null
  return (
    <ul>
      {group.entries.map((card) => (
        <Card key={card.number} card={card} chosen={chosen} judge={judge} />
      ))}
    </ul>
  )
}

function totalOf({ total, isMore }: Group): string {
  return isMore ? `${total} or more` : String(total)
}
