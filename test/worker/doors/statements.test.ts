import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'

import worker from '../../../worker/index'
import { newNote, newPart, noteOp, partOp, recallOp, walkRecallOp } from '../../support/ops'
import { ownPage, send } from '../support/browser'
import { type FullWorkspace, newFullWorkspace } from '../support/full-workspace'
import { type Recording, recordD1 } from '../support/recording-d1'
import { listTenantTables } from '../support/schema'
import { newDevice, newMember } from '../support/workspace'
import { ROUTE_TABLE } from './route-table'

/** Requests need to stay far below what the smallest plan allows (D-3). */
const MAX_CALLS = 40

/** Statements that find out whose a secret is, before any tenant is known; and what cron does for everybody. */
const LEARNS_TENANT = [
  /"web_session"\."token_hash" = \?/,
  /"device"\."token_hash" = \?/,
  /^update "web_session" set "revoked_at" = \? where "token_hash" = \?/,
  /"passkey"\."id" = \?/,
  /from "recovery_code" where "code_hash" = \?/,
  /"invite"\."token_hash" = \?/,
  /from "pairing_code" where "code_hash" = \?/,
  /^select "id" from "person" where "role" = \? limit \?$/,
  /^delete from "(invite|pairing_code|web_session)" where "expires_at" < \?$/,
  /^\s*SELECT workspace_id FROM note WHERE grouped = 0 GROUP BY workspace_id/,
  /^\s*SELECT workspace_id FROM unwanted_picture GROUP BY workspace_id/,
  /^\s*SELECT workspace_id FROM note_to_index GROUP BY workspace_id/,
  /^\s*SELECT workspace_id FROM lone_entry WHERE ask_at <= \?/,
  /^\s*UPDATE follow_up SET reference = NULL\s+WHERE id IN \(/,
  /^\s*SELECT workspace_id FROM workspace_weights\s+WHERE fitted_at <= \?/,
]

/** That an op was taken by this very batch; its id is looked for in every workspace, as nobody may use it twice. */
const OP_GUARD = /EXISTS \(SELECT 1 FROM op WHERE op_id = \?[^)]*\)/g

const recording: Recording = { statements: [], calls: 0 }
const callsOf: Record<string, number> = {}
let workspace: FullWorkspace
let tenantTables: string[]

beforeAll(async () => {
  workspace = await newFullWorkspace('statements')
  tenantTables = await listTenantTables()
  const bindings = { ...env, DB: recordD1(env.DB, recording) }
  for (const [route, row] of Object.entries(ROUTE_TABLE)) {
    const [method = '', pattern = ''] = route.split(' ')
    const ids = { ...workspace.ids, ...(await row.prepare?.(workspace)) }
    const isFullPush = route === 'POST /v1/sync/push'
    const body = isFullPush ? fullPush() : (row.body?.(ids) ?? {})
    const init = {
      method,
      ...(method === 'GET' || method === 'DELETE'
        ? {}
        : { body: body instanceof Uint8Array ? body : JSON.stringify(body) }),
    }
    const isDeviceDoor = pattern.startsWith('/v1/')
    // What ends a subject is done with another one, as what comes after needs ours.
    const { token } =
      row.endsSubject && isDeviceDoor ? await newDevice(workspace) : workspace.device
    const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` }
    recording.calls = 0
    await send(
      row.path?.(ids) ?? pattern,
      isDeviceDoor
        ? { ...init, headers }
        : ownPage(
            init,
            (row.endsSubject
              ? await newMember(workspace, 'viewer')
              : workspace.owner
            ).browser.cookie(),
          ),
      bindings,
    )
    callsOf[route] = recording.calls
  }
  await send(
    '/v1/sync/push',
    {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        Authorization: `Bearer ${workspace.device.token}`,
      },
      body: JSON.stringify({
        proto: 1,
        deviceId: workspace.device.id,
        epoch: 1,
        ops: [recallOp(201, workspace.ids.noteId), walkRecallOp(202, workspace.ids.walkId)],
      }),
    },
    bindings,
  )
  await worker.scheduled(undefined as never, bindings)
})

/** As many ops as a push may hold. */
function fullPush(): object {
  const ops = Array.from({ length: 10 }, (_, index) =>
    index === 0
      ? partOp(101, newPart())
      : noteOp(
          101 + index,
          newNote({ words: `Problem number ${index} about something else entirely` }),
        ),
  )
  return { proto: 1, deviceId: workspace.device.id, epoch: 1, ops }
}

test('every statement names the tenant of each table that it touches', () => {
  const statements = [...new Set(recording.statements)]
  expect(statements.length).toBeGreaterThan(60)
  expect(statements.filter((sql) => sql.includes("'taken-back'"))).toHaveLength(1)
  expect(statements.filter((sql) => /delete from walk\b/i.test(sql))).toHaveLength(1)

  const nameless = statements.filter((sql) => {
    if (LEARNS_TENANT.some((known) => known.test(sql))) return false
    const read = sql.replaceAll(OP_GUARD, '')
    const tables = [...read.matchAll(/\b(?:from|join|update)\s+"?(\w+)/gi)].map(
      ([, table = '']) => table,
    )
    const named = read.match(/\bworkspace_id"?\s*=\s*(\?|"?\w+"?\."?workspace_id)/gi) ?? []
    const [, written = ''] = /^\s*insert into "?(\w+)/i.exec(sql) ?? []
    const isWritten = !tenantTables.includes(written) || /^[^)]*\bworkspace_id\b/i.test(sql)
    return (
      !isWritten || named.length < tables.filter((table) => tenantTables.includes(table)).length
    )
  })

  expect(nameless).toEqual([])
})

test(`no request needs more than ${MAX_CALLS} D1 calls`, () => {
  expect(Object.entries(callsOf).filter(([, calls]) => calls > MAX_CALLS)).toEqual([])
  expect(callsOf['POST /v1/sync/push']).toBeGreaterThan(10)
})
