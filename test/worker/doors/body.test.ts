import { env } from 'cloudflare:workers'
import fc from 'fast-check'
import { Hono } from 'hono'
import * as v from 'valibot'
import { beforeAll, describe, expect, test } from 'vitest'

import { JSON_MAX_DEPTH, PICTURE_MAX_BYTES, REQUEST_MAX_BYTES } from '#shared/limits'
import { toStorableText } from '#shared/text'

import type { PublicEnv } from '../../../worker/app-env'
import { jsonDepth, limitBody } from '../../../worker/doors/body'
import { answerError } from '../../../worker/doors/refusal'
import { app } from '../../../worker/index'
import { newExtension, send } from '../support/browser'
import { type FullWorkspace, newFullWorkspace } from '../support/full-workspace'
import { ROUTE_TABLE } from './route-table'

let workspace: FullWorkspace

beforeAll(async () => {
  workspace = await newFullWorkspace('body')
})

/** `size` bytes in pieces, with no Content-Length. */
function streamOf(size: number, piece = 64 * 1024): ReadableStream<Uint8Array> {
  let left = size
  return new ReadableStream({
    pull(controller) {
      const chunk = new Uint8Array(Math.min(piece, left)).fill(0x20)
      left -= chunk.length
      if (chunk.length > 0) controller.enqueue(chunk)
      if (left === 0) controller.close()
    },
  })
}

describe('a body is counted as it arrives', () => {
  const readers: Record<
    string,
    (request: {
      text(): Promise<string>
      json(): Promise<unknown>
      arrayBuffer(): Promise<ArrayBuffer>
    }) => Promise<unknown>
  > = {
    text: (request) => request.text(),
    json: (request) => request.json(),
    arrayBuffer: (request) => request.arrayBuffer(),
  }
  const counted = new Hono<PublicEnv>()
    .use('/wide', limitBody(1_000))
    .use(limitBody(100))
    .post('/unread', (c) => c.text('fine'))
    .post('/:reader', async (c) => {
      await (readers[c.req.param('reader')] ?? readers['text'])?.(c.req)
      return c.text('fine')
    })
    .onError(answerError)
  const post = async (path: string, size: number) =>
    (
      await counted.request(`https://x.example${path}`, {
        method: 'POST',
        body: streamOf(size, 10),
      })
    ).status

  test.each(['/text', '/arrayBuffer'])(
    '%s: one byte less and the limit pass, one more is 413',
    async (path) => {
      expect([await post(path, 99), await post(path, 100), await post(path, 101)]).toEqual([
        200, 200, 413,
      ])
    },
  )

  test('json too, before it is parsed', async () => {
    expect(await post('/json', 101)).toBe(413)
  })

  test('the first limit on the way is the one that counts', async () => {
    expect([await post('/wide', 1_000), await post('/wide', 1_001)]).toEqual([200, 413])
  })

  test('a body that nobody reads costs nothing', async () => {
    expect(await post('/unread', 101)).toBe(200)
  })

  test('what Content-Length says is not believed', async () => {
    const body = JSON.stringify({ code: 'x'.repeat(REQUEST_MAX_BYTES), deviceName: 'X' })
    for (const length of ['10', '0', '-1', 'many']) {
      const response = await send('/v1/pair', {
        method: 'POST',
        body,
        headers: { 'Content-Length': length },
      })
      expect(response.status).toBe(413)
    }
  })

  test.each([
    { size: REQUEST_MAX_BYTES - 1, status: 400 },
    { size: REQUEST_MAX_BYTES, status: 400 },
    { size: REQUEST_MAX_BYTES + 1, status: 413 },
  ])('a request of $size bytes answers $status', async ({ size, status }) => {
    const response = await newExtension().send('/v1/pair', { method: 'POST', body: streamOf(size) })

    expect(response.status).toBe(status)
    if (status === 413) expect(await response.json()).toMatchObject({ error: 'too-large' })
  })

  test.each([
    { size: PICTURE_MAX_BYTES, status: 422 },
    { size: PICTURE_MAX_BYTES + 1, status: 413 },
  ])('a picture of $size bytes answers $status', async ({ size, status }) => {
    const path = `/v1/blobs/${workspace.ids.sha256}`

    expect(
      (await workspace.device.extension.send(path, { method: 'PUT', body: streamOf(size) })).status,
    ).toBe(status)
  })
})

