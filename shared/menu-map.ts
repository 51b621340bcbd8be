import type { Call, CallEnd } from '#shared/call'
import { DESIGN_MAX_DEPTH, type DesignNode } from '#shared/menu-design'
import type { CallersCall, MenuNode, Spread } from '#shared/menu-tree'
import type { Mood, Wince } from '#shared/note'
import { menuKey } from '#shared/place-key'

/** As many nodes as a map shows, those nearest to the greeting. */
export const MAP_MAX_NODES = 2_000
/** Entries named at one node. */
const ENTRIES_MAX = 5

/** A note about a place in the menu. */
export interface MenuNote {
  keys: readonly string[]
  mood: Mood
  wince: Wince | null
  /** The number of the entry it is in; null while it waits to be grouped. */
  entry: number | null
}

/** A node of the map: what callers met there, what was designed, and what they thought of it. */
export interface MapNode {
  /** What was told the menu so far; empty at the greeting. */
  path: string[]
  /** What callers call it; where nobody named it, what its design calls it. */
  name: string | null
  otherNames: string[]
  heard: string[]
  /** False where there is no design. */
  isDesigned: boolean
  calls: number
  callers: number
  stayMs: Spread | null
  arriveMs: Spread | null
  answered: number
  personMs: Spread | null
  ends: Partial<Record<CallEnd, number>>
  endMs: Spread | null
  deadEnds: number
  /** Nobody who came here came further: no next choice, no person, no other good end. */
  isStop: boolean
  /** Notes that embarrass, and the worst of them. */
  winces: number
  worst: Wince | null
  liked: number
  /** Register numbers of its notes, the lowest first. */
  entries: number[]
}

/** Whatever is known of one place. */
interface Known {
  path: string[]
  met: MenuNode | undefined
  designed: DesignNode | undefined
  notes: MenuNote[]
}

/** A call as far as a map shows it: nobody designs a menu that goes deeper. */
export function withinMap({ callerId, call }: CallersCall): CallersCall {
  if (call.path.length <= DESIGN_MAX_DEPTH) return { callerId, call }
  const cut: Call = {
    ...call,
    path: call.path.slice(0, DESIGN_MAX_DEPTH),
    heard: call.heard.filter(({ depth }) => depth <= DESIGN_MAX_DEPTH),
    offered: call.offered.filter(({ depth }) => depth < DESIGN_MAX_DEPTH),
    persons: call.persons.map(({ at, depth }) => ({
      at,
      depth: Math.min(depth, DESIGN_MAX_DEPTH),
    })),
  }
  return { callerId, call: cut }
}

/**
 * A menu as callers met it, with the options that were designed and the notes about each place:
 * every node, a parent before its children.
 */
export function menuMap(
  met: MenuNode,
  designed: DesignNode | undefined,
  notes: readonly MenuNote[],
): MapNode[] {
  const places = new Map<string, Known>()
  const at = (path: string[]): Known => {
    const key = menuKey(path)
    const known = places.get(key) ?? { path, met: undefined, designed: undefined, notes: [] }
    places.set(key, known)
    return known
  }
  walkTree(met, [], (node, path) => (at(path).met = node))
  if (designed) walkTree(designed, [], (node, path) => (at(path).designed = node))
  for (const note of notes) {
    const path = note.keys.slice(0, DESIGN_MAX_DEPTH)
    // Where a call was taken back, its notes still say that there is such a place.
    for (let depth = 0; depth <= path.length; depth += 1) at(path.slice(0, depth))
    at(path).notes.push(note)
  }
  const shown = [...places.values()]
    .toSorted((one, other) => one.path.length - other.path.length)
    .slice(0, MAP_MAX_NODES)
  return inTreeOrder(shown).map(toMapNode)
}

interface Tree<Node> {
  choice: string | null
  children: Node[]
}

function walkTree<Node extends Tree<Node>>(
  node: Node,
  path: string[],
  visit: (node: Node, path: string[]) => void,
): void {
  visit(node, path)
  for (const child of node.children) walkTree(child, [...path, child.choice ?? ''], visit)
}

/** Each under its parent, by the keys of a phone, then words, those said most first. */
function inTreeOrder(places: readonly Known[]): Known[] {
  const children = new Map<string, Known[]>()
  for (const place of places.filter(({ path }) => path.length > 0)) {
    const parent = menuKey(place.path.slice(0, -1))
    children.set(parent, [...(children.get(parent) ?? []), place])
  }
  const below = (key: string): Known[] =>
    (children.get(key) ?? [])
      .toSorted(byPhone)
      .flatMap((place) => [place, ...below(menuKey(place.path))])
  return [...places.filter(({ path }) => path.length === 0), ...below('')]
}

const PHONE = '123456789*0#'

function byPhone(one: Known, other: Known): number {
  return rankOf(one) - rankOf(other) || (other.met?.calls ?? 0) - (one.met?.calls ?? 0)
}

function rankOf({ path }: Known): number {
  const choice = path.at(-1) ?? ''
  const place = choice.length === 1 ? PHONE.indexOf(choice) : -1
  return place === -1 ? PHONE.length : place
}

function toMapNode({ path, met, designed, notes }: Known): MapNode {
  const winces = notes.filter(({ mood }) => mood === 'embarrassed')
  const worst = winces.reduce<Wince | null>(
    (most, { wince }) => (wince !== null && wince > (most ?? -1) ? wince : most),
    null,
  )
  const entries = [...new Set(notes.flatMap(({ entry }) => (entry === null ? [] : [entry])))]
  return {
    path,
    name: met?.name ?? designed?.name ?? null,
    otherNames: met?.otherNames ?? [],
    heard: met?.heard ?? [],
    isDesigned: designed !== undefined,
    calls: met?.calls ?? 0,
    callers: met?.callers ?? 0,
    stayMs: met?.stayMs ?? null,
    arriveMs: met?.arriveMs ?? null,
    answered: met?.answered ?? 0,
    personMs: met?.personMs ?? null,
    ends: met?.ends ?? {},
    endMs: met?.endMs ?? null,
    deadEnds: met?.deadEnds ?? 0,
    isStop: met !== undefined && isStop(met),
    winces: winces.length,
    worst,
    liked: notes.length - winces.length,
    entries: entries.toSorted((one, other) => one - other).slice(0, ENTRIES_MAX),
  }
}

function isStop({ children, answered, ends, deadEnds }: MenuNode): boolean {
  const ended = Object.values(ends).reduce((sum, count) => sum + count, 0)
  return (
    deadEnds > 0 &&
    deadEnds === ended &&
    answered === 0 &&
    children.every(({ calls }) => calls === 0)
  )
}
