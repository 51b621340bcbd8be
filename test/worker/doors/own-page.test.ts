import { beforeAll, describe, expect, test } from 'vitest'

import { ORIGIN, send } from '../support/browser'
import { newWorkspace, type Workspace } from '../support/workspace'

let workspace: Workspace
let cookie = ''

beforeAll(async () => {
  workspace = await newWorkspace({ name: 'doors' })
  cookie = workspace.owner.browser.cookie() ?? ''
})

const ownHeaders = {
  Origin: ORIGIN,
  'Sec-Fetch-Site': 'same-origin',
  'Content-Type': 'application/json',
}
type Headers = Record<string, string>

const EXTENSIONS = [
  'moz-extension://8f0e8c1e-9e0c-4b7a-8a52-3d5b6c7d8e9f',
  'chrome-extension://abcdefghijklmnopabcdefghijklmnop',
]
const foreign: { what: string; headers: Headers }[] = [
  {
    what: 'another site’s JSON',
    headers: { ...ownHeaders, Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' },
  },
  {
    what: 'another site’s text/plain',
    headers: {
      Origin: 'https://evil.example',
      'Sec-Fetch-Site': 'cross-site',
      'Content-Type': 'text/plain',
    },
  },
  {
    what: 'another site’s form',
    headers: {
      Origin: 'https://evil.example',
      'Sec-Fetch-Site': 'cross-site',
      'Content-Type': 'application/x-www-form-urlencoded',
    },
  },
  {
    what: 'another site without a content type',
    headers: { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' },
  },
  {
    what: 'another origin that says same-origin',
    headers: { ...ownHeaders, Origin: 'https://evil.example' },
  },
  { what: 'our host over http', headers: { ...ownHeaders, Origin: 'http://wince.example.org' } },
  { what: 'our host on another port', headers: { ...ownHeaders, Origin: `${ORIGIN}:8443` } },
  {
    what: 'a host that begins like ours',
    headers: { ...ownHeaders, Origin: `${ORIGIN}.evil.example` },
  },
  {
    what: 'a subdomain of ours',
    headers: {
      ...ownHeaders,
      Origin: 'https://sub.wince.example.org',
      'Sec-Fetch-Site': 'same-site',
    },
  },
  ...['none', 'cross-site', 'same-site'].map((site) => ({
    what: `our origin with Sec-Fetch-Site: ${site}`,
    headers: { ...ownHeaders, 'Sec-Fetch-Site': site },
  })),
  {
    what: 'our origin without Sec-Fetch-Site',
    headers: { Origin: ORIGIN, 'Content-Type': 'application/json' },
  },
  {
    what: 'same-origin without an Origin',
    headers: { 'Sec-Fetch-Site': 'same-origin', 'Content-Type': 'application/json' },
  },
  { what: 'Origin: null', headers: { ...ownHeaders, Origin: 'null' } },
  ...EXTENSIONS.flatMap((Origin) => [
    { what: `${Origin.split(':')[0]} with same-origin`, headers: { ...ownHeaders, Origin } },
    {
      what: `${Origin.split(':')[0]} with none`,
      headers: { ...ownHeaders, Origin, 'Sec-Fetch-Site': 'none' },
    },
  ]),
]
const wrongTypes: { what: string; headers: Headers }[] = [
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'text/plain; application/json',
  'application/jsonp',
  'application/json-patch+json',
].map((type) => ({
  what: `our own page with ${type}`,
  headers: { ...ownHeaders, 'Content-Type': type },
}))
wrongTypes.push({
  what: 'our own page without a content type',
  headers: { Origin: ORIGIN, 'Sec-Fetch-Site': 'same-origin' },
})

describe('/app takes changes from its own page only', () => {
  const change = (headers: Headers, method = 'PATCH') =>
    send('/app/workspace', {
      method,
      headers: { ...headers, Cookie: cookie },
      // Bytes, so that no content type is added by itself.
      body: new TextEncoder().encode(JSON.stringify({ name: 'taken over' })),
    })

  test('the real page is let in', async () => {
    expect((await change(ownHeaders)).status).toBe(200)
    expect(
      (await change({ ...ownHeaders, 'Content-Type': 'application/json; charset=utf-8' })).status,
    ).toBe(200)
    await workspace.owner.client.changeWorkspace({ name: 'doors' })
  })

  test.each(foreign)('$what is refused', async ({ headers }) => {
    const response = await change(headers)

    expect(response.status).toBe(403)
    expect(await response.json()).toMatchObject({ error: 'not-our-page' })
    expect((await workspace.owner.client.getWorkspace()).name).toBe('doors')
  })

  test.each(wrongTypes)('$what is refused', async ({ headers }) => {
    expect((await change(headers)).status).toBe(415)
    expect((await workspace.owner.client.getWorkspace()).name).toBe('doors')
  })

  test.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND'])(
    '%s needs it all, whatever the route',
    async (method) => {
      for (const path of [
        '/app/session',
        '/app/sign-in/options',
        '/app/setup',
        '/app/join',
        '/app/no-such-thing',
      ]) {
        const response = await send(path, { method, headers: { Cookie: cookie } })
        expect([path, response.status]).toEqual([path, 403])
      }
      expect((await workspace.owner.browser.send('/app/me')).status).toBe(200)
    },
  )

  test('no answer of /app has a CORS header, not even to a preflight', async () => {
    const preflight = {
      'Access-Control-Request-Method': 'PATCH',
      'Access-Control-Request-Headers': 'content-type',
    }
    const answers = [
      await send('/app/workspace', {
        method: 'OPTIONS',
        headers: { Origin: 'https://evil.example', ...preflight },
      }),
      await send('/app/workspace', { headers: { Origin: 'https://evil.example', Cookie: cookie } }),
      await change(ownHeaders),
      await send('/', { headers: { Origin: 'https://evil.example' } }),
    ]

    expect(
      answers
        .flatMap(({ headers }) => [...headers.keys()])
        .filter((name) => name.startsWith('access-control')),
    ).toEqual([])
  })
})
