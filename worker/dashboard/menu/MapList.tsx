import { toClock } from '#shared/duration'
import type { Spread } from '#shared/menu-tree'
import { menuKey } from '#shared/place-key'

import { ScrollBox } from '../parts/ScrollBox'
import { EntryLinks } from './EntryLinks'
import { keysInWords, type MapNode, nameOf } from './menu-words'
import { WinceOf } from './WinceOf'

interface MapListProps {
  nodes: readonly MapNode[]
  place: readonly string[] | null
  open: (path: readonly string[]) => void
}

/** The map as a table: every node with everything that is known of it. */
export function MapList({ nodes, place, open }: MapListProps) {
  const shown = place === null ? null : menuKey(place)
  return (
    <section class="card map-list" aria-labelledby="list">
      <header>
        <h2 id="list">Every option</h2>
        <span class="meta">Times in minutes and seconds, median and worst</span>
      </header>
      <ScrollBox label="Every option">
        <table class="table">
          <caption class="vh">Every option of the menu, as callers met it</caption>
          <thead>
            <tr>
              <th scope="col">Keys</th>
              <th scope="col">Choice</th>
              <th scope="col" class="r">
                Calls
              </th>
              <th scope="col" class="r">
                Leaders
              </th>
              <th scope="col" class="r">
                Spent here
              </th>
              <th scope="col" class="r">
                Comes after
              </th>
              <th scope="col" class="r">
                Answered
              </th>
              <th scope="col" class="r">
                Dead ends
              </th>
              <th scope="col" class="r">
                Gave up
              </th>
              <th scope="col" class="r">
                Winces
              </th>
              <th scope="col">Worst</th>
              <th scope="col">Entry</th>
            </tr>
          </thead>
          <tbody>
            {nodes.map((node) => {
              const key = menuKey(node.path)
              return (
                <tr key={key} class={key === shown ? 'on' : ''}>
                  <th scope="row">{keysInWords(node.path)}</th>
                  <td class="option-name">
                    <button
                      class="btn small quiet"
                      type="button"
                      aria-expanded={key === shown}
                      onClick={() => open(node.path)}
                    >
                      {nameOf(node)}
                    </button>
                    {node.calls === 0 && <span class="meta run"> never reached</span>}
                    {node.isStop && <span class="meta run"> nobody gets further</span>}
                  </td>
                  <td class="r">{node.calls}</td>
                  <td class="r">{node.callers}</td>
                  <td class="r">{toSpread(node.stayMs)}</td>
                  <td class="r">{toSpread(node.arriveMs)}</td>
                  <td class="r">{node.answered}</td>
                  <td class="r">{node.deadEnds}</td>
                  <td class="r">{node.ends['gave-up'] ?? 0}</td>
                  <td class="r">{node.winces}</td>
                  <td>
                    <WinceOf node={node} />
                  </td>
                  <td>
                    <EntryLinks entries={node.entries} />
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </ScrollBox>
    </section>
  )
}

function toSpread(spread: Spread | null): string {
  if (spread === null) return '–'
  const { median, worst } = spread
  return median === worst ? toClock(median) : `${toClock(median)} – ${toClock(worst)}`
}
