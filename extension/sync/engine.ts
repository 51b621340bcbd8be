import * as v from 'valibot'

import type { SyncAnswer, SyncApi } from '#shared/api/sync'
import { PULL_MAX_ROWS, PUSH_MAX_BYTES, PUSH_MAX_OPS } from '#shared/limits'
import { PROTO, PullResponse, PushResponse } from '#shared/sync'
import { utf8Length } from '#shared/text'

import type { OpToSend, OutboxStore, RunPairing, Settlement } from './outbox-store'
import { pullNearby } from './nearby'
import { backoffMs, classify } from './status'

/** All that the engine touches; nothing of it is global, so that a simulator can be it all. */
export interface EngineDeps {
  store: OutboxStore
  /** The worker that a pairing points to. */
  apiOf(pairing: { server: string; token: string }): SyncApi
  now(): number
  /** In [0, 1). */
  random(): number
  newId(): string
  /** Runs `work` alone among all contexts, or not at all when another one is at it. */
  alone(work: () => Promise<Outcome>): Promise<Outcome | undefined>
}

/**
 * How a run ended. `waiting`: try again at `retryAt`. `unpaired`, `disconnected` and
 * `update-needed` wait for a person; nothing is lost meanwhile.
 */
export type Outcome =
  | { state: 'idle' | 'unpaired' | 'disconnected' | 'update-needed' | 'busy' }
  | { state: 'waiting'; retryAt: number }

/** How one stage of a run ended. `later`: something of it waits, the next stage may go on. */
type Stage = 'done' | 'later' | Outcome

/** One run: whom it talks to, and whether a person asked for it. */
interface Run {
  api: SyncApi
  pairing: RunPairing
  force: boolean
}

/** So many ops that are refused one by one, with nothing taken between, are the server's trouble. */
const MOST_ASIDE = 10

/**
 * Brings everything that Send let go to the server, then what changed there to this device.
 * Safe to call at any time, from any context, as often as one likes: the server acts on an op
 * once, and an op leaves the outbox only by its own id (S-2, S-3).
 */
