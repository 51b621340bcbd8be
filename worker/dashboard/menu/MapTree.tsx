import type { TargetedKeyboardEvent } from 'preact'
import { useMemo, useRef } from 'preact/hooks'

import { menuKey } from '#shared/place-key'

import { Icon } from '../parts/Icon'
import { Tile } from '../parts/Tile'
import { isNeverReached, lineUnder, type MapNode, nameOf } from './menu-words'

interface MapTreeProps {
  nodes: readonly MapNode[]
  /** The place that is open. */
  place: readonly string[] | null
  open: (path: readonly string[]) => void
  close: () => void
}

interface Branch {
  node: MapNode
  children: Branch[]
}

/** All calls merged: nested lists, drawn from left to right. Arrow keys go to parent, children and neighbours. */
export function MapTree({ nodes, place, open, close }: MapTreeProps) {
  const root = useMemo(() => toBranches(nodes), [nodes])
  const tree = useRef<HTMLUListElement>(null)
  const move = (event: TargetedKeyboardEvent<HTMLUListElement>) => {
    if (event.key === 'Escape' && place !== null) close()
    const next = neighbourOf(event.target, event.key, tree.current)
    if (next === undefined) return
    event.preventDefault()
    next.focus()
  }
  return (
    <section class="card map-card" aria-labelledby="map">
      <h2 class="vh" id="map">
        All calls merged, keys from left to right
      </h2>
      <a class="skip" href="#ends">
        Skip the map
      </a>
      {/* oxlint-disable jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-noninteractive-element-interactions -- without focus, no key would scroll it; its nodes are buttons */}
      <section class="map scroll-x" aria-label="Map" tabIndex={0}>
        <ul class="tree" ref={tree} onKeyDown={move}>
          {root && (
            <Item branch={root} place={place === null ? null : menuKey(place)} open={open} />
          )}
        </ul>
      </section>
      {/* oxlint-enable jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-noninteractive-element-interactions */}
      <p class="legend">
        <span>
          <i class="a" /> nobody gets further
        </span>
        <span>
          <i class="b" /> never reached
        </span>
        <span>
          <Tile mood="embarrassed" wince={3} /> worst wince there
        </span>
        <span>Times are medians from the first ring</span>
      </p>
    </section>
  )
}

interface ItemProps {
  branch: Branch
  place: string | null
  open: (path: readonly string[]) => void
}

function Item({ branch: { node, children }, place, open }: ItemProps) {
  const hasFurther = children.some((child) => child.node.calls > 0)
  const isOpen = place === menuKey(node.path)
  const line = lineUnder(node, hasFurther)
  return (
    <li>
      <button
        class={classOf(node)}
        type="button"
        aria-expanded={isOpen}
        onClick={() => open(node.path)}
      >
        {node.path.length > 0 && <kbd class="cut">{node.path.at(-1)}</kbd>}
        <span class="words">
          <b class="cut">{nameOf(node)}</b>
          {line.icon === null ? (
            <small>{line.words}</small>
          ) : (
            <span class="out">
              <Icon name={line.icon} /> <span class="cut">{line.words}</span>
            </span>
          )}
          {node.isStop && <span class="vh">. Nobody gets further.</span>}
        </span>
        {(node.winces > 0 || node.liked > 0) && (
          <Tile mood={node.winces > 0 ? 'embarrassed' : 'liked'} wince={node.worst} />
        )}
      </button>
      {children.length > 0 && (
        <ul>
          {children.map((child) => (
            <Item key={menuKey(child.node.path)} branch={child} place={place} open={open} />
          ))}
        </ul>
      )}
    </li>
  )
}

function classOf(node: MapNode): string {
  const kind = node.isStop ? ' stop' : node.calls === 0 && node.path.length > 0 ? ' ghost' : ''
  return `n${node.path.length === 0 ? ' root' : ''}${kind}${isNeverReached(node) ? ' designed' : ''}`
}

/** A parent comes before its children. */
function toBranches(nodes: readonly MapNode[]): Branch | undefined {
  const branches = new Map<string, Branch>()
  for (const node of nodes) {
    const branch: Branch = { node, children: [] }
    branches.set(menuKey(node.path), branch)
    if (node.path.length > 0) branches.get(menuKey(node.path.slice(0, -1)))?.children.push(branch)
  }
  return branches.get('')
}

/** The node that an arrow key leads to. */
function neighbourOf(
  from: EventTarget | null,
  key: string,
  tree: HTMLElement | null,
): HTMLElement | undefined {
  if (!(from instanceof HTMLElement) || !from.matches('.n')) return undefined
  const item = from.closest('li')
  const all = [...(tree?.querySelectorAll<HTMLElement>('.n') ?? [])]
  const at = all.indexOf(from)
  switch (key) {
    case 'ArrowDown':
      return all[at + 1]
    case 'ArrowUp':
      return all[at - 1]
    case 'ArrowRight':
      return item?.querySelector<HTMLElement>(':scope > ul .n') ?? undefined
    case 'ArrowLeft':
      return item?.parentElement?.closest('li')?.querySelector<HTMLElement>('.n') ?? undefined
    default:
      return undefined
  }
}
