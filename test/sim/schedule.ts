import { uuidv7 } from '#shared/id'

import { receiverKey } from '../../extension/storage/database'
import { getMeta } from '../../extension/storage/meta'
import { write } from '../../extension/storage/write'
import type { Bad } from './findings'
import { findBad } from './verdict'
import { Device } from './device'
import type { Fault } from './faults'
import type { Shape } from './memory-keys'
import type { Mutant } from './mutant'
import { HEARS } from './network'
import { type Person, type Server, newServer } from './server'
import { type User, userOf } from './user'
import { type Backend, type World, newWorld } from './world'

export interface Outcome {
  seed: number
  bad: Bad[]
  faults: Partial<Record<Fault, number>>
  /** Of the whole history; running the seed again gives the same. */
  hash: string
  ops: number
  lines: string[]
}

const MINUTE = 60_000
const TEN_YEARS = 10 * 365 * 86_400_000
/** Within so many rounds after the last fault every outbox is empty. */
const ROUNDS = 6
/** No round takes so many steps; one that does goes round for ever. */
const MOST_PICKS = 8_000

/** One history: people and faults by lot, then quiet, then a look at what is left. */
export async function runSchedule(
  seed: number,
  environment: {
    backend: Backend
    shapes: ReadonlyMap<string, Shape>
    mutant?: Mutant
  },
): Promise<Outcome> {
  const world = newWorld({ mutant: {}, ...environment, seed })
  const server = newServer(world)
  await settle(world, server)
  const players = await newPlayers(world, server)
  await play(world, server, players)
  world.note('quiet')
  world.faults.heal()
  const isQuiet = await healAll(world, server, players)
  const devices = players.map(({ device }) => device)
  return {
    seed,
    bad: await findBad(world, server, devices, isQuiet),
    faults: world.faults.counts,
    hash: world.hash(),
    ops: world.ledger.ops.size,
    lines: world.lines,
  }
}

interface Player {
  device: Device
  user: User
}

async function settle(world: World, server: Server): Promise<void> {
  const { chance } = world
  const idOf = () => uuidv7(world.now(), chance.bytes)
  const workspaces = chance.hit(0.5) ? 2 : 1
  for (let workspace = 0; workspace < workspaces; workspace += 1) {
    const workspaceId = idOf()
    // oxlint-disable-next-line no-await-in-loop -- one after the other, as everything here
    await server.addWorkspace(workspaceId, `Workspace ${workspace}`)
    const people = 1 + chance.below(2)
    for (let person = 0; person < people; person += 1)
      // oxlint-disable-next-line no-await-in-loop -- as above
      await server.addPerson({ id: idOf(), workspaceId })
  }
}

async function newPlayers(world: World, server: Server): Promise<Player[]> {
  // Most bugs need no more than two, and what a history costs grows with them.
  const length = world.chance.pick([2, 2, 2, 3, 4])
  const players = Array.from({ length }, (_, index) => {
    const device = new Device(world, server, `d${index + 1}`, world.chance.pick(server.people))
    return { device, user: userOf(device) }
  })
  for (const { device } of players)
    device.act('pairs', (database) => device.pair(device.person, database))
  await world.scheduler.drain(MOST_PICKS)
  return players
}

async function play(world: World, server: Server, players: Player[]): Promise<void> {
  const { chance, scheduler, faults, backend } = world
  const snapshots = [await backend.snapshot()]
  const steps = 20 + Math.min(chance.below(26), chance.below(26))
  for (let step = 0; step < steps; step += 1) {
    world.pass(chance.hit(0.3) ? chance.below(40 * MINUTE) : chance.below(5_000))
    const player = chance.pick(players)
    await strike(world, server, players, player)
    if (chance.hit(0.12)) snapshots.push(await backend.snapshot())
    if (faults.strikes('restore', world.renamed > 0 ? 0.2 : 0.05)) {
      world.renamed = 0
      // The worst moment is when somebody has yet to hear what will not be true any more.
      if (chance.hit(0.5)) {
        for (const { device, user } of players) device.act('writes and sends', user.writeAndSend)
        await scheduler.holdBack(`${HEARS} POST`, 80, 60 + chance.below(120))
      }
      world.note('the database is restored')
      await server.restore(chance.pick(snapshots))
      for (const { device } of players) if (chance.hit(0.8)) device.startDelivery(true)
    }
    if (chance.hit(0.7)) player.user.doSomething()
    else if (chance.hit(0.8)) player.device.startDelivery(chance.hit(0.5))
    else void server.sweep()
    await scheduler.run(chance.below(60))
  }
}

