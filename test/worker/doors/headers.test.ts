import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'

import { app } from '../../../worker/index'
import { storyPolicy } from '../../../worker/walk/story'
import { newBrowser, newExtension, send } from '../support/browser'
import { type FullWorkspace, newFullWorkspace } from '../support/full-workspace'
import { ROUTE_TABLE } from './route-table'

/** Word for word, so that a looser one shows in review. */
const PAGE_CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src 'self' blob:; " +
  "connect-src 'self'; frame-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; " +
  "frame-ancestors 'none'; require-trusted-types-for 'script'"
const DATA_CSP = "default-src 'none'; frame-ancestors 'none'"
const PICTURE_CSP = "sandbox; default-src 'none'"

let workspace: FullWorkspace

beforeAll(async () => {
  workspace = await newFullWorkspace('headers')
})

function expectHeaders(response: Response, csp: string, framing = 'DENY'): void {
  const { headers } = response
  expect(headers.get('Content-Security-Policy')).toBe(csp)
  const hsts = /^max-age=(\d+)/.exec(headers.get('Strict-Transport-Security') ?? '')?.[1]
  expect(Number(hsts)).toBeGreaterThanOrEqual(365 * 24 * 3_600)
  expect(headers.get('X-Content-Type-Options')).toBe('nosniff')
  expect(headers.get('X-Frame-Options')).toBe(framing)
  expect(headers.get('Referrer-Policy')).toBe('no-referrer')
  expect(headers.get('Cross-Origin-Opener-Policy')).toBe('same-origin')
  expect(headers.get('Cross-Origin-Resource-Policy')).toBe('same-origin')
  const permissions = headers.get('Permissions-Policy') ?? ''
  for (const feature of [
    'camera',
    'microphone',
    'geolocation',
    'display-capture',
    'payment',
    'usb',
  ]) {
    expect(permissions).toContain(`${feature}=()`)
  }
}

describe.each(Object.entries(ROUTE_TABLE).filter(([route]) => route !== 'GET /*'))(
  '%s',
  (route, row) => {
    const [method = '', pattern = ''] = route.split(' ')
    const init = {
      method,
      headers: { 'Content-Type': 'application/json' },
      ...(method === 'GET' ? {} : { body: '{}' }),
    }

    test('bears the headers when it refuses', async () => {
      const path = row.path?.(workspace.ids) ?? pattern
      const sendAsNobody = pattern.startsWith('/v1/') ? newExtension().send : newBrowser().send
      const response = await sendAsNobody(path, init)

      expectHeaders(response, DATA_CSP)
      expect(response.headers.get('Cache-Control')).toBe('no-store')
    })

    test('bears the headers when it answers', async () => {
      if (row.endsSubject) return
      const path = row.path?.(workspace.ids) ?? pattern
      const sendAs = pattern.startsWith('/v1/')
        ? workspace.device.extension.send
        : workspace.owner.browser.send
      const body = row.body?.(workspace.ids) ?? {}
      const response = await sendAs(path, {
        ...init,
        ...(method === 'GET'
          ? {}
          : { body: body instanceof Uint8Array ? body : JSON.stringify(body) }),
      })

      const isPicture = response.ok && pattern === '/app/pictures/:sha256'
      const isStory = response.ok && pattern === '/app/walks/:id/story'
      if (isStory) expectHeaders(response, await storyPolicy(), 'SAMEORIGIN')
      else expectHeaders(response, isPicture ? PICTURE_CSP : DATA_CSP)
      expect(response.headers.get('Cache-Control')).toMatch(/no-store/)
    })
  },
)

test('the page bears them, at / and at every address of the dashboard', async () => {
  for (const path of ['/', '/index.html', '/register', '/entries/12', '/pair', '/setup']) {
    const response = await send(path, { headers: { Accept: 'text/html' } })
    expect([path, response.status]).toEqual([path, 200])
    expect(response.headers.get('Content-Type')).toContain('text/html')
    expectHeaders(response, PAGE_CSP)
  }
})

test('every file that the page names bears them, and so does what is not there', async () => {
  const page = await (await send('/', { headers: { Accept: 'text/html' } })).text()
  const files = [...page.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path = '']) => path)
  expect(files.length).toBeGreaterThan(0)
  for (const path of [...files, '/assets/nothing-here.js']) {
    const response = await send(path)
    expect([path, response.status]).toEqual([path, path.includes('nothing') ? 404 : 200])
    expectHeaders(response, PAGE_CSP)
  }
})

test('the dashboard’s page has nothing that its own policy forbids', async () => {
  const page = await (await send('/', { headers: { Accept: 'text/html' } })).text()

  expect(page).not.toMatch(/<script(?![^>]*\ssrc=)[^>]*>|<style|\sstyle=|\son\w+=|https?:\/\//i)
})

test('errors that nobody expected bear them too', async () => {
  const broken = { ...env, DB: undefined as unknown as D1Database }

  const response = await send(
    '/app/me',
    { headers: { Cookie: `__Host-wince=${'A'.repeat(43)}` } },
    broken,
  )

  expect(response.status).toBe(500)
  expectHeaders(response, DATA_CSP)
})

test('methods that no route has bear them', async () => {
  for (const [method, path] of [
    ['OPTIONS', '/v1/device'],
    ['OPTIONS', '/app/me'],
    ['POST', '/'],
  ] as const) {
    expectHeaders(await send(path, { method }), path === '/' ? PAGE_CSP : DATA_CSP)
  }
})

test('nothing is answered by the app outside its three doors but the dashboard’s files', () => {
  const outside = app.routes.filter(
    ({ path, method }) => method !== 'ALL' && !/^\/(app|v1|public)\//.test(path),
  )

  expect(new Set(outside.map(({ method, path }) => `${method} ${path}`))).toEqual(
    new Set(['GET /*']),
  )
})
