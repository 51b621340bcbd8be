import type { MenuMap } from '#shared/api/menu'
import { toClock } from '#shared/duration'

import { count } from '../words'
import { keysInWords } from './menu-words'

/** What a map comes to, in plain sentences: the first is what matters most. */
export interface Finding {
  first: string
  rest: string[]
}

type Found = Pick<MenuMap, 'over' | 'reached' | 'personMs' | 'nodes'>

/** Nothing in it is made up: every figure is one of the map's. */
export function findingOf(map: Found): Finding {
  return {
    first: reachedInWords(map.over, map.reached),
    rest: [timesInWords(map), quickestInWords(map), deadEndsInWords(map)].flatMap((sentence) =>
      sentence === null ? [] : [sentence],
    ),
  }
}

function reachedInWords(calls: number, reached: number): string {
  if (calls === 0) return 'Nobody wrote down how a call ended.'
  if (calls === 1)
    return reached === 1 ? 'The one call reached a person.' : 'The one call never reached a person.'
  if (reached === calls) return `All ${calls} calls reached a person.`
  if (reached === 0) return `None of the ${calls} calls reached a person.`
  return `${calls - reached} of ${calls} calls never reached a person.`
}

function timesInWords({ reached, personMs }: Found): string | null {
  if (personMs === null) return null
  const { median, worst } = personMs
  if (reached === 1) return `The one that did took ${toClock(median)}.`
  const atWorst = worst === median ? '' : `, ${toClock(worst)} at worst`
  return `For those that did it took ${toClock(median)} (median)${atWorst}.`
}

/** Only where people answer at more than one place. */
function quickestInWords({ nodes }: Found): string | null {
  const answering = nodes
    .flatMap(({ path, name, personMs }) => (personMs === null ? [] : [{ path, name, personMs }]))
    .toSorted((one, other) => one.personMs.median - other.personMs.median)
  const [quickest] = answering
  if (quickest === undefined || answering.length < 2) return null
  const name = quickest.name === null ? '' : `, ${quickest.name}`
  return `The quickest way to one is ${keysInWords(quickest.path)}${name}: ${toClock(quickest.personMs.median)}.`
}

/** Where most calls end that leave their callers where they were. */
function deadEndsInWords({ nodes, reached }: Found): string | null {
  const all = nodes.reduce((sum, { deadEnds }) => sum + deadEnds, 0)
  const worst = nodes.toSorted((one, other) => other.deadEnds - one.deadEnds)[0]
  if (reached > 0 || worst === undefined || worst.deadEnds === 0) return null
  const name = worst.name === null ? '' : `, ${worst.name}`
  return `${count(all, 'call')} left the caller where they were, most at ${keysInWords(worst.path)}${name}.`
}
