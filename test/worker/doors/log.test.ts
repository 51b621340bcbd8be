import { env } from 'cloudflare:workers'
import { afterEach, expect, test, vi } from 'vitest'

import { newNote, noteOp } from '../../support/ops'
import { newBrowser, newExtension, send } from '../support/browser'
import { newDevice, newWorkspace, tokenIn } from '../support/workspace'

afterEach(() => {
  vi.restoreAllMocks()
})

function captureLogs(): string[] {
  const lines: string[] = []
  for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    vi.spyOn(console, level).mockImplementation((...parts: unknown[]) => {
      lines.push(
        parts
          .map((part) =>
            part instanceof Error ? `${part.message} ${part.stack ?? ''}` : String(part),
          )
          .join(' '),
      )
    })
  }
  return lines
}

test('one line a request: id, workspace, method, route pattern, status and time', async () => {
  const workspace = await newWorkspace()
  const lines = captureLogs()

  const response = await workspace.owner.browser.send(
    '/app/pairing/0199aaaa-0000-7000-8000-000000000000',
  )

  expect(lines).toHaveLength(1)
  expect(JSON.parse(lines[0] ?? '')).toEqual({
    level: 'info',
    requestId: response.headers.get('X-Request-Id'),
    workspace: workspace.id,
    method: 'GET',
    route: '/app/pairing/:id',
    status: 404,
    ms: expect.any(Number),
  })
})

test('no text, address, body, code, token or cookie of a request is ever logged', async () => {
  const lines = captureLogs()
  const workspace = await newWorkspace({ name: 'canary workspace', ownerName: 'canary owner' })
  const { client, browser } = workspace.owner
  const person = await client.addPerson({ name: 'canary person', role: 'reviewer' })
  const invite = await client.invite(person.id)
  const signInCode = await client.makeSignInCode(person.id)
  await newBrowser().client.join({ token: tokenIn(invite.link), passkey: null })
  await newBrowser().client.signInWithCode(signInCode.code)
  const pairing = await client.askForPairing(person.id)
  const paired = await newExtension().client.pair({
    code: pairing.code,
    deviceName: 'canary device',
  })
  const device = newExtension(paired.token)
  await device.send('/v1/sync/push?x=canary', {
    method: 'POST',
    headers: {
      'X-Canary': 'canary',
      Referer: 'https://canary.example/canary',
      'User-Agent': 'canary',
    },
    body: JSON.stringify({
      proto: 1,
      deviceId: paired.deviceId,
      epoch: 1,
      ops: [noteOp(1, newNote({ words: 'canary words' })), { canary: 'canary' }],
    }),
  })
  for (const path of [
    '/canary',
    '/app/canary',
    '/app/people/canary',
    '/v1/canary',
    '/app/entries?q=canary',
    '/app/entries/canary',
  ]) {
    await browser.send(path)
    await device.send(path)
  }
  await browser.send('/app/people', { method: 'POST', body: '{"canary":' })
  await browser.send('/app/people', { method: 'POST', body: '{"name":"canary","role":"canary"}' })
  await newBrowser().send('/app/sign-in/code', { method: 'POST', body: '{"code":"canary"}' })
  await newBrowser().send('/app/setup', { method: 'POST', body: '{"token":"canary"}' })

  const secrets = [
    'canary',
    tokenIn(invite.link),
    signInCode.code,
    signInCode.code.replaceAll('-', ''),
    pairing.code,
    pairing.code.replaceAll('-', ''),
    paired.token,
    browser.cookie()?.replace('__Host-wince=', '') ?? 'no cookie',
    ...workspace.recoveryCodes,
  ]
  const log = lines.join('\n')
  expect(lines.length).toBeGreaterThanOrEqual(25)
  expect(secrets.filter((secret) => log.includes(secret))).toEqual([])
})

test('an error that quotes what somebody typed is logged without its message', async () => {
  const lines = captureLogs()
  const failing = {
    ...env,
    DB: {
      prepare: () => {
        throw new TypeError('D1_ERROR: near "canary": SQLITE_ERROR')
      },
    } as unknown as D1Database,
  }

  await send('/app/setup', {}, failing)

  const [line = ''] = lines.filter((each) => each.includes('"error"'))
  expect(JSON.parse(line)).toMatchObject({
    level: 'error',
    error: 'TypeError',
    sqlite: 'SQLITE_ERROR',
  })
  expect((JSON.parse(line) as { frames: string[] }).frames.length).toBeGreaterThan(0)
  expect(lines.join('\n')).not.toContain('canary')
})

test('the log names the workspace of a device too', async () => {
  const workspace = await newWorkspace()
  const device = await newDevice(workspace)
  const lines = captureLogs()

  await device.extension.send('/v1/device')

  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    workspace: workspace.id,
    route: '/v1/device',
    status: 200,
  })
})
