import { useLayoutEffect, useRef } from 'preact/hooks'

import type { MenuPlaceNote } from '#shared/api/menu'
import { toClock } from '#shared/duration'
import type { Spread } from '#shared/menu-tree'

import { Icon } from '../parts/Icon'
import { Loading } from '../parts/Loading'
import { Tile } from '../parts/Tile'
import { Trouble } from '../parts/Trouble'
import { count, toLongDay } from '../words'
import type { Menu } from './menu'
import { END_WORDS, endsOf, keysInWords, type MapNode, nameOf } from './menu-words'

interface PlacePanelProps {
  menu: Menu
  node: MapNode
  close: () => void
}

/** One place in the menu: what happened to callers there, and what they said. It takes the focus; Escape closes it. */
export function PlacePanel({ menu, node, close }: PlacePanelProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useLayoutEffect(() => heading.current?.focus({ preventScroll: false }), [])
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape only; the button in it does the same
    <section
      class="card place"
      aria-labelledby="place"
      onKeyDown={(event) => {
        if (event.key === 'Escape') close()
      }}
    >
      <header class="line">
        <h2 class="grow" id="place" tabIndex={-1} ref={heading}>
          <span class="meta">{keysInWords(node.path)}</span>
          {nameOf(node)}
        </h2>
        <button class="btn quiet icon" type="button" aria-label="Close" onClick={close}>
          <Icon name="close" />
        </button>
      </header>
      <Facts node={node} />
      <Notes menu={menu} />
    </section>
  )
}

function Facts({ node }: { node: MapNode }) {
  const gaveUp = node.ends['gave-up'] ?? 0
  const ends = endsOf(node)
  return (
    <dl class="facts">
      <Fact term="Calls">
        {node.calls === 0 ? 'None came here' : `${node.calls}, by ${count(node.callers, 'leader')}`}
      </Fact>
      <Time term="Spent here" spread={node.stayMs} />
      {node.path.length > 0 && <Time term="Comes after" spread={node.arriveMs} />}
      {node.answered > 0 && (
        <Time term={`A person answered ${node.answered}`} spread={node.personMs} />
      )}
      {ends.length > 0 && (
        <Fact term="Calls that ended here">
          {ends.map(({ how, times }) => `${END_WORDS[how].words} ${times}`).join(', ')}
        </Fact>
      )}
      {gaveUp > 0 && <Fact term="Gave up here">{count(gaveUp, 'call')}</Fact>}
      {node.heard.length > 0 && (
        <Fact term="Heard here">{node.heard.map((words) => `“${words}”`).join(' ')}</Fact>
      )}
      {node.otherNames.length > 0 && (
        <Fact term="Others heard">{node.otherNames.map((name) => `“${name}”`).join(', ')}</Fact>
      )}
    </dl>
  )
}

function Fact({ term, children }: { term: string; children: string }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Time({ term, spread }: { term: string; spread: Spread | null }) {
  if (spread === null) return null
  const { median, worst } = spread
  return (
    <Fact term={term}>
      {median === worst ? toClock(median) : `${toClock(median)} median, ${toClock(worst)} worst`}
    </Fact>
  )
}

function Notes({ menu }: { menu: Menu }) {
  const notes = menu.notes.value
  const path = menu.place.value
  switch (notes.status) {
    case 'loading':
      return <Loading />
    case 'failed':
    case 'missing':
      return <Trouble retry={() => void (path && menu.openPlace(path))} />
    case 'ready':
      return notes.value.notes.length === 0 ? (
        <p class="soft">No note was made here.</p>
      ) : (
        <>
          <ul class="place-notes" aria-label="Notes">
            {notes.value.notes.map((note) => (
              <Note key={note.id} note={note} />
            ))}
          </ul>
          {notes.value.next !== null && (
            <p>
              <button
                class="btn small"
                type="button"
                disabled={menu.more.value === 'loading'}
                onClick={() => void menu.showMoreNotes()}
              >
                {menu.more.value === 'failed' ? 'Try again' : 'Show more notes'}
              </button>
            </p>
          )}
        </>
      )
  }
}

function Note({ note: { at, author, mood, wince, words, entry } }: { note: MenuPlaceNote }) {
  return (
    <li>
      <Tile mood={mood} wince={wince} />
      <span>
        {words === '' ? 'A silent moment: no words yet.' : words}
        <span class="meta">
          {author}, {toLongDay(at)}
          {entry !== null && (
            <>
              {' '}
              <a href={`/register/${entry.number}`} title={entry.title}>
                #{entry.number}
              </a>
            </>
          )}
        </span>
      </span>
    </li>
  )
}
