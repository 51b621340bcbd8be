import * as v from 'valibot'

/** As much of the platform's `fetch` as a client needs; `(url, init) => fetch(url, init)` fits. */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchAnswer>

export interface FetchInit {
  method: string
  headers: Record<string, string>
  body?: string | Uint8Array<ArrayBuffer>
  credentials: 'omit' | 'same-origin'
  /** Redirects are never followed: no address of ours has one, so one is somebody else's page. */
  redirect: 'error' | 'manual'
}

interface FetchAnswer {
  status: number
  ok: boolean
  headers: { get(name: string): string | null }
  json(): Promise<unknown>
}

export interface ApiOptions {
  fetch: Fetch
  /** `https://host`, without a slash at the end; empty for the page's own origin. */
  baseUrl: string
  /** A paired browser's token. With one, no cookie is ever sent. */
  token?: string
}

/**
 * The server answered, but not with what was asked for. No answer at all is whatever `fetch`
 * throws. `message` is the server's sentence for people.
 */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly status: number
  readonly code: string
  /** From Retry-After; undefined when the server did not say. */
  readonly retryAfterMs: number | undefined

  constructor(status: number, code: string, message: string, retryAfterMs?: number) {
    super(message)
    this.status = status
    this.code = code
    this.retryAfterMs = retryAfterMs
  }
}

/** One request and its answer, checked against `answer` on the way in. */
export type Call = <Schema extends v.GenericSchema>(
  request: ApiRequest<Schema>,
) => Promise<v.InferOutput<Schema>>

interface ApiRequest<Schema extends v.GenericSchema> {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** From the origin's root; what is not fixed in it goes through `pathPart`. */
  path: string
  /** Sent as JSON. Everything but GET says that it is JSON, a body or not. */
  json?: unknown
  /** Sent as it is. */
  bytes?: { type: string; data: Uint8Array<ArrayBuffer> }
  answer: Schema
}

/** What a request answers that only says it worked: 204, or anything that nobody reads. */
export const Nothing = v.pipe(
  v.unknown(),
  v.transform(() => undefined),
)

const Refusal = v.looseObject({ error: v.string(), message: v.string() })

/** @see ApiOptions */
export function createCall({ fetch, baseUrl, token }: ApiOptions): Call {
  return async ({ method, path, json, bytes, answer }) => {
    const headers: Record<string, string> = { Accept: 'application/json' }
    if (token !== undefined) headers['Authorization'] = `Bearer ${token}`
    if (method !== 'GET') headers['Content-Type'] = bytes?.type ?? 'application/json'
    const body = bytes?.data ?? (json === undefined ? undefined : JSON.stringify(json))

    const response = await fetch(baseUrl + path, {
      method,
      headers,
      ...(body === undefined ? {} : { body }),
      credentials: token === undefined ? 'same-origin' : 'omit',
      redirect: 'manual',
    })
    const content: unknown = await response.json().catch(() => undefined)
    if (!response.ok) throw toApiError(response, content)
    const parsed = v.safeParse(answer, content)
    if (!parsed.success)
      throw new ApiError(
        response.status,
        'unexpected-answer',
        'The server answered something else.',
      )
    return parsed.output
  }
}

function toApiError(response: FetchAnswer, content: unknown): ApiError {
  const seconds = Number(response.headers.get('Retry-After') ?? Number.NaN)
  const retryAfterMs = Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined
  return v.is(Refusal, content)
    ? new ApiError(response.status, content.error, content.message, retryAfterMs)
    : new ApiError(
        response.status,
        'unexpected-answer',
        'The server answered something else.',
        retryAfterMs,
      )
}

/** An id or a code as one part of a path. */
export function pathPart(text: string): string {
  return encodeURIComponent(text)
}

/** `?name=value&…` of what is given; empty where nothing is. */
export function toSearch(query: Record<string, string | undefined>): string {
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [`${name}=${encodeURIComponent(value)}`],
  )
  return given.length === 0 ? '' : `?${given.join('&')}`
}
