import type { SyncFetch } from '#shared/api/sync'
import type { PushRequest } from '#shared/sync'

/** A request as it arrived. */
export interface Arrived {
  method: string
  path: string
  query: URLSearchParams
  headers: Record<string, string>
  body: string | Uint8Array
  /** The ops of a push; none for anything else. */
  ops: { opId: string; mid: number; kind: string; payload: Record<string, unknown> }[]
}

interface Answer {
  status: number
  body?: unknown
  headers?: Record<string, string>
}

/**
 * What happens instead of a plain answer: another answer; the request never arrives; it arrives
 * and is acted on, and its answer is lost. `undefined` leaves it to the server.
 */
export type Happening = Answer | 'lost' | 'answer-lost' | undefined

/**
 * A server as the protocol describes it, in memory: acts on an op once, refuses a device's
 * number twice, knows its epoch, takes a picture for a note that it has.
 */
export function newServer({ epoch = 1 } = {}) {
  const arrived: Arrived[] = []
  const log = new Map<
    string,
    { deviceId: string; mid: number; seq: number; payload: Record<string, unknown> }
  >()
  const pictures = new Map<string, Uint8Array>()
  let rows: { type: string; id: string; seq: number }[] = []
  let nearbyRows: { id: string; seq: number }[] | undefined
  let happen: (request: Arrived) => Happening = () => undefined
  let rejectOp: (op: Arrived['ops'][number]) => string | undefined = () => undefined
  let current = epoch
  let time = 0

  function push(request: Arrived): Answer {
    const { deviceId, epoch: theirs } = JSON.parse(String(request.body)) as PushRequest
    if (theirs !== current) return { status: 409, body: { error: 'other-epoch', epoch: current } }
    const results = request.ops.map(({ opId, mid, payload }, index) => {
      const known = log.get(opId)
      if (known) return { opId, status: 'duplicate', seq: known.seq }
      const code = rejectOp(request.ops[index] as Arrived['ops'][number])
      if (code !== undefined) return { opId, status: 'rejected', code }
      const isTaken = [...log.values()].some(
        (each) => each.deviceId === deviceId && each.mid === mid,
      )
      if (isTaken) return { opId, status: 'rejected', code: 'device-fork' }
      const seq = log.size + 1
      log.set(opId, { deviceId, mid, seq, payload })
      return { opId, status: 'applied', seq }
    })
    return { status: 200, body: { results, epoch: current, serverTime: time, minProto: 1 } }
  }

  function pull({ query }: Arrived): Answer {
    const limit = Number(query.get('limit'))
    const [theirs, after] = (query.get('cursor') ?? `${current}/0`).split('/').map(Number)
    if (theirs !== current) return { status: 409, body: { error: 'other-epoch', epoch: current } }
    const found = rows.filter((row) => row.seq > (after ?? 0)).slice(0, limit + 1)
    const page = found.slice(0, limit)
    return {
      status: 200,
      body: {
        rows: page,
        cursor: `${current}/${page.at(-1)?.seq ?? after}`,
        more: found.length > limit,
        epoch: current,
        serverTime: time,
        ...(nearbyRows && { latest: nearbyRows.at(-1)?.seq ?? 0 }),
        workspace: { name: 'IT, renamed', coverEverything: true },
      },
    }
  }

  /** A server of before knows no such route. */
  function nearby({ query }: Arrived): Answer {
    if (nearbyRows === undefined) return { status: 404, body: { error: 'not-found' } }
    const limit = Number(query.get('limit'))
    const after = Number(query.get('cursor') ?? 0)
    const found = nearbyRows.filter(({ seq }) => seq > after)
    const page = found.slice(0, limit)
    const cursor = String(page.at(-1)?.seq ?? after)
    const more = found.length > limit
    return { status: 200, body: { rows: page, cursor, more, epoch: current } }
  }

  function putPicture({ path, body }: Arrived): Answer {
    const sha256 = path.split('/').at(-1) ?? ''
    const isAnnounced = [...log.values()].some(({ payload }) =>
      JSON.stringify(payload).includes(sha256),
    )
    if (!isAnnounced) return { status: 404 }
    pictures.set(sha256, body as Uint8Array)
    return { status: 200, body: { state: 'stored' } }
  }

  function act(request: Arrived): Answer {
    if (request.path === '/v1/sync/push') return push(request)
    if (request.path === '/v1/sync/pull') return pull(request)
    if (request.path === '/v1/sync/nearby') return nearby(request)
    return putPicture(request)
  }

  const fetch: SyncFetch = async (url, { method, headers, body = '' }) => {
    const { pathname, searchParams } = new URL(url)
    const ops = pathname.endsWith('/push')
      ? (JSON.parse(String(body)) as { ops: Arrived['ops'] }).ops
      : []
    const request = { method, path: pathname, query: searchParams, headers, body, ops }
    arrived.push(request)
    const happening = happen(request)
    if (happening === 'lost') throw new TypeError('Failed to fetch')
    const answer = typeof happening === 'object' ? happening : act(request)
    if (happening === 'answer-lost') throw new TypeError('Failed to fetch')
    return {
      status: answer.status,
      headers: { get: (name) => answer.headers?.[name.toLowerCase()] ?? null },
      text: async () => (answer.body === undefined ? '' : JSON.stringify(answer.body)),
    }
  }

  return {
    fetch,
    arrived,
    log,
    pictures,
    /** Ops of every push that arrived, in the order they came. */
    pushed: () =>
      arrived
        .filter(({ path }) => path.endsWith('/push'))
        .map(({ ops }) => ops.map(({ opId }) => opId)),
    puts: () =>
      arrived.filter(({ method }) => method === 'PUT').map(({ path }) => path.split('/').at(-1)),
    pulls: () => arrived.filter(({ path }) => path.endsWith('/pull')),
    on(change: typeof happen) {
      happen = change
    },
    /** The first request to such a path meets this; all others go on as usual. */
    once(part: string, happening: Happening) {
      let met = false
      happen = ({ path }) => {
        if (met || !path.includes(part)) return undefined
        met = true
        return happening
      }
    },
    reject(change: typeof rejectOp) {
      rejectOp = change
    },
    setRows(change: typeof rows) {
      rows = change
    },
    setNearby(change: typeof nearbyRows) {
      nearbyRows = change
    },
    /** As after a restore: everything from this op number on is gone. */
    restore(keep: number) {
      for (const [opId, { seq }] of log) if (seq > keep) log.delete(opId)
      pictures.clear()
      current += 1
    },
    epoch: () => current,
    time: () => time,
    pass(ms: number) {
      time += ms
    },
  }
}
export type Server = ReturnType<typeof newServer>
