import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'

import { declaredBy } from '../../../worker/doors/allow'
import { app } from '../../../worker/index'
import { newId } from '../../support/ops'
import { newBrowser, newExtension } from '../support/browser'
import { type FullWorkspace, type Ids, newFullWorkspace } from '../support/full-workspace'
import { newDevice, newMember, newWorkspace, type Workspace } from '../support/workspace'
import type { RouteRow } from './route-row'
import { ROUTE_TABLE } from './route-table'

const SUBJECTS = [
  'none',
  'expired',
  'revoked',
  'walker',
  'viewer',
  'reviewer',
  'admin',
  'owner',
  'stranger',
] as const
type Subject = (typeof SUBJECTS)[number]
type Stranger = Workspace & Pick<FullWorkspace, 'device'>
type Send = (path: string, init?: RequestInit) => Promise<Response>

const routes = [
  ...new Set(
    app.routes
      .filter(({ method }) => method !== 'ALL')
      .map(({ method, path }) => `${method} ${path}`),
  ),
]

let ours: FullWorkspace
let theirs: Stranger
let expired: Send
let revoked: Send
let revokedDevice: Send
let removedDevice: Send

beforeAll(async () => {
  ours = await newFullWorkspace('ours')
  const other = await newWorkspace()
  theirs = { ...other, device: await newDevice(other) }
  expired = await expiredSession(ours)
  revoked = await revokedSession(ours)
  const lost = await newDevice(ours)
  await ours.owner.client.revokeDevice(lost.id)
  revokedDevice = lost.extension.send
  const left = await newDevice(ours)
  await ours.owner.client.removePerson(left.personId)
  removedDevice = left.extension.send
})

test('every route has a row in the route table, and every row its route', () => {
  expect(routes.filter((route) => !(route in ROUTE_TABLE))).toEqual([])
  expect(Object.keys(ROUTE_TABLE).filter((route) => !routes.includes(route))).toEqual([])
})

test('every route says who may call it, once', () => {
  const declared = routes.map((route) => {
    const handlers = app.routes.filter(({ method, path }) => `${method} ${path}` === route)
    return { route, times: handlers.filter(({ handler }) => declaredBy(handler)).length }
  })

  expect(declared.filter(({ times }) => times !== 1)).toEqual([])
})

test('what the table says is open to anyone is what the code says', () => {
  const open = routes.filter((route) =>
    app.routes.some(
      ({ method, path, handler }) =>
        `${method} ${path}` === route && declaredBy(handler) === 'anyone',
    ),
  )

  expect(open.toSorted()).toEqual(
    Object.entries(ROUTE_TABLE)
      .filter(([, { who }]) => who === 'anyone')
      .map(([route]) => route)
      .toSorted(),
  )
})

describe.each(routes)('%s', (route) => {
  const row = ROUTE_TABLE[route]
  if (!row) return
  test.each(SUBJECTS)('answers %s as the table says', async (subject) => {
    const sendAs = await sendOf(subject, route, row)
    const ids = { ...ours.ids, ...(await row.prepare?.(ours)) }
    const denials = await countDenials()

    const response = await ask(sendAs, route, row, ids)

    const status = expectedStatus(subject, route, row)
    expect(response.status).toBe(status)
    expect((await countDenials()) - denials).toBe(status === 403 ? 1 : 0)
    if (subject === 'stranger' && row.stranger === 404) {
      const nothing = await ask(sendAs, route, row, nowhere())
      expect(await response.text()).toBe(await nothing.text())
      expect(headersOf(response)).toEqual(headersOf(nothing))
    }
  })
})

test('a session never gets through by another role’s column: rights follow the role at once', async () => {
  const member = await newMember(ours, 'reviewer')
  expect((await member.browser.send('/app/entries')).status).toBe(200)

  await ours.owner.client.changePerson(member.id, { role: 'walker' })

  expect((await member.browser.send('/app/entries')).status).toBe(403)
  expect((await member.browser.send('/app/me')).status).toBe(200)
})

