import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'

import { CROCKFORD } from '#shared/crockford'
import { newPairingCode, parsePairingInput } from '#shared/pairing-code'
import { PAIRING_CODE_MS } from '#shared/people'

import { randomBytes } from '../../../worker/doors/tokens'
import { newExtension, ORIGIN, send } from '../support/browser'
import { stopClock } from '../support/clock'
import { newDevice, newMember, newWorkspace } from '../support/workspace'

async function pairWith(code: string, headers: Record<string, string> = {}): Promise<Response> {
  return newExtension(undefined, headers).send('/v1/pair', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ code, deviceName: 'Edge on a laptop' }),
  })
}

/** Another code with the same first group, its check symbol right: only the server can tell. */
function neighbourOf(code: string): string {
  const page = code.slice(0, 4)
  const start = page + newPairingCode(randomBytes).slice(4, 12)
  const neighbour = Array.from(CROCKFORD)
    .map((check) => start + check)
    .find((symbols) => parsePairingInput(symbols).ok)
  if (!neighbour) throw new Error('one of 32 check symbols is right')
  return neighbour
}

test('a code connects a browser to its person, and the page that showed it hears of it', async () => {
  const workspace = await newWorkspace({ name: 'Example Health, IT' })
  const { client } = workspace.owner
  const leader = await client.addPerson({ name: 'VP clinical systems', role: 'walker' })
  const asked = await client.askForPairing(leader.id)
  expect(asked.code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{4}$/)
  expect(asked.link).toBe(`${ORIGIN}/pair#${asked.code}`)
  expect(await client.getPairing(asked.id)).toMatchObject({ state: 'waiting', device: null })

  const paired = await newExtension().client.pair({
    code: asked.code.toLowerCase(),
    deviceName: 'Edge on a laptop',
  })

  expect(paired).toEqual({
    token: expect.stringMatching(/^[\w-]{43}$/),
    deviceId: expect.any(String),
    workspace: {
      id: workspace.id,
      name: 'Example Health, IT',
      coverEverything: true,
      privateWords: [],
      epoch: 1,
    },
    person: { id: leader.id, name: 'VP clinical systems', role: 'walker' },
  })
  expect(await client.getPairing(asked.id)).toMatchObject({
    state: 'connected',
    device: { id: paired.deviceId, name: 'Edge on a laptop' },
  })
  const { token, ...connection } = paired
  expect(await newExtension(token).client.getConnection()).toEqual(connection)
  const { devices } = await client.listDevices()
  expect(devices).toEqual([
    expect.objectContaining({
      id: paired.deviceId,
      person: { id: leader.id, name: leader.name },
      lastSentAt: null,
    }),
  ])
})

test('of 50 browsers with one code exactly one is connected', async () => {
  const workspace = await newWorkspace()
  const { code } = await workspace.owner.client.askForPairing(workspace.owner.id)

  // Ten tries a page, whoever asks: the other forty are told to stop.
  const statuses = (await Promise.all(Array.from({ length: 50 }, () => pairWith(code)))).map(
    ({ status }) => status,
  )

  expect(statuses.filter((status) => status === 201)).toHaveLength(1)
  expect(statuses.filter((status) => status === 404)).toHaveLength(9)
  expect(statuses.filter((status) => status === 429)).toHaveLength(40)
  expect((await workspace.owner.client.listDevices()).devices).toHaveLength(1)
})

test('of 50 browsers that all got past the budget exactly one is connected', async () => {
  const workspace = await newWorkspace()
  const { code } = await workspace.owner.client.askForPairing(workspace.owner.id)
  await env.DB.exec(
    "CREATE TRIGGER no_budget AFTER INSERT ON budget WHEN NEW.key LIKE 'pair:%' BEGIN UPDATE budget SET used = -1000 WHERE key = NEW.key; END",
  )

  const statuses = (await Promise.all(Array.from({ length: 50 }, () => pairWith(code)))).map(
    ({ status }) => status,
  )
  await env.DB.exec('DROP TRIGGER no_budget')

  expect(statuses.filter((status) => status === 201)).toHaveLength(1)
  expect(statuses.filter((status) => status === 404)).toHaveLength(49)
  expect((await workspace.owner.client.listDevices()).devices).toHaveLength(1)
})

test.each([
  { when: 'a second before its time is up', offset: -1_000, status: 201 },
  { when: 'a second after', offset: 1_000, status: 404 },
])('a code used $when answers $status', async ({ offset, status }) => {
  const clock = stopClock()
  const workspace = await newWorkspace()
  const { id, code } = await workspace.owner.client.askForPairing(workspace.owner.id)

  clock.setTo(clock.at + PAIRING_CODE_MS + offset)

  expect((await pairWith(code)).status).toBe(status)
  expect((await workspace.owner.client.getPairing(id)).state).toBe(
    status === 201 ? 'connected' : 'expired',
  )
})

