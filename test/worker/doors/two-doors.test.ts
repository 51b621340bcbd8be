import { env } from 'cloudflare:workers'
import { Hono } from 'hono'
import { beforeAll, describe, expect, test } from 'vitest'

import type { PublicEnv } from '../../../worker/app-env'
import { openDatabase } from '../../../worker/database/open'
import { allow } from '../../../worker/doors/allow'
import { sessionDoor } from '../../../worker/doors/app-door'
import { answerError } from '../../../worker/doors/refusal'
import { newBrowser, newExtension, ORIGIN, send } from '../support/browser'
import { newFullWorkspace, type FullWorkspace } from '../support/full-workspace'

let workspace: FullWorkspace
let cookie = ''

beforeAll(async () => {
  workspace = await newFullWorkspace('doors')
  cookie = workspace.owner.browser.cookie() ?? ''
})

describe('what one door knows means nothing at the other', () => {
  test('a device’s token at /app is nobody', async () => {
    const { token } = workspace.device
    for (const [method, path] of [
      ['GET', '/app/me'],
      ['GET', '/app/entries'],
      ['PATCH', '/app/workspace'],
    ] as const) {
      const response = await newBrowser({ Authorization: `Bearer ${token}` }).send(path, {
        method,
        ...(method === 'PATCH' ? { body: '{"name":"taken over"}' } : {}),
      })
      expect(response.status).toBe(401)
    }
  })

  test('a token in place of the cookie, and a cookie’s value as a token, are nobody', async () => {
    const browser = newBrowser()
    browser.setCookie(`__Host-wince=${workspace.device.token}`)
    expect((await browser.send('/app/me')).status).toBe(401)
    const sessionToken = cookie.replace('__Host-wince=', '')
    expect((await newExtension(sessionToken).send('/v1/device')).status).toBe(401)
    const bearer = newBrowser({ Authorization: `Bearer ${sessionToken}` })
    expect((await bearer.send('/app/me')).status).toBe(401)
    const baked = { Cookie: `__Host-wince=${workspace.device.token}` }
    expect((await send('/v1/device', { headers: baked })).status).toBe(401)
  })

  test('a session’s cookie at /v1 is nobody, from our own page too', async () => {
    for (const path of ['/v1/device', '/v1/sync/pull']) {
      expect((await send(path, { headers: { Cookie: cookie } })).status).toBe(401)
      expect((await workspace.owner.browser.send(path)).status).toBe(401)
    }
    expect((await workspace.owner.browser.send('/v1/device', { method: 'DELETE' })).status).toBe(
      401,
    )
  })

  test('a cookie beside a token changes nothing at /v1, and a token beside a cookie nothing at /app', async () => {
    const viaDevice = await workspace.device.extension.send('/v1/device', {
      headers: { Cookie: cookie },
    })
    expect(await viaDevice.json()).toMatchObject({ person: { name: 'doors leader' } })
    const viaSession = await workspace.owner.browser.send('/app/me', {
      headers: { Authorization: `Bearer ${workspace.device.token}` },
    })
    expect(await viaSession.json()).toMatchObject({ person: { role: 'owner' } })
  })

  test.each([
    'wince=VALUE',
    '__Secure-wince=VALUE',
    '__host-wince=VALUE',
    'x=1; __Host-other=VALUE',
    '__Host-wince=',
    '__Host-wince=VALUEx',
    '__Host-wince=%00',
  ])('the cookie %s is nobody', async (shape) => {
    const value = cookie.replace('__Host-wince=', '')
    expect(
      (await send('/app/me', { headers: { Cookie: shape.replace('VALUE', value) } })).status,
    ).toBe(401)
  })

  test.each([
    'Basic TOKEN',
    'bearer TOKEN',
    'Bearer  TOKEN',
    'Bearer TOKEN x',
    'TOKEN',
    'Bearer',
    'Bearer TOKENx',
    "Bearer ' OR 1=1",
  ])('Authorization: %s is nobody', async (shape) => {
    const Authorization = shape.replace('TOKEN', workspace.device.token)
    expect((await send('/v1/device', { headers: { Authorization } })).status).toBe(401)
  })
})

describe('/v1 may be asked from any origin, without cookies', () => {
  test('a preflight is answered without credentials', async () => {
    const response = await send('/v1/sync/push', {
      method: 'OPTIONS',
      headers: {
        Origin: 'chrome-extension://abcdefghijklmnopabcdefghijklmnop',
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': 'authorization,content-type',
      },
    })

    expect(response.status).toBe(204)
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe('*')
    expect(response.headers.get('Access-Control-Allow-Credentials')).toBeNull()
    expect(response.headers.get('Access-Control-Allow-Headers')?.toLowerCase()).toContain(
      'authorization',
    )
    expect(response.headers.get('Access-Control-Allow-Methods')).toBe('GET, POST, PUT, DELETE')
  })

  test('every answer can be read by the extension, refusals too', async () => {
    const answers = [
      await workspace.device.extension.send('/v1/device'),
      await newExtension().send('/v1/device'),
      await newExtension().send('/v1/no-such-thing'),
      await newExtension().send('/v1/pair', { method: 'POST', body: '{' }),
    ]

    expect(answers.map(({ status }) => status)).toEqual([200, 401, 401, 400])
    for (const { headers } of answers) {
      expect(headers.get('Access-Control-Allow-Origin')).toBe('*')
      expect(headers.get('Access-Control-Allow-Credentials')).toBeNull()
    }
  })
})

test('what no route claims is a 404 for those inside and a 401 for those outside', async () => {
  expect((await newBrowser().send('/app/no-such-thing')).status).toBe(401)
  expect((await workspace.owner.browser.send('/app/no-such-thing')).status).toBe(404)
  expect((await workspace.device.extension.send('/v1/no-such-thing')).status).toBe(404)
})

test('a door leads to no route that forgot to say who may', async () => {
  const forgetful = new Hono<PublicEnv>()
    .use(async (c, next) => {
      c.set('db', openDatabase(env.DB))
      await next()
    })
    .use('/app/*', sessionDoor)
    .get('/app/forgotten', (c) => c.text('secret'))
    .get('/app/declared', allow('self.read'), (c) => c.text('fine'))
    .onError(answerError)
  const ask = (path: string) =>
    forgetful.request(ORIGIN + path, { headers: { Cookie: cookie } }, env)

  expect((await ask('/app/forgotten')).status).toBe(404)
  expect((await ask('/app/declared')).status).toBe(200)
})
