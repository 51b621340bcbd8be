import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'

import { uuidv7 } from '#shared/id'

import { findBreak, hashRow } from '../../../worker/audit/chain'
import { listAuditAfter, writeAudited } from '../../../worker/audit/queries'
import { openDatabase } from '../../../worker/database/open'
import { randomBytes } from '../../../worker/doors/tokens'
import { newBrowser, newExtension } from '../support/browser'
import { newFullWorkspace } from '../support/full-workspace'
import { newMember, newWorkspace, type Workspace } from '../support/workspace'

const db = openDatabase(env.DB)

async function brokenAt(workspace: Workspace): Promise<number | null> {
  const { brokenAt: found } = await workspace.owner.client.checkAudit()
  return found
}

test('what matters leaves a row, in order, and none of it holds a word of anybody', async () => {
  const workspace = await newFullWorkspace('canary')
  const { client } = workspace.owner
  await workspace.viewer.client.addPerson({ name: 'X', role: 'viewer' }).catch(() => {})
  await workspace.viewer.browser.send(`/app/pictures/${workspace.ids.sha256}`)
  await client.changePerson(workspace.ids.personId, { role: 'reviewer', name: 'canary renamed' })
  await client.changeWorkspace({ name: 'canary workspace again' })
  await client.revokeDevice(workspace.ids.deviceId)
  await client.removePerson(workspace.ids.personId)

  const rows = await listAuditAfter(db, workspace.id, 0, 1_000)

  expect(rows.map(({ number }) => number)).toEqual(rows.map((_, index) => index + 1))
  expect([...new Set(rows.map(({ what }) => what))]).toEqual([
    'workspace.created',
    'person.added',
    'invite.made',
    'person.joined',
    'pairing.asked',
    'device.paired',
    'passkey.added',
    'sign-in-code.made',
    'denied',
    'picture.viewed',
    'person.changed',
    'workspace.changed',
    'device.revoked',
    'person.removed',
  ])
  expect(JSON.stringify(rows)).not.toContain('canary')
  expect(await brokenAt(workspace)).toBeNull()
})

test('a row of the log cannot be changed, deleted, or put where it does not follow', async () => {
  const { id } = await newWorkspace()

  await expect(
    env.DB.prepare("UPDATE audit SET actor = 'nobody' WHERE workspace_id = ?1").bind(id).run(),
  ).rejects.toThrow('append-only')
  await expect(
    env.DB.prepare('DELETE FROM audit WHERE workspace_id = ?1').bind(id).run(),
  ).rejects.toThrow('append-only')
  const forged = env.DB.prepare(
    "INSERT INTO audit (workspace_id, number, at, actor, what, detail, previous_hash, hash) VALUES (?1, 2, 0, 'x', 'sign-in', '{}', 'made up', 'h')",
  )
  await expect(forged.bind(id).run()).rejects.toThrow('moved on')
})

test.each([
  {
    how: 'an actor is exchanged',
    sql: "UPDATE audit SET actor = 'somebody else' WHERE workspace_id = ?1 AND number = 3",
    at: 3,
  },
  {
    how: 'a time is moved',
    sql: 'UPDATE audit SET at = at - 1 WHERE workspace_id = ?1 AND number = 2',
    at: 2,
  },
  {
    how: 'a detail is changed',
    sql: "UPDATE audit SET detail = '{}' WHERE workspace_id = ?1 AND number = 4",
    at: 4,
  },
  {
    how: 'the first row goes',
    sql: 'DELETE FROM audit WHERE workspace_id = ?1 AND number = 1',
    at: 2,
  },
  {
    how: 'a row in the middle goes',
    sql: 'DELETE FROM audit WHERE workspace_id = ?1 AND number = 3',
    at: 4,
  },
  {
    how: 'two rows change places',
    sql: 'UPDATE audit SET number = CASE number WHEN 2 THEN -3 ELSE -2 END WHERE workspace_id = ?1 AND number IN (2, 3)',
    andThen: 'UPDATE audit SET number = -number WHERE workspace_id = ?1 AND number < 0',
    at: 2,
  },
])('the chain breaks where $how', async ({ sql, andThen, at }) => {
  const workspace = await newWorkspace()
  await newMember(workspace, 'viewer')
  await newMember(workspace, 'reviewer')
  expect(await brokenAt(workspace)).toBeNull()

  await tamper([sql, ...(andThen ? [andThen] : [])], workspace.id)

  expect(await brokenAt(workspace)).toBe(at)
})

