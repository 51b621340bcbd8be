import { createSyncApi } from '#shared/api/sync'
import { newPairingCode, pairingLink } from '#shared/pairing-code'

import type { KeptNote, QueuedOp, WinceDatabase } from '../../extension/storage/database'
import { type Surroundings, newId } from '../../extension/storage/device'
import { getMeta } from '../../extension/storage/meta'
import { createEngine } from '../../extension/sync/engine'
import { createOutbox } from '../../extension/sync/outbox'
import { pairBrowser } from '../../extension/sync/pairing'
import type { Chance } from './chance'
import { type Disk, type Row, copyDisk, emptyDisk, openMemoryDatabase } from './memory-database'
import { fetchThrough } from './network'
import type { Life } from './scheduler'
import { ORIGIN, type Person, type Server, type SimAnswer, type SimRequest } from './server'
import type { World } from './world'

/** A browser with the extension in it: a panel, a background, one disk, a clock of its own. */
export class Device {
  readonly name: string
  readonly disk: Disk
  readonly surroundings: Surroundings
  readonly chance: Chance
  /** Ms that its clock is ahead of the true one. */
  clockOff = 0
  isPanelBusy = false
  isOnline = true
  /** By its person, or from afar: what it had sent goes from it, and no replay brings it. */
  isSignedOut = false
  /** Whom it was last paired for. */
  person: Person
  readonly #world: World
  readonly #server: Server
  #panel: Life
  #background: Life
  #isLocked = false
  #memory = new Map<string, unknown>()
  /** Its outbox as it was last committed: op id to state. */
  #outbox = new Map<string, QueuedOp['state']>()
  readonly #browser = {
    isOnline: () => this.isOnline,
    sends: ({ url, body }: SimRequest) => {
      if (!url.endsWith('/push')) return
      const { ops } = JSON.parse(String(body)) as { ops: { opId: string }[] }
      for (const { opId } of ops) this.#world.tried.add(`${this.name} ${opId}`)
    },
    hears: ({ status, text }: SimAnswer) => {
      if (text.includes('"device-fork"')) this.#world.renamed += 1
      if (status === 401 && text.includes('"revoked"')) this.isSignedOut = true
    },
  }

  constructor(world: World, server: Server, name: string, person: Person, original?: Device) {
    this.#world = world
    this.#server = server
    this.name = name
    this.person = person
    this.chance = world.chance.fork()
    this.#panel = { name: `${name} panel`, alive: true }
    this.#background = { name: `${name} courier`, alive: true }
    this.surroundings = {
      now: () => world.now() + this.clockOff,
      randomBytes: this.chance.bytes,
    }
    this.disk = original ? copyDisk(original.disk) : emptyDisk(world.shapes)
    this.disk.onCommit = (written) => this.#record(written)
    world.ledger.order.set(name, [...(world.ledger.order.get(original?.name ?? '') ?? [])])
    if (original) {
      this.clockOff = original.clockOff
      this.#outbox = new Map(original.#outbox)
    }
  }

  /** The disk as the panel sees it. */
  get database(): WinceDatabase {
    return this.#open(this.#panel)
  }

  /** The disk as an observer sees it: nothing waits, nothing is killed. */
  get observed(): WinceDatabase {
    return openMemoryDatabase(this.disk)
  }

  /** Somebody does something in the panel; one thing at a time. */
  act(what: string, work: (database: WinceDatabase) => Promise<unknown>): void {
    if (this.isPanelBusy) return
    this.isPanelBusy = true
    this.#world.note(`${this.name} ${what}`)
    work(this.database)
      .catch((error: unknown) => this.#surprise(what, error))
      .finally(() => {
        this.isPanelBusy = false
      })
  }

  /** The courier runs. It may be killed at any await, and then nobody hears how it ended. */
  async deliver(force: boolean): Promise<string> {
    const life = this.#background
    const store = this.#storeFor(life)
    const { scheduler, faults, mutant } = this.#world
    const fetch = fetchThrough(this.#world, this.#server, life, this.#browser)
    const engine = createEngine({
      store,
      apiOf: ({ server, token }) => {
        const api = createSyncApi({ fetch, baseUrl: server, token })
        return mutant.api?.(api, store) ?? api
      },
      now: this.surroundings.now,
      random: this.chance.next,
      newId: () => newId(this.surroundings),
      alone: async (work) => {
        await scheduler.point(life, 'asks for the lock')
        const isStubbed = faults.strikes('no-lock', 0.7)
        if (this.#isLocked && !isStubbed) return undefined
        this.#isLocked = true
        try {
          return await work()
        } finally {
          this.#isLocked = false
        }
      },
    })
    const outcome = await engine.run(force)
    this.#world.note(`${this.name} is ${outcome.state}`)
    return outcome.state
  }

  /** As `deliver`, not waited for. */
  startDelivery(force: boolean): void {
    this.deliver(force).catch((error: unknown) => this.#surprise('courier', error))
  }

  async pair(person: Person, database: WinceDatabase): Promise<void> {
    const { scheduler } = this.#world
    const life = this.#panel
    const code = newPairingCode(this.surroundings.randomBytes)
    const pairingId = newId(this.surroundings)
    const paired = await pairBrowser(
      {
        database,
        now: this.surroundings.now,
        fetch: async () => {
          await scheduler.point(life, 'asks to be paired')
          const { status, text } = await scheduler.track(this.#server.pair(person, pairingId))
          await scheduler.point(life, 'is paired')
          return {
            status,
            ok: status === 201,
            headers: { get: () => null },
            json: async () => JSON.parse(text) as unknown,
          }
        },
      },
      pairingLink(ORIGIN, code),
      null,
      'Edge on a laptop',
    )
    // On a full disk; they try again.
    if (paired.ok) this.person = person
  }

  /** Nothing waits for whom it is paired with now, and its last run ended well. */
  async isIdle(): Promise<boolean> {
    const [pairing, outbox, backoff] = await Promise.all([
      getMeta(this.observed, 'pairing'),
      this.observed.getAllFromIndex('outbox', 'byState', 'waiting'),
      getMeta(this.observed, 'backoff'),
    ])
    const isWaiting = outbox.some(({ receiver }) => receiver.personId === pairing?.personId)
    return !isWaiting && backoff.failures === 0
  }

  killBackground(): void {
    this.#background.alive = false
    this.#background = { name: `${this.name} courier`, alive: true }
    this.#isLocked = false
  }

  /** The whole browser. */
  kill(): void {
    this.#panel.alive = false
    this.#panel = { name: `${this.name} panel`, alive: true }
    this.isPanelBusy = false
    this.#memory = new Map()
    this.killBackground()
  }

  /** The panel says that the disk is full, the courier comes again; anything else nobody expected. */
  #surprise(what: string, error: unknown): void {
    this.#world.note(`${this.name} ${what}: ${String(error)}`)
    if (error instanceof DOMException && error.name === 'QuotaExceededError') return
    this.#world.surprises.push(`${this.name} ${what}: ${String(error)}`)
  }

  #open(life: Life): WinceDatabase {
    const { scheduler, faults } = this.#world
    const isFull = () => faults.strikes('disk-full', 0.02)
    const mayDie = () => {
      if (!life.alive) return
      if (faults.strikes('background-killed', 0.012) && life === this.#background)
        this.killBackground()
      if (faults.strikes('device-killed', 0.006)) this.kill()
    }
    const database = openMemoryDatabase(this.disk, { scheduler, life, isFull, mayDie })
    return this.#world.mutant.database?.(database, this.#memory) ?? database
  }

  #storeFor(life: Life) {
    const database = this.#open(life)
    const store = createOutbox(database, this.surroundings)
    return this.#world.mutant.store?.(store, database, this.surroundings.now) ?? store
  }

  /** Whatever comes into the outbox was let go by Send, and has to arrive. */
  #record(written: ReadonlyMap<string, ReadonlyMap<string, Row>>): void {
    const { ledger } = this.#world
    const outbox = written.get('outbox')
    if (outbox === undefined) return
    const before = this.#outbox
    this.#outbox = new Map()
    for (const { value } of outbox.values()) {
      const { opId, receiver, op, state } = value as QueuedOp
      this.#outbox.set(opId, state)
      if (ledger.ops.has(opId)) continue
      ledger.ops.set(opId, { opId, device: this.name, receiver, op })
      ledger.order.get(this.name)?.push(opId)
    }
    for (const [opId, state] of before)
      if (!this.#outbox.has(opId)) this.#recordGone(opId, state, written)
  }

  /** Taken back before it left, or gone with a sign-out; anything else is for the verdict to find. */
  #recordGone(
    opId: string,
    state: QueuedOp['state'],
    written: ReadonlyMap<string, ReadonlyMap<string, Row>>,
  ): void {
    const { ledger, tried, wiped, takenOut, surprises } = this.#world
    const op = ledger.ops.get(opId)?.op
    if (state !== 'waiting') {
      if (this.isSignedOut) wiped.add(opId)
      return
    }
    const isTakenBack =
      op?.kind === 'walk.part'
        ? written.has('walk')
        : op?.kind === 'note.add' &&
          (written.get('note')?.get(JSON.stringify(op.payload.id))?.value as KeptNote)?.state ===
            'kept'
    if (!isTakenBack) return
    if (tried.has(`${this.name} ${opId}`))
      surprises.push(`${this.name} took ${opId} back as if nobody had it`)
    takenOut.add(opId)
    const own = ledger.order.get(this.name)
    own?.splice(own.indexOf(opId), 1)
    const isElsewhere = [...ledger.order.values()].some((order) => order.includes(opId))
    if (!isElsewhere) ledger.ops.delete(opId)
  }
}