function expectedStatus(subject: Subject, route: string, row: RouteRow): number {
  if (row.who === 'anyone') return row.ok
  if (subject === 'none' || subject === 'expired' || subject === 'revoked') return 401
  if (subject === 'stranger') return row.stranger ?? row.ok
  if (row.who.includes(subject)) return row.ok
  const isDeviceDoor = route.includes(' /v1/')
  return isDeviceDoor === (subject === 'walker') ? 403 : 401
}

async function sendOf(subject: Subject, route: string, row: RouteRow): Promise<Send> {
  const isDeviceDoor = route.includes(' /v1/')
  switch (subject) {
    case 'none':
      return isDeviceDoor ? newExtension().send : newBrowser().send
    case 'expired':
      return isDeviceDoor ? removedDevice : expired
    case 'revoked':
      return isDeviceDoor ? revokedDevice : revoked
    case 'walker':
      return walkerOf(ours, isDeviceDoor, row)
    case 'stranger':
      if (isDeviceDoor) return walkerOf(theirs, isDeviceDoor, row)
      return row.endsSubject ? freshSession(theirs, theirs.owner.id) : theirs.owner.browser.send
    default: {
      const member = ours[subject]
      return row.endsSubject ? freshSession(ours, member.id) : member.browser.send
    }
  }
}

/** A leader's browser; at the dashboard's door it says everything right but who it is. */
async function walkerOf(workspace: Stranger, isDeviceDoor: boolean, row: RouteRow): Promise<Send> {
  const device = row.endsSubject ? await newDevice(workspace) : workspace.device
  return isDeviceDoor
    ? device.extension.send
    : newBrowser({ Authorization: `Bearer ${device.token}` }).send
}

async function freshSession(workspace: Workspace, personId: string): Promise<Send> {
  const browser = newBrowser()
  await browser.client.signInWithCode((await workspace.owner.client.makeSignInCode(personId)).code)
  return browser.send
}

async function expiredSession(workspace: Workspace): Promise<Send> {
  const { browser, id } = await newMember(workspace, 'admin')
  await env.DB.prepare('UPDATE web_session SET expires_at = ?1 WHERE person_id = ?2')
    .bind(Date.now(), id)
    .run()
  return keepingCookie(browser.cookie())
}

async function revokedSession(workspace: Workspace): Promise<Send> {
  const { browser, client } = await newMember(workspace, 'admin')
  const cookie = browser.cookie()
  await client.signOut()
  return keepingCookie(cookie)
}

function keepingCookie(cookie: string | undefined): Send {
  return (path, init) => {
    const browser = newBrowser()
    browser.setCookie(cookie)
    return browser.send(path, init)
  }
}

async function ask(sendAs: Send, route: string, row: RouteRow, ids: Ids): Promise<Response> {
  const [method = '', pattern = ''] = route.split(' ')
  const hasBody = method === 'POST' || method === 'PATCH' || method === 'PUT'
  const body = row.body?.(ids) ?? {}
  return sendAs(row.path?.(ids) ?? pattern, {
    method,
    headers: { Accept: 'text/html,application/json', 'Content-Type': 'application/json' },
    ...(hasBody ? { body: body instanceof Uint8Array ? body : JSON.stringify(body) } : {}),
  })
}

/** Ids of nothing at all. */
function nowhere(): Ids {
  return {
    personId: newId(),
    sessionId: newId(),
    passkeyId: newId(),
    pairingId: newId(),
    deviceId: newId(),
    entryNumber: 987_654,
    noteId: newId(),
    walkId: newId(),
    opId: newId(),
    sha256: 'f'.repeat(64),
    numberKey: 'nobody',
  }
}

function headersOf(response: Response): [string, string][] {
  return [...response.headers].filter(([name]) => name !== 'x-request-id')
}

async function countDenials(): Promise<number> {
  const row = await env.DB.prepare(
    "SELECT count(*) AS rows FROM audit WHERE what = 'denied'",
  ).first<{ rows: number }>()
  return row?.rows ?? -1
}