test('wrong, unknown, used, expired and replaced codes get one and the same answer', async () => {
  const clock = stopClock()
  const workspace = await newWorkspace()
  const { client, id } = workspace.owner
  const expired = await client.askForPairing(id)
  clock.advance(PAIRING_CODE_MS + 1)
  const used = await client.askForPairing(id)
  await pairWith(used.code)
  const replaced = await client.askForPairing(id)
  await client.askForPairing(id)
  const removed = await client.addPerson({ name: 'Gone', role: 'walker' })
  const ofRemoved = await client.askForPairing(removed.id)
  await client.removePerson(removed.id)

  const codes = [
    expired.code,
    used.code,
    replaced.code,
    ofRemoved.code,
    newPairingCode(randomBytes),
    'nonsense',
    '',
  ]
  const answers = await Promise.all(
    codes.map(async (code) => {
      const response = await pairWith(code)
      const headers = [...response.headers].filter(([name]) => name !== 'x-request-id')
      return JSON.stringify([response.status, headers, await response.text()])
    }),
  )

  expect(new Set(answers).size).toBe(1)
  expect(answers[0]).toContain('404')
})

test('the eleventh try of a code page within ten minutes is refused, the right code included', async () => {
  const clock = stopClock()
  const workspace = await newWorkspace()
  const { client, id } = workspace.owner
  const { code } = await client.askForPairing(id)

  for (let attempt = 1; attempt <= 10; attempt += 1) {
    // Each from another address: the page is what is counted.
    expect(
      (await pairWith(neighbourOf(code), { 'CF-Connecting-IP': `203.0.113.${attempt}` })).status,
    ).toBe(404)
  }
  const eleventh = await pairWith(code, { 'CF-Connecting-IP': '203.0.113.99' })

  expect(eleventh.status).toBe(429)
  expect(Number(eleventh.headers.get('Retry-After'))).toBeGreaterThan(500)
  expect(await eleventh.json()).toEqual({
    error: 'too-many-tries',
    message: 'Too many tries. Ask for a new code, or wait ten minutes.',
  })
  expect((await pairWith((await client.askForPairing(id)).code)).status).toBe(201)
  clock.advance(600_000)
  expect((await pairWith(neighbourOf(code))).status).toBe(404)
})

test('three hundred tries from one network are let through, the next is not; its neighbours are', async () => {
  const tryFrom = async (address: string) =>
    (await pairWith(newPairingCode(randomBytes), { 'CF-Connecting-IP': address })).status
  expect(await tryFrom('2001:db8:1:2::1')).toBe(404)
  await env.DB.prepare("UPDATE budget SET used = 298 WHERE key = 'pair:2001:db8:1:2::/64'").run()

  // The same /64 in other words.
  expect(await tryFrom('2001:db8:1:2::2')).toBe(404)
  expect(await tryFrom('2001:DB8:1:2:ffff::9')).toBe(404)
  expect(await tryFrom('2001:db8:0001:0002::1')).toBe(429)
  expect(await tryFrom('2001:db8:1:2::1')).toBe(429)
  expect(await tryFrom('2001:db8:1:3::1')).toBe(404)
})

test('budgets count whether there is a flood guard or not, and it alone can refuse', async () => {
  const body = JSON.stringify({ code: newPairingCode(randomBytes), deviceName: 'X' })
  const init = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body }
  const { FLOOD: _, ...withoutGuard } = env
  const guardSays = (success: boolean) => ({ ...env, FLOOD: { limit: async () => ({ success }) } })

  const statuses = []
  for (let attempt = 1; attempt <= 11; attempt += 1) {
    statuses.push(
      (await send('/v1/pair', init, attempt % 2 ? withoutGuard : guardSays(true))).status,
    )
  }

  expect(statuses).toEqual([...Array<number>(10).fill(404), 429])
  expect((await send('/v1/pair', init, guardSays(false))).status).toBe(429)
})

test('everybody signed in gets a code for themselves, and nobody below admin one for somebody else', async () => {
  const workspace = await newWorkspace()
  for (const role of ['viewer', 'reviewer', 'walker'] as const) {
    const member = await newMember(workspace, role)
    const own = await member.client.askForPairing(member.id)
    expect((await member.client.getPairing(own.id)).state).toBe('waiting')
    const { token } = await newExtension().client.pair({ code: own.code, deviceName: 'Own' })
    expect((await member.client.listDevices()).devices).toHaveLength(1)
    await expect(member.client.askForPairing(workspace.owner.id)).rejects.toMatchObject({
      status: 403,
    })
    await member.client.revokeDevice((await member.client.listDevices()).devices[0]?.id ?? '')
    await expect(newExtension(token).client.getConnection()).rejects.toMatchObject({ status: 401 })
  }
})

test('a browser that was disconnected, by itself or by an admin, is out at its next request', async () => {
  const workspace = await newWorkspace()
  const first = await newDevice(workspace)
  const second = await newDevice(workspace)

  await first.client.disconnect()
  await workspace.owner.client.revokeDevice(second.id)

  for (const { client } of [first, second]) {
    await expect(client.getConnection()).rejects.toMatchObject({
      status: 401,
      code: 'revoked',
    })
  }
  expect((await workspace.owner.client.listDevices()).devices).toEqual([])
})

test('a device has a walker’s rights and no more, even the owner’s', async () => {
  const workspace = await newWorkspace()
  const { token } = await newDevice(workspace, workspace.owner.id)

  expect((await newExtension(token).send('/v1/sync/pull')).status).toBe(200)
  for (const path of ['/v1/people', '/v1/entries', '/v1/nothing']) {
    expect((await newExtension(token).send(path)).status).toBe(404)
  }
})
