import * as v from 'valibot'
import { expect, test } from 'vitest'

import { ApiError, createCall, type FetchInit, Nothing, pathPart } from '#shared/api/call'

const Answer = v.looseObject({ ok: v.literal(true) })

function answering(status: number, body: string, headers: Record<string, string> = {}) {
  const asked: { url: string; init: FetchInit }[] = []
  return {
    asked,
    fetch: async (url: string, init: FetchInit) => {
      asked.push({ url, init })
      return new Response(status === 204 ? null : body, { status, headers })
    },
  }
}

test('with a token no cookie goes along; without one only to our own origin', async () => {
  const { fetch, asked } = answering(200, '{"ok":true}')
  const request = { method: 'POST', path: '/v1/x', json: { a: 1 }, answer: Answer } as const

  await createCall({ fetch, baseUrl: 'https://wince.example.org', token: 't' })(request)
  await createCall({ fetch, baseUrl: '' })(request)

  expect(asked).toEqual([
    {
      url: 'https://wince.example.org/v1/x',
      init: {
        method: 'POST',
        headers: {
          Accept: 'application/json',
          Authorization: 'Bearer t',
          'Content-Type': 'application/json',
        },
        body: '{"a":1}',
        credentials: 'omit',
        redirect: 'manual',
      },
    },
    {
      url: '/v1/x',
      init: {
        method: 'POST',
        headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
        body: '{"a":1}',
        credentials: 'same-origin',
        redirect: 'manual',
      },
    },
  ])
})

test('a DELETE says that it is JSON, or the dashboard’s door would refuse it', async () => {
  const { fetch, asked } = answering(204, '')

  const nothing = await createCall({ fetch, baseUrl: '' })({
    method: 'DELETE',
    path: '/app/session',
    answer: Nothing,
  })

  expect(nothing).toBeUndefined()
  expect(asked[0]?.init.headers['Content-Type']).toBe('application/json')
  expect(asked[0]?.init.body).toBeUndefined()
})

test.each([
  {
    status: 429,
    body: '{"error":"too-many-tries","message":"Wait."}',
    headers: { 'Retry-After': '60' },
    error: { status: 429, code: 'too-many-tries', message: 'Wait.', retryAfterMs: 60_000 },
  },
  {
    status: 502,
    body: '<html>Bad gateway</html>',
    headers: {},
    error: { status: 502, code: 'unexpected-answer', retryAfterMs: undefined },
  },
  {
    status: 503,
    body: '',
    headers: { 'Retry-After': 'Fri, 07 Aug 2026 09:00:00 GMT' },
    error: { status: 503, retryAfterMs: undefined },
  },
  {
    status: 200,
    body: '{"ok":false}',
    headers: {},
    error: { status: 200, code: 'unexpected-answer' },
  },
  { status: 200, body: 'not JSON', headers: {}, error: { status: 200, code: 'unexpected-answer' } },
])('$status $body rejects with what the server said', async ({ status, body, headers, error }) => {
  const { fetch } = answering(status, body, headers)
  const call = createCall({ fetch, baseUrl: '' })

  const answer = call({ method: 'GET', path: '/app/me', answer: Answer })

  await expect(answer).rejects.toBeInstanceOf(ApiError)
  await expect(answer).rejects.toMatchObject(error)
})

test('no answer at all is what fetch throws', async () => {
  const call = createCall({
    fetch: () => Promise.reject(new TypeError('Failed to fetch')),
    baseUrl: '',
  })

  await expect(call({ method: 'GET', path: '/', answer: Answer })).rejects.toBeInstanceOf(TypeError)
})

test('a part of a path stays one part', () => {
  expect(pathPart('../a/b?c#d')).toBe('..%2Fa%2Fb%3Fc%23d')
})
