import { readFileSync } from 'node:fs'

import * as v from 'valibot'
import { describe, expect, test } from 'vitest'

import { createCall } from '#shared/api/call'
import { Pair, connectionApi } from '#shared/api/pairing'
import { Op } from '#shared/op'
import {
  PullResponse,
  PulledEntry,
  PulledNote,
  PulledTombstone,
  PushRequest,
  PushResponse,
} from '#shared/sync'

import { classify } from '../../extension/sync/status'
import { breaksOf, describeSchema, type Described } from '../support/describe-schema'

/** What each version said on the wire. Nothing in it is ever changed; a later one gets its own folder (S-14). */
const read = (version: string, name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../goldens/${version}/${name}.json`, import.meta.url), 'utf8'))

const VERSIONS = ['v0.1.0', 'v0.2.0']
const all = <Golden>(name: string): Golden[] =>
  VERSIONS.flatMap((version) => read(version, name) as Golden[])

const pulls = all<{ name: string; body: { rows: { type: string }[] } }>('pulls')
const answers = all<{ name: string; status: number; body: unknown; means: string }>('push-answers')
const pushes = all<{ name: string; request: unknown; status: number; body: unknown }>('pushes')
const pair = read('v0.1.0', 'pair') as {
  request: v.InferInput<typeof Pair>
  status: number
  response: Record<string, unknown>
}
const frozen = Object.fromEntries(
  VERSIONS.map((version) => [version, read(version, 'schemas') as Record<string, Described>]),
)

const wire: Record<string, v.GenericSchema> = {
  PushRequest,
  Op,
  PushResponse,
  PullResponse,
  PulledNote,
  PulledEntry,
  PulledTombstone,
  Pair,
}

describe('answers of every version are understood', () => {
  test.each(pulls)('pull: $name', ({ body }) => {
    expect(v.parse(PullResponse, body)).toEqual(body)
    for (const row of body.rows) {
      if (row.type === 'note') expect(v.parse(PulledNote, row)).toEqual(row)
      if (row.type === 'entry') expect(v.parse(PulledEntry, row)).toEqual(row)
      if (row.type === 'tombstone') expect(v.parse(PulledTombstone, row)).toEqual(row)
    }
  })

  test.each(answers)('push: $name', ({ status, body, means }) => {
    expect(classify({ status, retryAfterMs: null, body })).toBe(means)
    if (status === 200) expect(v.parse(PushResponse, body)).toEqual(body)
  })

  test.each(pushes.filter(({ status }) => status === 200))('push of $name', ({ request, body }) => {
    expect(v.is(PushRequest, request)).toBe(true)
    expect(v.parse(PushResponse, body)).toEqual(body)
  })

  test('pairing', async () => {
    const call = createCall({
      baseUrl: 'https://wince.example.org',
      fetch: async () => ({
        status: pair.status,
        ok: true,
        headers: new Headers(),
        json: async () => pair.response,
      }),
    })

    expect(await connectionApi(call).pair(pair.request)).toEqual(pair.response)
  })
})

describe.each(VERSIONS)('the wire of %s is frozen', (version) => {
  test.each(Object.keys(frozen[version] ?? {}))('%s takes and says all that it did', (name) => {
    const before = frozen[version]?.[name]
    const schema = wire[name]

    expect(before).toBeDefined()
    expect(schema && before && breaksOf(before, describeSchema(schema))).toEqual([])
  })
})

test('no schema was left out of the newest frozen ones', () => {
  expect(Object.keys(frozen['v0.2.0'] ?? {}).toSorted()).toEqual(Object.keys(wire).toSorted())
})

describe('the freeze notices', () => {
  const before = v.looseObject({
    a: v.string(),
    b: v.nullable(v.pipe(v.array(v.picklist(['x', 'y'])), v.maxLength(3))),
    c: v.variant('kind', [v.looseObject({ kind: v.literal('one'), n: v.number() })]),
  })

  test.each([
    ['a field removed', v.looseObject({ b: before.entries.b, c: before.entries.c }), 'a is gone'],
    [
      'a field retyped',
      v.looseObject({ ...before.entries, a: v.number() }),
      'a was string and is number',
    ],
    [
      'a field made nullable',
      v.looseObject({ ...before.entries, a: v.nullable(v.string()) }),
      'a was string and is nullable',
    ],
    [
      'a new field that is demanded',
      v.looseObject({ ...before.entries, d: v.string() }),
      'd is new and not optional',
    ],
    [
      'a strict object',
      v.strictObject(before.entries),
      'the schema was loose_object and is strict_object',
    ],
    [
      'a value gone',
      v.looseObject({
        ...before.entries,
        b: v.nullable(v.pipe(v.array(v.picklist(['x'])), v.maxLength(3))),
      }),
      'b.*.* no longer takes y',
    ],
    [
      'a limit tightened',
      v.looseObject({
        ...before.entries,
        b: v.nullable(v.pipe(v.array(v.picklist(['x', 'y'])), v.maxLength(2))),
      }),
      'b.*: max_length is tighter',
    ],
    [
      'a kind gone',
      v.looseObject({
        ...before.entries,
        c: v.variant('kind', [v.looseObject({ kind: v.literal('two') })]),
      }),
      'c.<one> is gone',
    ],
    [
      'a field of a kind renamed',
      v.looseObject({
        ...before.entries,
        c: v.variant('kind', [v.looseObject({ kind: v.literal('one'), m: v.number() })]),
      }),
      'c.<one>.n is gone',
    ],
  ])('%s', (_what, after, sentence) => {
    expect(breaksOf(describeSchema(before), describeSchema(after))).toContain(sentence)
  })

  test('and lets pass what only allows more', () => {
    const after = v.looseObject({
      ...before.entries,
      b: v.nullable(v.pipe(v.array(v.picklist(['x', 'y', 'z'])), v.maxLength(9))),
      later: v.optional(v.string()),
    })

    expect(breaksOf(describeSchema(before), describeSchema(after))).toEqual([])
  })
})
