import { Icon } from '../parts/Icon'
import { toShortDay } from '../words'
import { type Measure, measuresOf, verdictOf } from './compare'
import { EntryLink } from './EntryLink'
import type { Drawn, PlaybackState, Shown } from './playback'

/** The totals of the walk, and how they changed since the one beside it. */
export function Figures({ playback, shown }: { playback: PlaybackState; shown: Shown }) {
  const beside = playback.other.value
  const other = beside.status === 'ready' ? beside.value : null
  const now = shown.detail
  const measures = measuresOf(measured(shown), other && measured(other))
  return (
    <section class="card cmp" aria-labelledby="cm">
      <h2 id="cm">{other === null ? 'In figures' : 'Then and now'}</h2>
      <table class="table">
        <thead>
          <tr>
            <th scope="col">
              <span class="vh">Measure</span>
            </th>
            {other !== null && (
              <th scope="col" class="r">
                {toShortDay(other.detail.walk.startedAt)}
              </th>
            )}
            <th scope="col" class="r">
              {toShortDay(now.walk.startedAt)}
            </th>
            {other !== null && (
              <th scope="col" class="r">
                Change
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {measures.map((measure) => (
            <tr key={measure.name}>
              <th scope="row">{measure.name}</th>
              {other !== null && <td class="r">{measure.before}</td>}
              <td class="r">{measure.now}</td>
              {other !== null && (
                <td class="r">
                  <Change change={measure.change} />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      <Verdict shown={shown} other={other} />
    </section>
  )
}

const measured = ({ detail, calls }: Drawn) => ({ ...detail, calls })

function Change({ change }: Pick<Measure, 'change'>) {
  if (change === null) return <span class="vh">another answer</span>
  if (change.way === 'same') return <>same</>
  return (
    <span class="line">
      <Icon name={change.way === 'less' ? 'fall' : 'up'} />
      <span class="vh">{change.way} by </span>
      {change.by}
    </span>
  )
}

const ENTRIES_SHOWN = 5

/** What stands between the customer and their errand: the entries of its worst winces. */
interface VerdictProps {
  shown: Shown
  other: Drawn | null
}

/** What stands between the customer and their errand: the entries of its worst winces. */
function Verdict({ shown, other }: VerdictProps) {
  const numbers = shown.detail.notes
    .filter(({ mood }) => mood === 'embarrassed')
    .toSorted((one, another) => (another.wince ?? 0) - (one.wince ?? 0))
    .flatMap(({ entry }) => (entry === null ? [] : [entry.number]))
  const entries = [...new Set(numbers)].slice(0, ENTRIES_SHOWN)
  if (other === null && entries.length === 0) return null
  return (
    <p class="verdict">
      {other !== null && `${verdictOf(shown.detail, other.detail)} `}
      {entries.length > 0 && 'What stood in the way: '}
      {entries.map((number, index) => (
        <span key={number}>
          {index > 0 && ', '}
          <EntryLink number={number} reads={shown.readsRegister} />
        </span>
      ))}
      {entries.length > 0 && '.'}
    </p>
  )
}
