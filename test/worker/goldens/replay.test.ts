import { env } from 'cloudflare:workers'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'

import { PullResponse, PulledEntry, PulledNote } from '#shared/sync'

import pair from '../../goldens/v0.1.0/pair.json' with { type: 'json' }
import pulls from '../../goldens/v0.1.0/pulls.json' with { type: 'json' }
import pushes1 from '../../goldens/v0.1.0/pushes.json' with { type: 'json' }
import pushes2 from '../../goldens/v0.2.0/pushes.json' with { type: 'json' }
import { send } from '../support/browser'
import { newWorkspace } from '../support/workspace'
import { ask, count, newSender, pull, rows } from '../sync/support'

interface GoldenPush {
  name: string
  request: { ops: ({ opId: string; kind: string; payload: unknown } | null)[] }
  status: number
  body: { results?: { opId: string | null; status: string; code?: string }[] }
}
/** The full note of 0.2.0, which says when it was worded. */
const NEWER = '01994c00-0000-7000-8000-000000000101'
const pushes = [...pushes1, ...pushes2] as unknown as GoldenPush[]

/** Names and kinds of an answer's fields; not their values. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shapeOf)
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, shapeOf(each)]))
}

/**
 * The one thing that is answered otherwise since 0.1.0: what comes behind an op whose number is
 * taken waits for it, or it would go first (S-4). An old client takes `retry` as ever.
 */
function behindForks(body: GoldenPush['body']): GoldenPush['body'] {
  const fork = body.results?.findIndex(({ code }) => code === 'device-fork') ?? -1
  if (fork === -1) return body
  const results = body.results?.map((result, index) =>
    index > fork ? { opId: result.opId, status: 'retry' } : result,
  )
  return { ...body, ...(results && { results }) }
}

describe('whoever speaks an older version is still heard, and answered as then', () => {
  test.each(pushes)('push: $name', async ({ request, status, body }) => {
    const device = await newSender()

    const response = await ask(device, '/v1/sync/push', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(request),
    })

    const answer = await response.json<Record<string, unknown>>()
    expect(response.status).toBe(status)
    const expected = behindForks(body)
    expect({ ...answer, ...('serverTime' in answer && { serverTime: 0 }) }).toMatchObject(expected)
    const taken = expected.results?.filter((result) => result.status === 'applied') ?? []
    const takenBack = request.ops.some(
      (op) => op?.kind.endsWith('.recall') && taken.some(({ opId }) => opId === op.opId),
    )
    expect(await count('op WHERE workspace_id = ?', device.workspace.id)).toBe(taken.length)
    for (const op of request.ops) {
      if (!op || !taken.some(({ opId }) => opId === op.opId)) continue
      // What is left of what was taken back is in test/worker/recall.
      if (takenBack || op.kind.endsWith('.recall')) continue
      const [logged] = await rows<{ payload: string }>(
        'SELECT payload FROM op WHERE op_id = ?',
        op.opId,
      )
      expect(JSON.parse(logged?.payload ?? 'null')).toEqual(op.payload)
    }
  })

  test('a full note and a full part are in every column', async () => {
    const [note] = await rows(
      'SELECT * FROM note WHERE id = ?',
      '01994b00-0000-7000-8000-000000000101',
    )
    const [walk] = await rows("SELECT * FROM walk WHERE persona = 'Night-shift nurse'")
    const [newer] = await rows('SELECT first_words_at AS at FROM note WHERE id = ?', NEWER)
    expect(newer?.['at']).toBe(1_788_771_660_000)
    const pictures = await rows('SELECT * FROM attachment WHERE note_id = ?', note?.['id'])

    // 0.1.0 did not say when a note was worded, nor what it is the same as; a service is chosen here.
    const { first_words_at: wordedAt, same_as: sameAs, service_id: chosen, ...said } = note ?? {}
    expect([wordedAt, sameAs, chosen]).toEqual([null, null, null])
    // Nor did a walk say what it walks again.
    const { again_of: againOf, ...walked } = walk ?? {}
    expect(againOf).toBeNull()
    for (const row of [said, walked]) expect(Object.values(row ?? {})).not.toContain(null)
    expect(pictures).toHaveLength(2)
  })

  test('pull: rows have the fields that they had then', async () => {
    const device = await newSender()
    const [golden] = pushes
    // The golden note’s ids are in the database already; this one is new.
    const text = JSON.stringify(golden?.request).replaceAll('01994b00', '01994b01')
    await ask(device, '/v1/sync/push', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: text,
    })
    const waiting = pulls.find(({ name }) => name.startsWith('a note that waits'))
    const [, goldenEntry, goldenNote] = waiting?.body.rows ?? []

    const answer = await pull(device)

    expect(answer.rows.map(shapeOf)).toEqual([shapeOf(goldenEntry), shapeOf(goldenNote)])
    // What came since stands beside it, and clients of then pass it over.
    expect(shapeOf({ ...answer, rows: [] })).toEqual(
      shapeOf({
        ...waiting?.body,
        rows: [],
        latest: 0,
        workspace: { ...waiting?.body.workspace, privateWords: [], unwalked: null },
      }),
    )
    expect(v.is(PullResponse, answer)).toBe(true)
    expect(v.is(PulledEntry, answer.rows[0])).toBe(true)
    expect(v.is(PulledNote, answer.rows[1])).toBe(true)
  })

  test('pairing', async () => {
    const workspace = await newWorkspace()
    const leader = await workspace.owner.client.addPerson({ name: 'Lea Leader', role: 'walker' })
    const { code } = await workspace.owner.client.askForPairing(leader.id)

    const response = await send('/v1/pair', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ ...pair.request, code }),
    })

    expect(response.status).toBe(pair.status)
    // As above: what came since stands beside what was there.
    expect(shapeOf(await response.json())).toEqual(
      shapeOf({
        ...pair.response,
        workspace: { ...pair.response.workspace, privateWords: [] },
      }),
    )
    expect(
      await env.DB.prepare('SELECT name FROM device WHERE person_id = ?')
        .bind(leader.id)
        .first('name'),
    ).toBe(pair.request.deviceName)
  })
})
