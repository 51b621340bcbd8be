import {
  type CallersCall,
  type Said,
  byTime,
  isSameName,
  meaningsOf,
  withinSpellings,
} from '#shared/menu-tree'
import { menuKey } from '#shared/place-key'

/** An option that became another one, or was not there before. */
interface OptionChange {
  path: string[]
  /** Null where the option is new. */
  before: string | null
  after: string
}

/** A stretch of calls in which the menu stayed as it was. All times are Unix ms. */
export interface MenuVersion {
  /** When its first call was dialled. */
  from: number
  /** When its last call was dialled. */
  to: number
  calls: number
  /** What became another thing when it began; empty for the first. */
  changes: OptionChange[]
}

/** Calls that listed the options of a node before one of them counts as new there. */
const LISTED_WITHOUT = 3
/** Fewer are no list: many write down only what they press. */
const LIST_LENGTH = 2

/** Somebody wrote down what a key is for. */
interface Statement extends Said {
  /** Which call, in the order of time. */
  call: number
}

/** A change that began after one call and by another. */
interface Found {
  /** The last call before, of those that said something about it. */
  after: number
  /** The first call that met it. */
  by: number
  change: OptionChange
}

/** What callers wrote about the options of one node. */
interface Listed {
  path: string[]
  /** How many options each call listed, in order. */
  calls: Map<number, number>
  options: Map<string, Statement[]>
  /** The first call that took each. */
  taken: Map<string, number>
}

/**
 * How a menu changed, from what callers wrote about it. A change counts where two callers agree on
 * it, or two calls where one person made all, and nobody says the old thing afterwards; a typo or
 * one who heard something else is none. Changes that may have come at once make one version.
 *
 * @returns oldest first; none without calls
 */
export function menuVersions(calls: readonly CallersCall[]): MenuVersion[] {
  const inTime = calls.toSorted(byTime)
  const isAgreed = agreement(inTime)
  const found = listedIn(inTime)
    .flatMap((listed) => [...renamedIn(listed, isAgreed), ...addedIn(listed, isAgreed)])
    .toSorted((one, other) => one.by - other.by)
  const begins: { at: number; changes: OptionChange[] }[] = [{ at: 0, changes: [] }]
  for (const { after, by, change } of found) {
    const last = begins.at(-1)
    // Nobody said that it was still the old one since that version began.
    if (last !== undefined && last.at > 0 && after < last.at) last.changes.push(change)
    else begins.push({ at: by, changes: [change] })
  }
  return begins.flatMap(({ at, changes }, index) => {
    const own = inTime.slice(at, begins[index + 1]?.at)
    const [first, last] = [own[0], own.at(-1)]
    if (first === undefined || last === undefined) return []
    return { from: first.call.dialledAt, to: last.call.dialledAt, calls: own.length, changes }
  })
}

/** The calls of one version, which is counted from 0. */
export function callsOfVersion(
  calls: readonly CallersCall[],
  versions: readonly MenuVersion[],
  index: number,
): CallersCall[] {
  const before = versions.slice(0, index).reduce((sum, version) => sum + version.calls, 0)
  return calls.toSorted(byTime).slice(before, before + (versions[index]?.calls ?? 0))
}

type IsAgreed = (statements: readonly Statement[]) => boolean

/** True for what two people wrote, or one person in two calls where nobody else called. */
function agreement(calls: readonly CallersCall[]): IsAgreed {
  const isAlone = new Set(calls.map(({ callerId }) => callerId)).size === 1
  return (statements) =>
    new Set(statements.map(({ call, callerId }) => (isAlone ? call : callerId))).size > 1
}

function listedIn(calls: readonly CallersCall[]): Listed[] {
  const nodes = new Map<string, Listed>()
  for (const [index, { callerId, call }] of calls.entries()) {
    const choices = call.path.map(({ choice }) => choice)
    const nodeAt = (depth: number) => {
      const path = choices.slice(0, depth)
      const node = nodes.get(menuKey(path)) ?? {
        path,
        calls: new Map<number, number>(),
        options: new Map<string, Statement[]>(),
        taken: new Map<string, number>(),
      }
      nodes.set(menuKey(path), node)
      return node
    }
    for (const { key, label, depth } of call.offered) {
      const node = nodeAt(depth)
      const said = node.options.get(key) ?? []
      if (said.at(-1)?.call !== index) node.calls.set(index, (node.calls.get(index) ?? 0) + 1)
      said.push({ call: index, callerId, text: label })
      node.options.set(key, said)
    }
    for (const [depth, choice] of choices.entries()) {
      const { taken } = nodeAt(depth)
      if (!taken.has(choice)) taken.set(choice, index)
    }
  }
  return [...nodes.values()]
}

function renamedIn({ path, options }: Listed, isAgreed: IsAgreed): Found[] {
  return [...options].flatMap(([key, all]) => {
    const said = withinSpellings(all)
    const isSame = comparison()
    const found: Found[] = []
    let begin = 0
    for (let at = 1; at < said.length; at += 1) {
      const [first, here] = [said[begin]?.text ?? '', said[at]?.text ?? '']
      const old = said.slice(begin, at).filter(({ text }) => isSame(text, first))
      const rest = said.slice(at)
      const [oldTexts, laterTexts] = [textsOf(old), textsOf(rest)]
      if (laterTexts.some((text) => oldTexts.some((known) => isSame(known, text)))) continue
      const next = rest.filter(({ text }) => isSame(text, here))
      if (!isAgreed(next)) continue
      found.push({
        after: old.at(-1)?.call ?? 0,
        by: said[at]?.call ?? 0,
        change: { path: [...path, key], before: nameOf(old), after: nameOf(next) },
      })
      begin = at
    }
    return found
  })
}

function addedIn({ path, calls, options, taken }: Listed, isAgreed: IsAgreed): Found[] {
  return [...options].flatMap(([key, all]) => {
    const said = withinSpellings(all)
    const isSame = comparison()
    const by = said[0]?.call ?? 0
    const lists = [...calls].flatMap(([call, length]) => (length < LIST_LENGTH ? [] : [call]))
    const without = lists.filter((call) => call < by)
    const since = lists.filter((call) => call >= by)
    const listing = new Set(said.map(({ call }) => call)).size
    const isNew =
      without.length >= LISTED_WITHOUT &&
      (taken.get(key) ?? by) >= by &&
      listing * 2 >= since.length &&
      isAgreed(said.filter(({ text }) => isSame(text, said[0]?.text ?? '')))
    if (!isNew) return []
    const change = { path: [...path, key], before: null, after: nameOf(said) }
    return { after: without.at(-1) ?? 0, by, change }
  })
}

/** `isSameName` that compares no two texts twice. */
function comparison(): (one: string, other: string) => boolean {
  const known = new Map<string, boolean>()
  return (one, other) => {
    if (one === other) return true
    const pair = `${one}\n${other}`
    const isSame = known.get(pair) ?? isSameName(one, other)
    known.set(pair, isSame)
    return isSame
  }
}

function textsOf(said: readonly Statement[]): string[] {
  return [...new Set(said.map(({ text }) => text))]
}

function nameOf(said: readonly Statement[]): string {
  return meaningsOf(said)[0] ?? ''
}
