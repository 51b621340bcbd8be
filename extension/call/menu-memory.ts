import { type Call, callsOf } from '#shared/call'

import type { WinceDatabase } from '../storage/database'
import { listSteps, listWalks } from '../walk/walks'

/** What each key does, by the node of the menu. */
export type MenuMemory = ReadonlyMap<string, ReadonlyMap<string, string>>

/** Walks that are looked through, latest first. */
const MAX_WALKS = 50

/** One string for a node: the choices that lead to it, all of a call's or the first of them. */
export function nodeOf({ path }: Call, depth = path.length): string {
  return path
    .slice(0, depth)
    .map(({ choice }) => choice)
    .join(' ')
}

/** What this browser's walkers typed of the menu behind a number: the latest word on each key. */
export async function findMenuMemory(database: WinceDatabase, number: string): Promise<MenuMemory> {
  const memory = new Map<string, Map<string, string>>()
  const walks = (await listWalks(database)).slice(0, MAX_WALKS).toReversed()
  for (const walk of walks) {
    for (const call of callsOf(await listSteps(database, walk.id))) {
      if (call.number !== number) continue
      for (const { key, label, depth } of call.offered) {
        const node = nodeOf(call, depth)
        memory.set(node, (memory.get(node) ?? new Map<string, string>()).set(key, label))
      }
    }
  }
  return memory
}
