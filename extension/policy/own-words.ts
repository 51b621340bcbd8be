import type { ReadonlySignal } from '@preact/signals'

import { type FindPrivate, findNone, privateFinder } from '#shared/private-words'

import { live } from '../panel/live'
import type { WinceDatabase } from '../storage/database'
import { getMeta } from '../storage/meta'

/** Finds what the organisation listed, as this browser last heard of it; nothing before pairing. */
export async function findOwnWords(database: WinceDatabase): Promise<FindPrivate> {
  const pairing = await getMeta(database, 'pairing')
  return privateFinder(pairing?.privateWords ?? [])
}

/** As `findOwnWords`, as it changes. Call it inside a model, which ends it. */
export function liveOwnWords(database: WinceDatabase): ReadonlySignal<FindPrivate> {
  return live<FindPrivate>(['meta'], findNone, () => findOwnWords(database))
}
