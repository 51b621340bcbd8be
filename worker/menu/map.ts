import * as v from 'valibot'

import { MAP_MAX_CALLS, MAP_MAX_NOTES, type MenuMap } from '#shared/api/menu'
import { callsOf } from '#shared/call'
import { compareMenus } from '#shared/menu-compare'
import { type DesignNode, parseDesign } from '#shared/menu-design'
import { menuMap, withinMap } from '#shared/menu-map'
import { type CallersCall, menuTree, spreadOf } from '#shared/menu-tree'
import { type MenuVersion, callsOfVersion, menuVersions } from '#shared/menu-versions'
import { Step } from '#shared/step'
import { toKeyPart } from '#shared/text'

import type { ReadCall, ReadMenu, ReadNote } from './queries'

const ASKED_AGAIN_SHOWN = 5
const LIKED_SHOWN = 3

/**
 * The map of a number, of one of its versions.
 *
 * @param version counted from 0; undefined for the newest
 * @returns undefined where there is no call, or no such version
 */
export function toMenuMap(
  key: string,
  read: ReadMenu,
  version: number | undefined,
): MenuMap | undefined {
  const all = read.calls.slice(0, MAP_MAX_CALLS).flatMap(toCall)
  const versions = menuVersions(all)
  const index = version ?? versions.length - 1
  if (versions[index] === undefined) return undefined
  const calls = callsOfVersion(all, versions, index)
  const times = timesOf(versions, index)
  const notes = read.notes.slice(0, MAP_MAX_NOTES).filter(({ at }) => isWithin(at, times))
  const met = menuTree(calls)
  const designed = read.design === null ? undefined : toDesign(read.design.text)
  const answers = calls.flatMap(({ call }) => {
    const first = call.persons[0]
    return first === undefined ? [] : [Math.max(0, first.at - call.dialledAt)]
  })
  return {
    key,
    number: read.calls[0]?.number ?? key,
    more: read.calls.length > MAP_MAX_CALLS || read.notes.length > MAP_MAX_NOTES,
    versions,
    version: index,
    ...times,
    callers: new Set(calls.map(({ callerId }) => callerId)).size,
    over: calls.filter(({ call }) => call.end !== null || call.persons.length > 0).length,
    reached: answers.length,
    personMs: spreadOf(answers),
    nodes: menuMap(
      met,
      designed,
      notes.map((note) => ({ ...note, keys: keysOf(note) })),
    ),
    askedAgain: askedAgainIn(calls),
    liked: likedIn(notes),
    design: read.design,
    differences: designed === undefined ? null : compareMenus(met, designed),
  }
}

function toCall({ callerId, steps }: ReadCall): CallersCall[] {
  const known = steps.flatMap((step) => {
    const parsed = v.safeParse(Step, step)
    return parsed.success ? [parsed.output] : []
  })
  return callsOf(known)
    .slice(0, 1)
    .map((call) => withinMap({ callerId, call }))
}

/** Notes before the first call may be about an older menu than anybody called; they count with the oldest version. */
function timesOf(versions: readonly MenuVersion[], index: number) {
  return {
    notesFrom: index === 0 ? null : (versions[index]?.from ?? null),
    notesBefore: versions[index + 1]?.from ?? null,
  }
}

function isWithin(at: number, { notesFrom, notesBefore }: ReturnType<typeof timesOf>): boolean {
  return at >= (notesFrom ?? -Infinity) && at < (notesBefore ?? Infinity)
}

function keysOf({ place }: ReadNote): readonly string[] {
  return place.kind === 'call' ? place.keys : []
}

/** A design was whole when it was taken. One that a later version no longer reads is as none. */
function toDesign(text: string): DesignNode | undefined {
  const parsed = parseDesign(text)
  return 'root' in parsed ? parsed.root : undefined
}

/** One thing however it was written, in the words of who wrote it last. */
function askedAgainIn(calls: readonly CallersCall[]): MenuMap['askedAgain'] {
  const things = new Map<string, { thing: string; times: number }>()
  for (const { call } of calls) {
    for (const [thing, times] of call.askedAgain) {
      const known = things.get(toKeyPart(thing))
      things.set(toKeyPart(thing), { thing, times: (known?.times ?? 0) + times })
    }
  }
  return [...things.values()]
    .toSorted((one, other) => other.times - one.times)
    .slice(0, ASKED_AGAIN_SHOWN)
}

function likedIn(notes: readonly ReadNote[]): MenuMap['liked'] {
  return notes
    .filter(({ words }) => words !== null && words.trim() !== '')
    .slice(0, LIKED_SHOWN)
    .map((note) => ({ path: [...keysOf(note)], words: note.words ?? '', entry: note.entry }))
}
