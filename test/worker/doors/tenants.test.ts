import { env } from 'cloudflare:workers'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'

import { newId, newNote, newPart, newWalk, noteOp, partOp, walkRecallOp } from '../../support/ops'
import { type FullWorkspace, type Ids, newFullWorkspace } from '../support/full-workspace'
import { listTenantTables } from '../support/schema'
import { ROUTE_TABLE } from './route-table'

const MARK = `canary-${crypto.randomUUID()}`

let ours: FullWorkspace
let theirs: FullWorkspace

beforeAll(async () => {
  ours = await newFullWorkspace(MARK)
  theirs = await newFullWorkspace('theirs')
})

/** Every row of our workspace, in every table that has tenants; tables yet to come included. */
async function snapshot(): Promise<string> {
  const tables = await listTenantTables()
  const rows = await env.DB.batch([
    env.DB.prepare('SELECT * FROM workspace WHERE id = ?1').bind(ours.id),
    ...tables.map((name) =>
      env.DB.prepare(`SELECT * FROM ${name} WHERE workspace_id = ?1`).bind(ours.id),
    ),
  ])
  return JSON.stringify(rows.map(({ results }) => results))
}

/** Everything the other workspace's people may ask, as often as they like. */
const routes = Object.keys(ROUTE_TABLE).filter((route) => !ROUTE_TABLE[route]?.endsSubject)

/** One request with our ids in it: as the route means them, or any of them anywhere. */
const request = fc.record({
  route: fc.constantFrom(...routes),
  mixed: fc.boolean(),
  id: fc.constantFrom<keyof Ids>(
    'personId',
    'sessionId',
    'passkeyId',
    'pairingId',
    'deviceId',
    'noteId',
    'walkId',
    'sha256',
    'numberKey',
    'entryNumber',
  ),
  op: fc.constantFrom('note', 'walk', 'recall', 'op'),
})
type Request = typeof request extends fc.Arbitrary<infer Value> ? Value : never

async function ask({ route, mixed, id, op }: Request): Promise<string> {
  const [method = '', pattern = ''] = route.split(' ')
  const row = ROUTE_TABLE[route]
  const { ids } = ours
  const meant = row?.path?.(ids) ?? pattern
  const path = mixed
    ? `${pattern.replace(/:\w+/g, String(ids[id]))}?after=${ids[id]}&owner=${ids.personId}&cursor=${ids[id]}`
    : meant
  const body = route === 'POST /v1/sync/push' ? pushOf(op) : (row?.body?.(ids) ?? {})
  const withOurIds =
    mixed && !(body instanceof Uint8Array) ? { ...body, ...ownersOf(route, ids) } : body
  const sendAs = pattern.startsWith('/v1/')
    ? theirs.device.extension.send
    : theirs.owner.browser.send
  const response = await sendAs(path, {
    method,
    ...(method === 'GET' || method === 'DELETE'
      ? {}
      : { body: withOurIds instanceof Uint8Array ? withOurIds : JSON.stringify(withOurIds) }),
  })
  return (
    JSON.stringify([...response.headers]) + new TextDecoder().decode(await response.arrayBuffer())
  )
}

/** Fields of a body that name somebody: ours instead of theirs. */
function ownersOf(route: string, ids: Ids): object {
  if (route === 'PATCH /app/entries/:number') return { version: 1, owner: ids.personId }
  if (route === 'POST /app/pairing') return { personId: ids.personId }
  return {}
}

/** Ops that claim our rows: the same note, the same walk, the same op, our picture. */
function pushOf(op: Request['op']): object {
  const note = newNote({ id: ours.ids.noteId, walkId: ours.ids.walkId, words: 'taken over' })
  const ops = {
    note: noteOp(Math.floor(Math.random() * 1e9) + 10, note),
    walk: partOp(
      Math.floor(Math.random() * 1e9) + 10,
      newPart({ part: 2, walk: newWalk({ id: ours.ids.walkId, errand: 'taken over' }) }),
    ),
    recall: walkRecallOp(Math.floor(Math.random() * 1e9) + 10, ours.ids.walkId),
    op: noteOp(Math.floor(Math.random() * 1e9) + 10, newNote({ walkId: ours.ids.walkId }), {
      opId: ours.ids.opId,
    }),
  }
  return { proto: 1, deviceId: newId(), epoch: 1, ops: [ops[op]] }
}

test('whatever another workspace asks with our real ids, nothing of ours is told or changed', async () => {
  const before = await snapshot()
  expect(before).toContain(MARK)
  const forbidden = [MARK, ...ours.secrets, ...ours.recoveryCodes]

  await fc.assert(
    fc.asyncProperty(fc.array(request, { minLength: 1, maxLength: 12 }), async (history) => {
      for (const each of history) {
        const answer = await ask(each)
        expect(
          forbidden.filter((text) => answer.includes(text)),
          JSON.stringify(each),
        ).toEqual([])
      }
    }),
    { numRuns: 160 },
  )

  expect(await snapshot()).toBe(before)
}, 120_000)

test('every route that there is was asked with our ids', async () => {
  // The same, once each, so that no route is left to chance.
  const before = await snapshot()
  for (const route of routes) {
    for (const mixed of [false, true]) {
      const answer = await ask({ route, mixed, id: 'personId', op: 'note' })
      expect(answer, route).not.toContain(MARK)
    }
  }
  for (const op of ['note', 'walk', 'recall', 'op'] as const) {
    await ask({ route: 'POST /v1/sync/push', mixed: false, id: 'noteId', op })
  }

  expect(await snapshot()).toBe(before)
})

test('the canary sings when it should: its own people do read it', async () => {
  const answers = await Promise.all(
    [
      '/app/me',
      '/app/people',
      '/app/devices',
      '/app/entries',
      `/app/entries/${ours.ids.entryNumber}`,
    ].map(async (path) => (await ours.owner.browser.send(path)).text()),
  )

  expect(answers.filter((answer) => !answer.includes(MARK))).toEqual([])
})