describe('JSON is checked before anything else happens', () => {
  const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)

  test.each([
    { json: '1', depth: 0 },
    { json: '{}', depth: 1 },
    { json: '[{"a":[]}]', depth: 3 },
    { json: String.raw`{"a":"[[[{{{","b":"\"[["}`, depth: 1 },
    { json: nested(100), depth: 100 },
  ])('the depth of $json is $depth', ({ json, depth }) => {
    expect(jsonDepth(json)).toBe(depth)
  })

  test('the depth that is found is the depth that is there', () => {
    const depthOf = (value: unknown): number =>
      typeof value === 'object' && value !== null
        ? 1 + Math.max(0, ...Object.values(value).map(depthOf))
        : 0
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(jsonDepth(JSON.stringify(value))).toBe(depthOf(value))
      }),
    )
  })

  test.each([
    { what: 'no JSON', body: '{"code": "x"', code: 'not-json' },
    { what: 'nothing at all', body: '', code: 'not-json' },
    { what: 'eight levels', body: nested(JSON_MAX_DEPTH), code: 'malformed' },
    { what: 'nine levels', body: nested(JSON_MAX_DEPTH + 1), code: 'too-deep' },
    { what: 'a hundred thousand levels', body: nested(100_000), code: 'too-deep' },
    { what: 'a list', body: '[]', code: 'malformed' },
    { what: 'null', body: 'null', code: 'malformed' },
    {
      what: 'a lone surrogate',
      body: String.raw`{"code":"x","deviceName":"\ud800"}`,
      code: 'malformed',
    },
    { what: 'a NUL', body: String.raw`{"code":"x","deviceName":"a\u0000b"}`, code: 'malformed' },
  ])('$what is a 400 with code $code', async ({ body, code }) => {
    const response = await newExtension().send('/v1/pair', { method: 'POST', body })

    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ error: code })
  })

  test('a field that does not fit is named, a made-up key is not repeated', async () => {
    const wrongField = await workspace.owner.browser.send('/app/people', {
      method: 'POST',
      body: '{"name":"","role":"viewer"}',
    })
    expect(await wrongField.json()).toEqual({
      error: 'malformed',
      message: 'That is not what is expected here: name.',
    })
    const madeUp = await workspace.owner.browser.send('/app/people', {
      method: 'POST',
      body: '{"name":"X","role":"viewer","canary-key":"canary"}',
    })
    expect(madeUp.status).toBe(400)
    expect(await madeUp.text()).not.toContain('canary')
  })
})

/** Routes with a body that is JSON, and the schema they declare for it. */
const bodies = Object.keys(ROUTE_TABLE).flatMap((route) => {
  const handlers = app.routes.filter(({ method, path }) => `${method} ${path}` === route)
  const schema = handlers
    .map(({ handler }) =>
      'bodySchema' in handler ? (handler.bodySchema as v.GenericSchema) : undefined,
    )
    .find(Boolean)
  return schema ? [{ route, schema }] : []
})

test('every route with a body declares its schema, but for pictures', () => {
  const without = Object.keys(ROUTE_TABLE)
    .filter((route) => /^(POST|PATCH|PUT) /.test(route))
    .filter((route) => !bodies.some((body) => body.route === route))

  expect(without).toEqual(['PUT /v1/blobs/:sha256'])
})

test.each(bodies.filter(({ route }) => route.includes(' /app/')))(
  '$route refuses unknown keys',
  ({ schema }) => {
    // A choice of shapes is as strict as each of them.
    const shapes = 'options' in schema ? (schema.options as { type: string }[]) : [schema]
    expect([...new Set(shapes.map(({ type }) => type))]).toEqual(['strict_object'])
  },
)

test.each(bodies.filter(({ route }) => route.includes(' /v1/')))(
  '$route keeps unknown keys',
  ({ schema }) => {
    expect(schema.type).toBe('loose_object')
  },
)

test.each(Object.keys(ROUTE_TABLE).filter((route) => route !== 'GET /*'))(
  '%s answers nonsense with a 4xx that tells nothing of how it is made',
  async (route) => {
    const [method = '', pattern = ''] = route.split(' ')
    const isDeviceDoor = pattern.startsWith('/v1/')
    const sendAs = isDeviceDoor ? workspace.device.extension.send : workspace.owner.browser.send
    // What ends the subject would end the test.
    if (route === 'DELETE /app/session' || route === 'DELETE /v1/device') return
    const nonsense = fc.oneof(
      fc.jsonValue({ maxDepth: 3 }),
      fc.dictionary(
        fc.constantFrom(
          'name',
          'role',
          'code',
          'token',
          'passkey',
          'ops',
          'version',
          '__proto__',
          'x',
        ),
        fc.jsonValue({ maxDepth: 2 }),
      ),
    )
    const id = fc.oneof(
      fc.string({ minLength: 1 }),
      fc.constantFrom("' OR 1=1 --", '%00', '..', '%ff', '9'.repeat(400), '🙂', '-1'),
    )

    await fc.assert(
      fc.asyncProperty(nonsense, id, fc.string(), async (body, part, query) => {
        const path = `${pattern.replace(/:\w+/g, () => encodeURIComponent(toStorableText(part)))}?after=${encodeURIComponent(toStorableText(query))}`
        const response = await sendAs(path, {
          method,
          ...(method === 'GET' || method === 'DELETE' ? {} : { body: JSON.stringify(body) }),
        })
        const text = await response.text()
        expect(response.status, `${path} ${JSON.stringify(body)} ${text}`).toBeLessThan(500)
        expect(text).not.toMatch(/SQLITE|D1_ERROR|select |insert |\bat \w+ \(/i)
      }),
      { numRuns: 25 },
    )
  },
)

test('what nobody expected is a 500 that says nothing', async () => {
  const broken = {
    ...env,
    DB: {
      prepare: () => {
        throw new Error('SQLITE_CORRUPT: secret words')
      },
    } as unknown as D1Database,
  }

  const response = await send('/app/setup', {}, broken)

  expect(response.status).toBe(500)
  expect(await response.json()).toEqual({
    error: 'internal',
    message: 'Something went wrong here. It was noted.',
  })
})
