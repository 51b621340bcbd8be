import type { Chance } from './chance'
import type { Life } from './scheduler'
import { type Server, type SimAnswer, type SimRequest, pathOf } from './server'
import type { World } from './world'

/** What both of the extension's clients take for `fetch`. */
type SimFetch = (
  url: string,
  init: {
    method: string
    headers: Record<string, string>
    body?: string | Uint8Array<ArrayBuffer>
  },
) => Promise<{
  status: number
  ok: boolean
  headers: { get(name: string): string | null }
  text(): Promise<string>
  json(): Promise<unknown>
}>

/** What a device does that waits for an answer under way. */
export const HEARS = 'hears of'

/** The browser at this end. */
interface Browser {
  isOnline(): boolean
  sends(asked: SimRequest): void
  hears(answer: SimAnswer): void
}

/** Between one context of a device and the server, with all that lies there. */
export function fetchThrough(world: World, server: Server, life: Life, browser: Browser): SimFetch {
  const { scheduler, faults, chance } = world

  async function exchange(asked: SimRequest): Promise<SimAnswer> {
    const path = pathOf(asked)
    const name = `${asked.method} ${path.slice(0, 20)}`
    await scheduler.point(life, `sends ${name}`)
    browser.sends(asked)
    if (!browser.isOnline() || faults.strikes('request-lost', 0.06)) throw failed()
    if (faults.strikes('request-late', 0.03)) {
      void server.deliver(damage(world, asked), 5 + chance.below(80))
      throw failed()
    }
    if (faults.strikes('error-before', 0.04)) return error(chance)
    if (path.endsWith('/push') && faults.strikes('too-old', 0.02))
      return { status: 426, text: '{"error":"update-needed","message":""}', retryAfter: null }
    if (faults.strikes('refused-whole', 0.04)) {
      noteAside(world, asked)
      return { status: chance.pick([403, 413, 422]), text: '', retryAfter: null }
    }
    const older = path.endsWith('/push') && faults.strikes('older-server', 0.02)
    if (older) return answerOfOlder(world, asked)
    const sent = damage(world, asked)
    if (faults.strikes('duplicate', 0.06)) void server.deliver(sent, chance.below(4))
    if (faults.strikes('late-duplicate', 0.06)) void server.deliver(sent, 10 + chance.below(200))
    const answer = await server.deliver(sent)
    // Some answers are long under way, and much may happen meanwhile.
    await scheduler.point(life, `${HEARS} ${name}`, chance.hit(0.3) ? chance.below(150) : 0)
    if (answer === undefined || faults.strikes('answer-lost', 0.06)) throw failed()
    if (faults.strikes('error-after', 0.04)) return error(chance)
    const known = world.hasNearby ? answer : withoutNearby(answer)
    return known.status === 200 && faults.strikes('newer-server', 0.05)
      ? answerOfNewer(known)
      : known
  }

  return async (url, { method, headers, body }) => {
    const answer = await exchange({ method, url, headers, body })
    browser.hears(answer)
    return {
      status: answer.status,
      ok: answer.status >= 200 && answer.status < 300,
      headers: {
        get: (header) => (header.toLowerCase() === 'retry-after' ? answer.retryAfter : null),
      },
      text: async () => answer.text,
      json: async () => JSON.parse(answer.text) as unknown,
    }
  }
}

function failed(): TypeError {
  return new TypeError('Failed to fetch')
}

function error(chance: Chance): SimAnswer {
  return {
    status: chance.pick([500, 502, 503, 504, 429, 408, 418]),
    text: chance.pick(['', '<html>busy</html>', '{"error":"internal","message":""}']),
    retryAfter: chance.pick([null, '3', '900']),
  }
}

/** A picture is cut short or has a bit turned on its way; a push says what this version does not know. */
function damage(world: World, asked: SimRequest): SimRequest {
  const { faults, chance } = world
  const { body } = asked
  if (body instanceof Uint8Array) {
    if (faults.strikes('picture-cut', 0.2))
      return { ...asked, body: body.slice(0, chance.below(body.byteLength)) }
    if (faults.strikes('picture-flipped', 0.2)) {
      const flipped = body.slice()
      const at = chance.below(flipped.byteLength)
      flipped[at] = (flipped[at] ?? 0) ^ (1 << chance.below(8))
      return { ...asked, body: flipped }
    }
  } else if (pathOf(asked).endsWith('/push')) {
    const push = JSON.parse(body ?? '') as { ops: PushedOp[] }
    const isNewer = faults.strikes('newer-client', 0.1)
    if (!isNewer && !push.ops.some(({ opId }) => isPoison(world, opId))) return asked
    const ops = push.ops.map((op) => ({
      ...op,
      ...(isNewer && { later: { than: 'this version' } }),
      ...(isPoison(world, op.opId) && { payload: { ...op.payload, id: 7, walk: 7 } }),
    }))
    return { ...asked, body: JSON.stringify({ ...push, ops, ...(isNewer && { later: [1] }) }) }
  }
  return asked
}

interface PushedOp {
  opId: string
  payload: object
}

/** An op is one from its first push on, or never: a bug of the version that minted it. */
function isPoison({ poison, refused, faults }: World, opId: string): boolean {
  let is = poison.get(opId)
  if (is === undefined) {
    is = faults.strikes('poison-op', 0.04)
    poison.set(opId, is)
    if (is) refused.set(opId, 'malformed')
  }
  return is
}

/** A server that knows kinds of rows and fields that this client does not. */
function answerOfNewer(answer: SimAnswer): SimAnswer {
  const body = JSON.parse(answer.text) as { rows?: object[]; results?: object[] }
  const later = { later: { than: 'this version' } }
  const rows = body.rows?.map((row) => ({ ...row, ...later }))
  const results = body.results?.map((result) => ({ ...result, ...later }))
  return {
    ...answer,
    text: JSON.stringify({ ...body, ...later, ...(rows && { rows }), ...(results && { results }) }),
  }
}

/** Of a server that does not tell what is nearby. */
function withoutNearby(answer: SimAnswer): SimAnswer {
  return { ...answer, text: answer.text.replace(/"latest":\d+,/, '') }
}

/** A server that was rolled back does not know the last op's kind; it says so, for ever. */
function answerOfOlder(world: World, asked: SimRequest): SimAnswer {
  const { ops, epoch } = JSON.parse(String(asked.body)) as {
    ops: { opId: string }[]
    epoch: number
  }
  const unknown = ops.at(-1)?.opId ?? ''
  world.refused.set(unknown, 'unknown-kind')
  const results = ops.map(({ opId }) =>
    opId === unknown
      ? { opId, status: 'rejected', code: 'unknown-kind' }
      : { opId, status: 'retry' },
  )
  return {
    status: 200,
    text: JSON.stringify({ results, epoch, serverTime: world.now(), minProto: 1 }),
    retryAfter: null,
  }
}

/** An op that is refused alone as a request is put aside for a run, so others overtake it. */
function noteAside({ aside }: World, { body, ...asked }: SimRequest): void {
  if (!pathOf({ ...asked, body }).endsWith('/push')) return
  const { ops } = JSON.parse(String(body)) as { ops: { opId: string }[] }
  if (ops.length === 1) for (const { opId } of ops) aside.add(opId)
}
