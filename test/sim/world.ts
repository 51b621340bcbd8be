import type { Op } from '#shared/op'

import type { Receiver } from '../../extension/storage/database'
import { type Chance, chanceOf } from './chance'
import { Faults } from './faults'
import type { Shape } from './memory-keys'
import type { Mutant } from './mutant'
import { Scheduler } from './scheduler'

/** The database and the bucket that the worker runs on: the twins, or the real ones in workerd. */
export interface Backend {
  d1: D1Database
  r2: R2Bucket
  /** Everything in the database, to come back to. */
  snapshot(): Promise<unknown>
  restore(snapshot: unknown): Promise<void>
  /** Key to bytes. */
  bucket(): Promise<ReadonlyMap<string, Uint8Array>>
}

/** An op that somebody's Send let go, and whose it is. */
export interface Minted {
  opId: string
  device: string
  receiver: Receiver
  op: Op
}

/** What everything in one history shares. Nothing in it knows the real time or real chance. */
export interface World {
  seed: number
  backend: Backend
  shapes: ReadonlyMap<string, Shape>
  mutant: Mutant
  chance: Chance
  scheduler: Scheduler
  faults: Faults
  /** The server's clock, which is right. Unix ms. */
  now(): number
  pass(ms: number): void
  note(line: string): void
  /** Ops by id, and by device in the order they were minted. */
  ledger: { ops: Map<string, Minted>; order: Map<string, string[]> }
  /** Ops that went out in a request, as `device opId`: from then on somebody may have them. */
  tried: Set<string>
  /** Ops that a device forgot because it was signed out from afar; a restore may lose them. */
  wiped: Set<string>
  /** Ops that one device took out of its outbox before they left; a copy of it may have sent them. */
  takenOut: Set<string>
  restores: number
  /** Devices that took another name since the last restore (S-10). */
  renamed: number
  /** Ops that something between device and server refused as a whole: their order is not promised. */
  aside: Set<string>
  /** Ops that a server refused for ever, and rightly; by their code. */
  refused: Map<string, string>
  /** Ops that arrive in a shape that no server takes, however often they are sent; others do not. */
  poison: Map<string, boolean>
  /** The server tells what is nearby; one of before does not. */
  hasNearby: boolean
  /** What production code threw where nobody caught it. */
  surprises: string[]
  /** Of everything that happened, in order; the same seed gives the same. */
  hash(): string
  lines: string[]
}

const START = Date.UTC(2026, 10, 25, 10)

export function newWorld(options: {
  seed: number
  backend: Backend
  shapes: ReadonlyMap<string, Shape>
  mutant: Mutant
}): World {
  const chance = chanceOf(options.seed)
  const lines: string[] = []
  let hash = 0x811c9dc5
  let now = START

  function note(line: string): void {
    lines.push(line)
    for (let index = 0; index < line.length; index += 1)
      hash = Math.imul(hash ^ line.charCodeAt(index), 0x01000193)
  }

  return {
    ...options,
    chance,
    scheduler: new Scheduler(chance.fork(), note),
    faults: new Faults(chance.fork()),
    now: () => now,
    pass(ms) {
      now += ms
    },
    note,
    ledger: { ops: new Map(), order: new Map() },
    tried: new Set(),
    wiped: new Set(),
    takenOut: new Set(),
    restores: 0,
    hasNearby: chance.hit(0.2),
    renamed: 0,
    aside: new Set(),
    refused: new Map(),
    poison: new Map(),
    surprises: [],
    hash: () => (hash >>> 0).toString(16).padStart(8, '0'),
    lines,
  }
}