/** What befalls a device or its person, apart from single requests. */
async function strike(
  world: World,
  server: Server,
  players: Player[],
  { device, user }: Player,
): Promise<void> {
  const { chance, faults } = world
  if (faults.strikes('clock-jump', 0.1))
    device.clockOff = Math.round((chance.next() * 2 - 1) * TEN_YEARS)
  if (device.isOnline) device.isOnline = !faults.strikes('offline', 0.1)
  else if (chance.hit(0.15)) device.isOnline = true
  if (faults.strikes('device-killed', 0.08)) device.kill()
  if (faults.strikes('background-killed', 0.08)) device.killBackground()
  if (faults.strikes('token-revoked', 0.03)) await server.revokeAll(device.person)
  if (faults.strikes('role-changed', 0.03))
    await server.setRole(device.person, chance.pick(['reviewer', 'viewer', 'walker'] as const))
  const elsewhere = server.people.filter(
    ({ workspaceId }) => workspaceId !== device.person.workspaceId,
  )
  if (faults.strikes('paired-elsewhere', elsewhere.length > 0 ? 0.06 : 0.03)) {
    const other = chance.pick(elsewhere.length > 0 ? elsewhere : server.people)
    device.act('pairs elsewhere', (database) => user.moveTo(other, database))
  }
  if (players.length < 5 && faults.strikes('profile-cloned', 0.05)) {
    const copy = new Device(world, server, `d${players.length + 1}`, device.person, device)
    world.note(`${copy.name} is a copy of ${device.name}`)
    const twin = { device: copy, user: userOf(copy) }
    players.push(twin)
    // Both go on under one name.
    for (const each of [{ device, user }, twin])
      if (chance.hit(0.7)) each.device.act('writes and sends', each.user.writeAndSend)
  }
  const { disconnectedAt } = (await getMeta(device.observed, 'pairing')) ?? { disconnectedAt: 0 }
  if (disconnectedAt !== null && chance.hit(0.3))
    device.act('pairs again', (database) => device.pair(device.person, database))
}

/** All is well again: everybody is connected to everyone they wrote for, and time goes by. */
async function healAll(world: World, server: Server, players: Player[]): Promise<boolean> {
  const { scheduler } = world
  let isQuiet = await scheduler.drain(MOST_PICKS)
  scheduler.isAlone = true
  for (const { device, user } of players) {
    // oxlint-disable-next-line no-await-in-loop -- one device after the other
    for (const person of await receiversOf(server, device)) {
      device.kill()
      device.isOnline = true
      device.act('is healed', async (database) => {
        await device.pair(person, database)
        // What an update of the extension does.
        await write(database, ['meta'], (transaction) =>
          transaction.objectStore('meta').put(false, 'updateNeeded'),
        )
        await user.letGo(database)
        device.startDelivery(true)
      })
      // oxlint-disable-next-line no-await-in-loop -- one device after the other
      isQuiet = (await scheduler.drain(MOST_PICKS)) && isQuiet
      // oxlint-disable-next-line no-await-in-loop -- as above
      for (let round = 0; isQuiet && round < ROUNDS && !(await device.isIdle()); round += 1) {
        world.pass(6 * MINUTE)
        device.startDelivery(false)
        // oxlint-disable-next-line no-await-in-loop -- as above
        isQuiet = (await scheduler.drain(MOST_PICKS)) && isQuiet
      }
    }
  }
  if (!isQuiet) return false
  // Bytes of what was taken back are deleted once more when no upload can still be under way.
  for (let pass = 0; pass < 2; pass += 1) {
    world.pass(61 * MINUTE)
    void server.sweep()
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    isQuiet = (await scheduler.drain(MOST_PICKS)) && isQuiet
  }
  // What other devices brought in the meantime is news, too.
  for (const { device } of players) device.startDelivery(true)
  return (await scheduler.drain(MOST_PICKS)) && isQuiet
}

/**
 * Everybody that this device has something for, or who may have lost something of it. The one it
 * was last paired for comes last, so that its mirror can be judged.
 */
async function receiversOf({ people, epoch }: Server, device: Device): Promise<Person[]> {
  const { observed, person } = device
  const [outbox, epochs, pending] = await Promise.all([
    observed.getAll('outbox'),
    getMeta(observed, 'epochs'),
    observed.countFromIndex('picture', 'byState', 'pending'),
  ])
  const ids = new Set(
    outbox
      .filter(
        ({ state, receiver }) =>
          state === 'waiting' || pending > 0 || epochs[receiverKey(receiver)] !== epoch(),
      )
      .map(({ receiver }) => receiver.personId),
  )
  return [...people.filter(({ id }) => ids.has(id) && id !== person.id), person]
}
