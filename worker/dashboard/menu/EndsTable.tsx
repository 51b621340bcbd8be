import { useSignal } from '@preact/signals'

import { toClock } from '#shared/duration'
import { menuKey } from '#shared/place-key'

import { Icon } from '../parts/Icon'
import { ScrollBox } from '../parts/ScrollBox'
import { EntryLinks } from './EntryLinks'
import {
  END_WORDS,
  endedCalls,
  endRows,
  endsOf,
  isNeverReached,
  keysInWords,
  type MapNode,
  nameOf,
} from './menu-words'
import { WinceOf } from './WinceOf'

const ROWS_FIRST = 100

/** Where calls end, worst first: what the map shows, for those who read rather than look. */
export function EndsTable({ nodes }: { nodes: readonly MapNode[] }) {
  const isWhole = useSignal(false)
  const rows = endRows(nodes)
  const shown = isWhole.value ? rows : rows.slice(0, ROWS_FIRST)
  return (
    <section class="card tbl" aria-labelledby="ends">
      <header>
        <h2 id="ends" tabIndex={-1}>
          Where calls end
        </h2>
        <span class="meta">Worst first</span>
      </header>
      {rows.length === 0 ? (
        <p class="pad soft">Nobody wrote down how a call ended.</p>
      ) : (
        <ScrollBox label="Where calls end">
          <table class="table">
            <caption class="vh">Where calls end, worst first</caption>
            <thead>
              <tr>
                <th scope="col">Keys</th>
                <th scope="col">Choice</th>
                <th scope="col">Ends with</th>
                <th scope="col" class="r">
                  Median time
                </th>
                <th scope="col" class="r">
                  Calls
                </th>
                <th scope="col">Worst</th>
                <th scope="col">Entry</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((node) => (
                <Row key={menuKey(node.path)} node={node} />
              ))}
            </tbody>
          </table>
        </ScrollBox>
      )}
      {shown.length < rows.length && (
        <p class="pad">
          <button class="btn" type="button" onClick={() => (isWhole.value = true)}>
            Show all {rows.length}
          </button>
        </p>
      )}
    </section>
  )
}

function Row({ node }: { node: MapNode }) {
  const ended = endedCalls(node)
  const time = node.personMs ?? node.endMs
  return (
    <tr>
      <th scope="row">{keysInWords(node.path)}</th>
      <td>{nameOf(node)}</td>
      <td>
        <EndsWith node={node} />
      </td>
      <td class="r">{time === null ? '–' : toClock(time.median)}</td>
      <td class="r">{Math.max(ended, node.answered)}</td>
      <td>
        <WinceOf node={node} />
      </td>
      <td>
        <EntryLinks entries={node.entries} />
      </td>
    </tr>
  )
}

/** What most calls came to here, and the others behind it. */
function EndsWith({ node }: { node: MapNode }) {
  if (isNeverReached(node)) {
    return (
      <span class="line">
        <Icon name="flag" /> In the design, never reached
      </span>
    )
  }
  const ends = endsOf(node)
  const people = node.answered > 0 ? [{ ...END_WORDS.human, times: node.answered }] : []
  const all = [
    ...people,
    // Whoever was answered and hung up came to a person.
    ...ends
      .filter(({ how }) => how !== 'human' && !(how === 'hung-up' && node.answered > 0))
      .map(({ how, times }) => ({ ...END_WORDS[how], times })),
  ].toSorted((one, other) => other.times - one.times)
  const [first] = all
  if (first === undefined) return <span class="no">–</span>
  return (
    <span class="line">
      <Icon name={first.icon} />
      {all.length === 1
        ? first.words
        : all.map(({ words, times }) => `${words} ${times}`).join(', ')}
    </span>
  )
}
