import type { MenuMap } from '#shared/api/menu'
import type { CallEnd } from '#shared/call'
import { toClock } from '#shared/duration'
import type { IconName } from '#shared/style/icons'

import { count, toLongDay } from '../words'

/** How the dashboard says what a voice menu is and did. */

export type MapNode = MenuMap['nodes'][number]

/** What a call ended with, also in as few words as fit a node, and its sign. */
export const END_WORDS = {
  human: { words: 'A person', short: 'Person', icon: 'human' },
  'self-served': { words: 'Solved by the menu', short: 'Solved', icon: 'check' },
  voicemail: { words: 'Voicemail', short: 'Voicemail', icon: 'voicemail' },
  'dead-end': { words: 'A dead end', short: 'Dead end', icon: 'deadend' },
  callback: { words: 'They will call back', short: 'Callback', icon: 'callback' },
  'wrong-language': { words: 'The wrong language', short: 'Language', icon: 'warn' },
  closed: { words: 'Closed', short: 'Closed', icon: 'lock' },
  dropped: { words: 'The line dropped', short: 'Dropped', icon: 'drop' },
  'gave-up': { words: 'Gave up', short: 'Gave up', icon: 'close' },
  'hung-up': { words: 'Hung up', short: 'Hung up', icon: 'phone' },
} as const satisfies Record<CallEnd, { words: string; short: string; icon: IconName }>

/** `1 › 3 › 0`; the greeting has no keys. */
export function keysInWords(path: readonly string[]): string {
  return path.length === 0 ? 'Greeting' : path.join(' › ')
}

/** What a node is called: by callers, by its design, or by its key alone. */
export function nameOf({ name, path }: Pick<MapNode, 'name' | 'path'>): string {
  if (name !== null) return name
  return path.length === 0 ? 'Greeting' : 'No name yet'
}

/** How calls ended at a node, most first. */
export function endsOf({ ends }: Pick<MapNode, 'ends'>): { how: CallEnd; times: number }[] {
  return Object.entries(ends)
    .map(([how, times]) => ({ how: how as CallEnd, times }))
    .toSorted((one, other) => other.times - one.times)
}

export function endedCalls(node: Pick<MapNode, 'ends'>): number {
  return endsOf(node).reduce((sum, { times }) => sum + times, 0)
}

/** The line under a node's name: what became of those who came there. */
export function lineUnder(
  node: MapNode,
  hasFurther: boolean,
): { icon: IconName | null; words: string } {
  const { path, calls, answered, personMs, stayMs, arriveMs, endMs, isDesigned } = node
  if (calls === 0)
    return {
      icon: null,
      words: isDesigned ? 'never reached' : path.length === 0 ? 'no call' : 'nobody took it',
    }
  if (answered > 0 && !hasFurther && personMs !== null) {
    const of = answered < calls ? `, ${answered} of ${calls}` : ''
    const at = clockOf(personMs).map((clock) => ` at ${clock}`)
    return { icon: 'human', words: `Person${at.join('')}${of}` }
  }
  const [end] = endsOf(node)
  if (end !== undefined && !hasFurther && endMs !== null) {
    const { short, icon } = END_WORDS[end.how]
    return { icon, words: [short, ...clockOf(endMs)].join(', ') }
  }
  const times =
    path.length === 0
      ? clockOf(stayMs).map((clock) => `${clock} first`)
      : [...clockOf(arriveMs).map((clock) => `${clock} in`), count(calls, 'call')]
  return { icon: null, words: times.join(' · ') || count(calls, 'call') }
}

/** Steps that were all written down at one moment tell no time. */
function clockOf(spread: MapNode['stayMs']): string[] {
  return spread === null || spread.worst === 0 ? [] : [toClock(spread.median)]
}

const month = new Intl.DateTimeFormat('en-GB', { month: 'long' })
const monthAndYear = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric' })

/** `June to November`, or one month; with years where they differ. Unix ms. */
export function toMonths(from: number, to: number): string {
  if (monthAndYear.format(from) === monthAndYear.format(to)) return month.format(from)
  const isOneYear = new Date(from).getFullYear() === new Date(to).getFullYear()
  const format = isOneYear ? month : monthAndYear
  return `${format.format(from)} to ${format.format(to)}`
}

/** `Since 12 October, 2 options changed`; what came before says until when it was so. */
export function versionInWords({ versions }: Pick<MenuMap, 'versions'>, index: number): string {
  const version = versions[index]
  const next = versions[index + 1]
  if (version === undefined) return ''
  const changed = `${count(version.changes.length, 'option')} changed`
  if (index === 0) return next === undefined ? 'As it always was' : `Until ${toLongDay(version.to)}`
  if (next === undefined) return `Since ${toLongDay(version.from)}, ${changed}`
  return `${toLongDay(version.from)} to ${toLongDay(version.to)}, ${changed}`
}

/** `1 › 3 was “Wi-Fi”, now it is “Network”`. */
export function changeInWords({
  path,
  before,
  after,
}: MenuMap['versions'][number]['changes'][number]): string {
  return before === null
    ? `${keysInWords(path)} is new: “${after}”`
    : `${keysInWords(path)} was “${before}”, now it is “${after}”`
}

/** Rows of “Where calls end”: the worst wince first, then what leaves most callers where they were. */
export function endRows(nodes: readonly MapNode[]): MapNode[] {
  return nodes
    .filter((node) => endedCalls(node) > 0 || node.answered > 0 || isNeverReached(node))
    .toSorted(
      (one, other) =>
        Number(isNeverReached(one)) - Number(isNeverReached(other)) ||
        (other.worst ?? -1) - (one.worst ?? -1) ||
        other.deadEnds - one.deadEnds ||
        endedCalls(other) - endedCalls(one),
    )
}

export function isNeverReached({ calls, isDesigned, path }: MapNode): boolean {
  return calls === 0 && isDesigned && path.length > 0
}