test('a row rewritten together with its own hash still breaks the row behind it', async () => {
  const workspace = await newWorkspace()
  await newMember(workspace, 'viewer')
  const rows = await listAuditAfter(db, workspace.id, 0, 100)
  const second = rows[1]
  if (!second) throw new Error('two rows at least')
  const hash = await hashRow({ ...second, actor: 'somebody else' })

  await tamper(
    [
      `UPDATE audit SET actor = 'somebody else', hash = '${hash}' WHERE workspace_id = ?1 AND number = 2`,
    ],
    workspace.id,
  )

  expect(await brokenAt(workspace)).toBe(3)
})

test('a check goes on where the one before stopped', async () => {
  const workspace = await newWorkspace()
  await newMember(workspace, 'viewer')
  await newMember(workspace, 'viewer')
  await tamper(['UPDATE audit SET at = 0 WHERE workspace_id = ?1 AND number = 6'], workspace.id)

  expect(await workspace.owner.client.checkAudit(3)).toMatchObject({ brokenAt: 6 })
  expect(await workspace.owner.client.checkAudit(6)).toMatchObject({ brokenAt: null })
  expect(await workspace.owner.client.checkAudit(999)).toMatchObject({ brokenAt: 999 })
})

test('an act and its row happen together or not at all', async () => {
  const workspace = await newWorkspace()
  const before = (await listAuditAfter(db, workspace.id, 0, 100)).length
  const impossible = db
    .insertInto('person')
    .values({
      id: workspace.owner.id,
      workspace_id: workspace.id,
      name: 'twice',
      role: 'viewer',
      created_at: 0,
    })
    .compile()

  const act = writeAudited(
    env.DB,
    db,
    {
      workspaceId: workspace.id,
      actor: workspace.owner.id,
      what: 'person.added',
      detail: {},
      at: 0,
    },
    [impossible],
  )

  await expect(act).rejects.toThrow('UNIQUE')
  expect(await listAuditAfter(db, workspace.id, 0, 100)).toHaveLength(before)
})

test('failures of somebody known are in their log; nobody known is only counted', async () => {
  const { owner, recoveryCodes, id } = await newWorkspace()
  await newBrowser().client.signInWithCode(recoveryCodes[0] ?? '')
  const denied = async () =>
    (
      await env.DB.prepare("SELECT sum(used) AS denied FROM budget WHERE key = 'denied'").first<{
        denied: number | null
      }>()
    )?.denied ?? 0
  const [rows, counted] = [(await listAuditAfter(db, id, 0, 100)).length, await denied()]

  await newBrowser()
    .client.signInWithCode(recoveryCodes[0] ?? '')
    .catch(() => {})
  expect((await listAuditAfter(db, id, rows, 100)).map(({ what, actor }) => [what, actor])).toEqual(
    [['sign-in.failed', owner.id]],
  )
  expect(await denied()).toBe(counted)

  await newBrowser()
    .client.signInWithCode('00000-00000-00000-00000')
    .catch(() => {})
  await newBrowser().send('/app/me')
  await newExtension('A'.repeat(43)).send('/v1/device')
  await newExtension()
    .client.pair({ code: 'nonsense', deviceName: 'X' })
    .catch(() => {})
  expect(await denied()).toBe(counted + 4)
  expect(await listAuditAfter(db, id, rows, 100)).toHaveLength(1)
})

test('an empty chain holds', async () => {
  expect(await findBreak([])).toBeUndefined()
  expect(await listAuditAfter(db, uuidv7(0, randomBytes), 0, 10)).toEqual([])
})

/** What somebody with the database in hand could do: the triggers go first. */
async function tamper(statements: string[], workspaceId: string): Promise<void> {
  const triggers = await env.DB.prepare(
    "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit'",
  ).all<{
    name: string
    sql: string
  }>()
  await env.DB.batch(triggers.results.map(({ name }) => env.DB.prepare(`DROP TRIGGER ${name}`)))
  await env.DB.batch(statements.map((sql) => env.DB.prepare(sql).bind(workspaceId)))
  await env.DB.batch(triggers.results.map(({ sql }) => env.DB.prepare(sql)))
}