export function createEngine(deps: EngineDeps): { run(force?: boolean): Promise<Outcome> } {
  const { store } = deps

  async function run(force: boolean): Promise<Outcome> {
    const pairing = await store.findPairing()
    if (pairing === null) return { state: 'unpaired' }
    if (pairing.disconnectedAt !== null) return { state: 'disconnected' }
    const { retryAt } = await store.getBackoff()
    // A clock that jumped may have left a time far ahead; never wait longer than the longest wait.
    if (!force && retryAt > deps.now() && retryAt - deps.now() <= backoffMs.longest) {
      return { state: 'waiting', retryAt }
    }
    const thisRun = { api: deps.apiOf(pairing), pairing, force }
    let isAllDone = true
    for (const stage of [pushAll, putPictures, pullAll]) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other is the protocol
      const end = await stage(thisRun)
      if (typeof end === 'object') return end
      if (end === 'later') isAllDone = false
    }
    if (!isAllDone) return wait('later')
    await store.setBackoff({ failures: 0, retryAt: 0 })
    return { state: (await store.isUpdateNeeded()) ? 'update-needed' : 'idle' }
  }

  /**
   * Pushes in `mid` order until nothing waits. A request that is refused as a whole is halved;
   * a single op that something on the way refuses is put aside for this run, or it would hold
   * up all behind it for ever. It is not rejected: only the server's code for it does that.
   */
  async function pushAll({ api, pairing, force }: Run): Promise<Stage> {
    const wasUpdateNeeded = await store.isUpdateNeeded()
    if (wasUpdateNeeded && !force) return 'done'
    const aside = new Set<string>()
    let most = PUSH_MAX_OPS
    let forks = 0
    for (;;) {
      // Read first: a replay by another context meanwhile puts older ops in front of these.
      const epoch = await store.getEpoch(pairing)
      const listed = cutToBytes(await store.listWaiting(pairing, most, aside))
      const tried = await store.markTried(listed.map(({ opId }) => opId))
      // What was taken back since it was listed does not go.
      const ops = listed.filter(({ opId }) => tried.has(opId))
      if (ops.length < listed.length) continue
      if (ops.length === 0) return aside.size === 0 ? 'done' : 'later'
      const answer = await attempt(async () =>
        api.push({
          proto: PROTO,
          deviceId: await store.getDeviceId(),
          epoch,
          ops: ops.map((each) => each.op),
        }),
      )
      const answered = classify(answer)
      if (answered === 'refused') {
        most = Math.ceil(ops.length / 2)
        if (ops.length === 1) for (const { opId } of ops) aside.add(opId)
        if (aside.size < MOST_ASIDE) continue
      }
      if (answered !== 'ok') return stop(pairing, answered, answer)
      const response = v.safeParse(PushResponse, answer?.body)
      if (!response.success) return wait(answer)
      if (wasUpdateNeeded) await store.setUpdateNeeded(false)
      const settled = await settle(pairing, ops, response.output)
      if (settled === 'forked') forks += 1
      // A second fork in one run is no clone but a server that cannot be right.
      if (settled === 'nothing' || forks > 1) return wait(answer)
      most = PUSH_MAX_OPS
    }
  }

  /** Settles by op id alone: an op that no result names waits on (S-3). */
  async function settle(
    pairing: RunPairing,
    ops: readonly OpToSend[],
    response: PushResponse,
  ): Promise<'some' | 'nothing' | 'forked'> {
    const settlements: Settlement[] = []
    let forked = false
    for (const { opId } of ops) {
      const result = response.results.find((each) => each.opId === opId)
      if (result === undefined || result.status === 'retry') continue
      if (result.status !== 'rejected') {
        settlements.push({ opId, state: 'acked', code: null, seq: result.seq ?? null })
      } else if (result.code === 'device-fork') {
        forked = true
      } else {
        settlements.push({ opId, state: 'rejected', code: result.code ?? 'malformed', seq: null })
      }
    }
    const { serverTime, epoch } = response
    await store.settle(pairing, settlements, { at: deps.now(), serverTime, epoch })
    if (forked) {
      await store.takeNewDeviceId(deps.newId())
      return 'forked'
    }
    return settlements.length === 0 ? 'nothing' : 'some'
  }

  /** One picture that cannot go keeps no other one, and no news, from going on. */
  async function putPictures({ api, pairing }: Run): Promise<Stage> {
    let isAllDone = true
    const epoch = await store.getEpoch(pairing)
    for (const { sha256, type, bytes } of await store.listPendingPictures(pairing)) {
      const content = await bytes().catch(() => undefined)
      const answer = content && (await attempt(() => api.putPicture(sha256, type, content)))
      const answered = classify(answer)
      if (answered === 'ok') await store.setPictureState(pairing, sha256, 'stored', epoch)
      else if (isRefusedForGood(answer))
        await store.setPictureState(pairing, sha256, 'refused', epoch)
      // It cannot be read here, no note of it is known there (404), or it was damaged on the way (422).
      else if (
        content === undefined ||
        answered === 'refused' ||
        answer?.status === 404 ||
        answer?.status === 415
      )
        isAllDone = false
      else return stop(pairing, answered, answer)
    }
    return isAllDone ? 'done' : 'later'
  }

  async function pullAll({ api, pairing }: Run): Promise<Stage> {
    for (;;) {
      const cursor = await store.getCursor()
      const answer = await attempt(() => api.pull({ cursor, limit: PULL_MAX_ROWS }))
      const answered = classify(answer)
      if (answered === 'gone' && cursor !== null) {
        await store.forgetMirror()
        continue
      }
      if (answered !== 'ok') return stop(pairing, answered, answer)
      const response = v.safeParse(PullResponse, answer?.body)
      if (!response.success) return wait(answer)
      const { rows, more, epoch, workspace } = response.output
      if (epoch !== (await store.getEpoch(pairing))) return resync(pairing, epoch)
      await store.applyPull(pairing, {
        rows,
        asked: cursor,
        cursor: response.output.cursor,
        workspace,
        at: deps.now(),
        isLast: !more,
      })
      if (!more) {
        await store.forgetSettled(response.output.serverTime)
        await pullNearby(store, api, pairing, response.output.latest)
        return 'done'
      }
      // More of nothing, or the same place again: that would go round for ever.
      if (rows.length === 0 || response.output.cursor === cursor) return wait(answer)
      // So would pages that nothing is kept of: this browser was paired anew meanwhile.
      if ((await store.findPairing())?.token !== pairing.token) return { state: 'busy' }
    }
  }

  async function stop(
    pairing: RunPairing,
    answered: Exclude<ReturnType<typeof classify>, 'ok'>,
    answer: SyncAnswer | undefined,
  ): Promise<Outcome> {
    switch (answered) {
      case 'relink':
        await store.setDisconnected(pairing, deps.now())
        if (v.is(v.looseObject({ error: v.literal('revoked') }), answer?.body))
          await store.wipeSent(pairing)
        return { state: 'disconnected' }
      case 'update':
        await store.setUpdateNeeded(true)
        return { state: 'update-needed' }
      case 'resync': {
        const told = v.safeParse(
          v.looseObject({ epoch: v.pipe(v.number(), v.safeInteger(), v.minValue(1)) }),
          answer?.body,
        )
        return told.success ? resync(pairing, told.output.epoch) : wait(answer)
      }
      case 'retry':
      case 'refused':
      case 'gone':
        return wait(answer)
    }
  }

  /**
   * The server was restored to an older state: what it acknowledged lately is sent once more
   * (S-9). The first time at once; a server that goes on saying so is given time.
   */
  async function resync(pairing: RunPairing, epoch: number): Promise<Outcome> {
    await store.replay(pairing, epoch)
    const { failures } = await store.getBackoff()
    if (failures > 0) return wait('later')
    await store.setBackoff({ failures: 1, retryAt: deps.now() })
    return { state: 'waiting', retryAt: deps.now() }
  }

  /** @param why what the server said; `later` when it is not the server; undefined when nobody answered */
  async function wait(why: SyncAnswer | 'later' | undefined): Promise<Outcome> {
    const { failures } = await store.getBackoff()
    const askedMs = (typeof why === 'object' ? why.retryAfterMs : null) ?? 0
    const delayMs = Math.max(
      backoffMs(failures, deps.random(), why === undefined),
      Math.min(askedMs, backoffMs.longest),
    )
    const retryAt = deps.now() + delayMs
    await store.setBackoff({ failures: failures + 1, retryAt })
    return { state: 'waiting', retryAt }
  }

  return {
    async run(force = false) {
      return (await deps.alone(() => run(force))) ?? { state: 'busy' }
    },
  }
}

/** No answer at all is an answer too: undefined. */
async function attempt(ask: () => Promise<SyncAnswer>): Promise<SyncAnswer | undefined> {
  try {
    return await ask()
  } catch {
    return undefined
  }
}

/**
 * The server itself says that it will never take this picture. A status alone may come from
 * anything on the way, which the next network does not have.
 */
function isRefusedForGood(answer: SyncAnswer | undefined): boolean {
  const refusal = v.looseObject({ error: v.picklist(['not-a-picture', 'too-large']) })
  return (answer?.status === 415 || answer?.status === 413) && v.is(refusal, answer.body)
}

/** As many ops from the front as one push may hold; at least one. */
function cutToBytes(ops: OpToSend[]): OpToSend[] {
  let bytes = 0
  const end = ops.findIndex(({ op }, index) => {
    bytes += utf8Length(JSON.stringify(op)) + 1
    return index > 0 && bytes > PUSH_MAX_BYTES
  })
  return end === -1 ? ops : ops.slice(0, end)
}
