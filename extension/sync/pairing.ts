import { ApiError, type Fetch, createCall } from '#shared/api/call'
import { connectionApi } from '#shared/api/pairing'
import { parsePairingInput } from '#shared/pairing-code'
import { usablePrivateWords } from '#shared/private-words'

import { type Pairing, type WinceDatabase, receiverKey } from '../storage/database'
import { getMeta, getMetaIn } from '../storage/meta'
import { write } from '../storage/write'
import { forgetNearbyIn, forgetSameAsIn } from './nearby-store'
import { wipeSent } from './retention'

/** Why this browser did not connect; the panel says it in a sentence and keeps what was typed. */
export type PairingFailure =
  | { ok: false; problem: 'unfinished' | 'typo' | 'symbol' | 'too-long' }
  /** A bare code says nothing about where the team's Wince is. */
  | { ok: false; problem: 'no-server' }
  /** Whoever manages this browser lets it connect to one server only. */
  | { ok: false; problem: 'other-server'; server: string }
  | { ok: false; problem: 'wrong-code' | 'unreachable' | 'not-wince' }
  | { ok: false; problem: 'too-many-tries'; retryAfterMs: number | undefined }

export interface PairingDeps {
  database: WinceDatabase
  fetch: Fetch
  /** Unix ms. */
  now(): number
  /** The one server that this browser may connect to; null for any. */
  onlyServer?: string | null
}

/**
 * Connects this browser. Nothing is sent by it: it only tells where Send goes (DECISIONS 1).
 * Ops that wait for another receiver go on waiting for that one (S-11).
 *
 * @param typed a pairing link, or a code when `server` says where to
 * @param deviceName what its person will see it called
 */
export async function pairBrowser(
  deps: PairingDeps,
  typed: string,
  server: string | null,
  deviceName: string,
): Promise<{ ok: true; pairing: Pairing } | PairingFailure> {
  const input = parsePairingInput(typed)
  if (!input.ok) return input
  const { onlyServer = null } = deps
  const baseUrl = input.baseUrl ?? onlyServer ?? toOrigin(server)
  if (baseUrl === undefined) return { ok: false, problem: 'no-server' }
  if (onlyServer !== null && baseUrl !== onlyServer)
    return { ok: false, problem: 'other-server', server: onlyServer }
  try {
    const answer = await connectionApi(
      createCall({ fetch: withoutCookies(deps.fetch), baseUrl }),
    ).pair({
      code: input.code,
      deviceName,
    })
    const pairing: Pairing = {
      server: baseUrl,
      workspaceId: answer.workspace.id,
      workspaceName: answer.workspace.name,
      coverEverything: answer.workspace.coverEverything,
      privateWords: usablePrivateWords(answer.workspace.privateWords ?? []),
      personId: answer.person.id,
      personName: answer.person.name,
      pairingId: answer.deviceId,
      token: answer.token,
      pairedAt: deps.now(),
      disconnectedAt: null,
    }
    await keepPairing(deps.database, pairing, answer.workspace.epoch)
    return { ok: true, pairing }
  } catch (error) {
    return toFailure(error)
  }
}

/** The mirror and the cursor belong to one receiver; another one starts from nothing. */
async function keepPairing(
  database: WinceDatabase,
  pairing: Pairing,
  epoch: number,
): Promise<void> {
  await write(database, ['meta', 'mirror', 'nearby', 'note', 'outbox'], async (transaction) => {
    const meta = transaction.objectStore('meta')
    const before = await getMetaIn(meta, 'pairing')
    const isSame =
      before?.server === pairing.server &&
      before.workspaceId === pairing.workspaceId &&
      before.personId === pairing.personId
    await meta.put(pairing, 'pairing')
    await meta.put({ failures: 0, retryAt: 0 }, 'backoff')
    if (isSame) return
    await transaction.objectStore('mirror').clear()
    await meta.put(null, 'cursor')
    await forgetNearbyIn(transaction)
    await forgetSameAsIn(transaction.objectStore('note'))
    const epochs = await getMetaIn(meta, 'epochs')
    // A receiver from before is asked in the epoch it was known in: if that is over, what it lost
    // is sent again. 0.1.0 forgot it; the first one is safe, as a repeat changes nothing.
    const acked = await transaction.objectStore('outbox').index('byState').getAll('acked')
    const isKnown = acked.some(({ receiver }) => receiverKey(receiver) === receiverKey(pairing))
    if (isKnown || receiverKey(pairing) in epochs) return
    await meta.put({ ...epochs, [receiverKey(pairing)]: epoch }, 'epochs')
  })
}

/**
 * Forgets the token here, and there if the server can be reached. What was sent goes from this
 * browser; what was not sent stays.
 */
export async function disconnectBrowser({
  database,
  fetch,
}: Pick<PairingDeps, 'database' | 'fetch'>): Promise<void> {
  const pairing = await getMeta(database, 'pairing')
  if (pairing === null) return
  await write(database, ['meta'], (transaction) =>
    transaction.objectStore('meta').put(null, 'pairing'),
  )
  await wipeSent(database)
  try {
    const call = createCall({
      fetch: withoutCookies(fetch),
      baseUrl: pairing.server,
      token: pairing.token,
    })
    await connectionApi(call).disconnect()
  } catch (error) {
    console.warn(
      'the server was not told of the disconnection; it can be ended on the dashboard',
      error,
    )
  }
}

/** With a host permission a browser adds the site's cookies to whatever does not forbid it (platform trap 9). */
function withoutCookies(fetch: Fetch): Fetch {
  return (url, init) => fetch(url, { ...init, credentials: 'omit', redirect: 'error' })
}

function toFailure(error: unknown): PairingFailure {
  if (!(error instanceof ApiError)) return { ok: false, problem: 'unreachable' }
  if (error.status === 429)
    return { ok: false, problem: 'too-many-tries', retryAfterMs: error.retryAfterMs }
  return { ok: false, problem: error.code === 'unexpected-answer' ? 'not-wince' : 'wrong-code' }
}

/** `https://host` out of what somebody types for an address; https unless it says otherwise or is this machine. */
function toOrigin(typed: string | null): string | undefined {
  const text = typed?.trim() ?? ''
  if (text === '') return undefined
  const hasScheme = /^[a-z]+:\/\//i.test(text)
  const guessed = /^(localhost|127\.0\.0\.1)(:|\/|$)/i.test(text)
    ? `http://${text}`
    : `https://${text}`
  try {
    const url = new URL(hasScheme ? text : guessed)
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.origin : undefined
  } catch {
    return undefined
  }
}
