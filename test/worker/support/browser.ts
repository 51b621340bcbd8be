import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'

import { createApiClient } from '#shared/api-client'

import type { Env } from '../../../worker/env'
import { app } from '../../../worker/index'

/** Where the tests' installation lives. */
export const ORIGIN = 'https://wince.example.org'

/**
 * A request straight to the app, in workerd, over the real D1 and R2; `path` from the root.
 * What the app goes on with after its answer is done when this resolves.
 */
export async function send(
  path: string,
  init: RequestInit = {},
  bindings: Env = env,
): Promise<Response> {
  const context = createExecutionContext()
  const response = await app.fetch(new Request(ORIGIN + path, init), bindings, context)
  await waitOnExecutionContext(context)
  return response
}

/** What a browser adds by itself to a request of its own page. */
export function ownPage(init: RequestInit = {}, cookie?: string): RequestInit {
  const headers = new Headers(init.headers)
  const isRead = init.method === undefined || init.method === 'GET' || init.method === 'HEAD'
  headers.set('Sec-Fetch-Site', 'same-origin')
  if (!isRead) headers.set('Origin', ORIGIN)
  if (!isRead && !headers.has('Content-Type')) headers.set('Content-Type', 'application/json')
  if (cookie) headers.set('Cookie', cookie)
  return { ...init, headers }
}

let addresses = 0

/** Each browser sits somewhere else, so that budgets by address only count where a test means them to. */
function newAddress(): string {
  addresses += 1
  return `198.18.${addresses >> 8}.${addresses & 255}`
}

/** A browser with the dashboard open: it keeps cookies, and says where its requests come from. */
export function newBrowser(extraHeaders: Record<string, string> = {}) {
  let cookie: string | undefined
  const ownHeaders = { 'CF-Connecting-IP': newAddress(), ...extraHeaders }
  const sendFromPage = async (path: string, init: RequestInit = {}) => {
    const headers = { ...ownHeaders, ...Object.fromEntries(new Headers(init.headers)) }
    const response = await send(path, ownPage({ ...init, headers }, cookie))
    for (const set of response.headers.getSetCookie()) {
      const [pair = ''] = set.split(';', 1)
      cookie = /max-age=0/i.test(set) ? undefined : pair
    }
    return response
  }
  return {
    send: sendFromPage,
    client: createApiClient({
      baseUrl: '',
      fetch: (url, init) => sendFromPage(url, requestInit(init)),
    }),
    /** `__Host-wince=…`, as it would be sent. */
    cookie: () => cookie,
    setCookie: (value: string | undefined) => {
      cookie = value
    },
  }
}
export type Browser = ReturnType<typeof newBrowser>

/** An extension's background: a token if it is paired, never a cookie. */
export function newExtension(token?: string, extraHeaders: Record<string, string> = {}) {
  const ownHeaders = { 'CF-Connecting-IP': newAddress(), ...extraHeaders }
  const sendWithToken = async (path: string, init: RequestInit = {}) => {
    const headers = new Headers(init.headers)
    headers.set('Origin', 'chrome-extension://abcdefghijklmnopabcdefghijklmnop')
    for (const [name, value] of Object.entries(ownHeaders)) headers.set(name, value)
    if (token !== undefined) headers.set('Authorization', `Bearer ${token}`)
    return send(path, { ...init, headers })
  }
  return {
    send: sendWithToken,
    client: createApiClient({
      baseUrl: '',
      fetch: (url, init) => sendWithToken(url, requestInit(init)),
      ...(token === undefined ? {} : { token }),
    }),
  }
}
export type Extension = ReturnType<typeof newExtension>

/** workerd knows no `credentials`; everything else is passed on. */
function requestInit(init: {
  method: string
  headers: Record<string, string>
  body?: BodyInit
}): RequestInit {
  return {
    method: init.method,
    headers: init.headers,
    ...(init.body === undefined ? {} : { body: init.body }),
  }
}
