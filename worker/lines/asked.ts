import { type EntryQuery, QUIET_DAYS } from '#shared/api/entry-list'

import type { LineCondition } from './queries'

const DAY_MS = 86_400_000

/** What a list is asked for: in which of the kept lists an entry has to stand, and what else is asked of it. */
export interface Asked {
  /** At least one: `open`, or another of which every entry has one. */
  facets: string[]
  conditions: LineCondition[]
}

type Filters = Omit<EntryQuery, 'sort' | 'after' | 'before' | 'limit' | 'q'>

/**
 * The lists of `entry_line` (0022) that a query names.
 *
 * @param personId who `me` is
 * @param now Unix ms; the day it is, and what is quiet, follow from it
 */
export function askedOf(query: Filters, personId: string, now: number): Asked {
  const facets = [
    query.state === 'open' || query.state === 'all' ? query.state : `state:${query.state}`,
  ]
  const conditions: LineCondition[] = []
  const today = new Date(now).toISOString().slice(0, 10)
  const isOnlyOpen = query.state !== 'all' && !DONE_FACETS.has(facets[0] ?? '')
  /** What is done stands in no list but its state's: it is looked up in the entry itself. */
  const ask = (facet: string, condition: LineCondition) =>
    isOnlyOpen ? facets.push(facet) : conditions.push(condition)
  const { service, impact, effort, owner, due, asks } = query
  if (service !== undefined) ask(`service:${service}`, { column: 'service', is: service })
  if (impact !== undefined && effort !== undefined && isOnlyOpen)
    facets.push(`cell:${impact}${effort}`)
  else {
    if (impact !== undefined) ask(`impact:${impact}`, { column: 'impact', is: impact })
    if (effort !== undefined) ask(`effort:${effort}`, { column: 'effort', is: effort })
  }
  if (owner !== undefined) {
    const id = owner === 'none' ? null : owner === 'me' ? personId : owner
    ask(`owner:${id ?? 'none'}`, { column: 'owner_person', is: id })
  }
  if (query.free) ask('free', { column: 'free', is: 'some' })
  if (query.waiting) ask('waiting', { column: 'waiting', is: 'some' })
  if (query.systemic) ask('systemic', { column: 'systemic', is: 'some' })
  if (due === 'none') ask('due:none', { column: 'due', is: null })
  if (due === 'over') {
    if (isOnlyOpen) facets.push('due:set')
    conditions.push({ dueBefore: today })
  }
  if (query.quiet) conditions.push({ changedBefore: now - QUIET_DAYS * DAY_MS })
  if (asks === 'hold') facets.push('state:hold')
  if (asks === 'review') facets.push('state:check')
  if (asks === 'process') facets.push('systemic')
  if (asks !== undefined) conditions.push({ asks, today })
  // Whatever is narrower stands in `open` too.
  if (isOnlyOpen && facets.length > 1 && facets[0] === 'open') facets.shift()
  const ofMood =
    query.mood === 'liked' ? (facet: string) => `liked ${facet}` : (facet: string) => facet
  return { facets: [...new Set(facets)].map(ofMood), conditions }
}

const DONE_FACETS = new Set(['state:closed', 'state:declined', 'state:merged', 'state:withdrawn'])

/** Lines that are looked through for one page where several things are asked at once. */
export const LOOKED_MAX = 200
