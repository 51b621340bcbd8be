import type { PushRequest } from '#shared/sync'

/** As much of `fetch` as we use; what a browser, a worker, a test or a simulator passes in. */
export type SyncFetch = (
  url: string,
  init: {
    method: string
    headers: Record<string, string>
    body?: string | Uint8Array<ArrayBuffer>
    credentials: 'omit'
    redirect: 'error'
  },
) => Promise<{
  status: number
  headers: { get(name: string): string | null }
  text(): Promise<string>
}>

/** An answer as it came. Whoever asked decides what its status means (S-5). */
export interface SyncAnswer {
  status: number
  /** From `Retry-After` in seconds; null where there is none that can be read. */
  retryAfterMs: number | null
  /** Parsed JSON, still to be validated; undefined when it was none. */
  body: unknown
}

/** The device's half of sync over HTTP. Rejects only when no answer came at all. */
export interface SyncApi {
  push(request: PushRequest): Promise<SyncAnswer>
  pull(query: { cursor: string | null; limit: number }): Promise<SyncAnswer>
  /** Entries that a note may be about; a server of before has no such route. */
  nearby(query: { cursor: string | null; limit: number }): Promise<SyncAnswer>
  putPicture(sha256: string, type: string, bytes: Uint8Array<ArrayBuffer>): Promise<SyncAnswer>
}

/** @param baseUrl origin of the worker, without a slash at its end */
export function createSyncApi(deps: { fetch: SyncFetch; baseUrl: string; token: string }): SyncApi {
  const { fetch, baseUrl, token } = deps

  async function ask(
    method: string,
    path: string,
    type: string,
    body?: string | Uint8Array<ArrayBuffer>,
  ): Promise<SyncAnswer> {
    const response = await fetch(`${baseUrl}${path}`, {
      method,
      // An extension's fetch would carry the dashboard's cookie along (platform trap 9).
      credentials: 'omit',
      // No address of ours redirects; a token must not follow somebody else's.
      redirect: 'error',
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': type }),
      },
      ...(body === undefined ? {} : { body }),
    })
    return {
      status: response.status,
      retryAfterMs: toRetryAfterMs(response.headers.get('retry-after')),
      body: toJson(await response.text()),
    }
  }

  return {
    push: (request) => ask('POST', '/v1/sync/push', 'application/json', JSON.stringify(request)),
    pull: (query) => ask('GET', `/v1/sync/pull?${toQuery(query)}`, 'application/json'),
    nearby: (query) => ask('GET', `/v1/sync/nearby?${toQuery(query)}`, 'application/json'),
    putPicture: (sha256, type, bytes) => ask('PUT', `/v1/blobs/${sha256}`, type, bytes),
  }
}

function toQuery({ cursor, limit }: { cursor: string | null; limit: number }): string {
  return `limit=${limit}${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`
}

/** Only the form in seconds (RFC 9110 §10.2.3); a date would trust two clocks. */
function toRetryAfterMs(value: string | null): number | null {
  return value !== null && /^\d{1,6}$/.test(value) ? Number(value) * 1000 : null
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
