import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'

import { newAuthenticator } from '../support/authenticator'
import { newBrowser } from '../support/browser'
import { newSetupToken, newWorkspace } from '../support/workspace'

const names = {
  workspaceName: 'Example Health, IT',
  ownerName: 'Olive Owner',
  coverEverything: true,
}
const firstToken = env.SETUP_TOKEN ?? ''

async function countOwners(): Promise<number> {
  const row = await env.DB.prepare(
    "SELECT count(*) AS owners FROM person WHERE role = 'owner'",
  ).first<{ owners: number }>()
  return row?.owners ?? -1
}

// The first test of this file meets an empty database; the order of the first two matters.
test('a first run is open while nobody owns anything, and a wrong token is a 404 like any other', async () => {
  const { client, send } = newBrowser()

  expect(await client.getSetup()).toEqual({ open: true })

  for (const token of ['wrong', firstToken.slice(1), `${firstToken} `, 'x'.repeat(200)]) {
    const options = await send('/app/setup/passkey', {
      method: 'POST',
      body: JSON.stringify({ token, ownerName: 'X' }),
    })
    const finish = await send('/app/setup', {
      method: 'POST',
      body: JSON.stringify({ token, ...names, passkey: null }),
    })
    expect([options.status, finish.status]).toEqual([404, 404])
    expect(await finish.text()).toBe(await options.text())
  }
  expect(await countOwners()).toBe(0)
})

test('of 50 first runs at once exactly one makes an owner, and the door is shut for ever', async () => {
  const runs = Array.from({ length: 50 }, () =>
    newBrowser().send('/app/setup', {
      method: 'POST',
      body: JSON.stringify({ token: firstToken, ...names, passkey: null }),
    }),
  )

  const statuses = (await Promise.all(runs)).map(({ status }) => status)

  expect(statuses.filter((status) => status === 201)).toHaveLength(1)
  expect(statuses.filter((status) => status === 404)).toHaveLength(49)
  expect(await countOwners()).toBe(1)
  const counts = await env.DB.prepare(
    `SELECT (SELECT count(*) FROM workspace) AS workspaces, (SELECT count(*) FROM web_session) AS sessions,
      (SELECT count(*) FROM recovery_code) AS codes, (SELECT count(*) FROM audit) AS acts`,
  ).first()
  expect(counts).toEqual({ workspaces: 1, sessions: 1, codes: 10, acts: 1 })
  const again = await newBrowser().send('/app/setup')
  expect(again.status).toBe(404)
})

test('of 50 first runs with one further token exactly one makes a workspace', async () => {
  const token = await newSetupToken()
  const owners = await countOwners()
  // Nobody sees from outside that it waits.
  expect((await newBrowser().send('/app/setup')).status).toBe(404)

  const runs = await Promise.all(
    Array.from({ length: 50 }, () =>
      newBrowser().send('/app/setup', {
        method: 'POST',
        body: JSON.stringify({ token, ...names, passkey: null }),
      }),
    ),
  )

  expect(runs.filter(({ status }) => status === 201)).toHaveLength(1)
  expect(runs.filter(({ status }) => status === 404)).toHaveLength(49)
  expect(await countOwners()).toBe(owners + 1)
})

test('the owner is made with a passkey in the same flow, and signs in with it', async () => {
  const token = await newSetupToken()
  const { client } = newBrowser()
  const authenticator = await newAuthenticator()
  const { options } = await client.startSetupPasskey({ token, ownerName: 'Olive Owner' })
  const passkey = await authenticator.create(options)

  const started = await client.finishSetup({ token, ...names, coverEverything: false, passkey })

  expect(started).toMatchObject({
    person: { name: 'Olive Owner', role: 'owner', culture: false },
    workspace: { name: 'Example Health, IT', coverEverything: false },
  })
  expect(new Set(started.recoveryCodes).size).toBe(10)
  expect(started.recoveryCodes.every((code) => /^([0-9A-HJKMNP-TV-Z]{5}-?){4}$/.test(code))).toBe(
    true,
  )
  const account = await client.getMe()
  expect(account.recoveryCodesLeft).toBe(10)
  expect(account.passkeys).toHaveLength(1)

  const elsewhere = newBrowser()
  const request = await elsewhere.client.startPasskeySignIn()
  const me = await elsewhere.client.signInWithPasskey(await authenticator.use(request.options))
  expect(me.person.id).toBe(started.person.id)
})

test('a passkey for another site, or one that nobody unlocked, makes no owner', async () => {
  const token = await newSetupToken()
  const { client } = newBrowser()
  for (const options of [
    { origin: 'https://evil.example' },
    { rpId: 'evil.example' },
    { verifiesUser: false },
  ]) {
    const authenticator = await newAuthenticator(options)
    const creation = await client.startSetupPasskey({ token, ownerName: 'Olive Owner' })
    const passkey = await authenticator.create(creation.options)

    await expect(client.finishSetup({ token, ...names, passkey })).rejects.toMatchObject({
      status: 400,
      code: 'passkey-refused',
    })
  }
  const passkey = null
  expect((await client.finishSetup({ token, ...names, passkey })).person.role).toBe('owner')
})

test('nothing of a token, a code or a cookie is in the database as it was given', async () => {
  const { owner, recoveryCodes } = await newWorkspace()
  const secrets = [
    ...recoveryCodes,
    ...recoveryCodes.map((code) => code.replaceAll('-', '')),
    owner.browser.cookie()?.slice(13) ?? '',
  ]

  const tables = ['setup', 'recovery_code', 'web_session', 'audit', 'person', 'workspace', 'budget']
  const dump = await Promise.all(
    tables.map((table) => env.DB.prepare(`SELECT * FROM ${table}`).all()),
  )

  const text = JSON.stringify(dump.map(({ results }) => results))
  expect(secrets.filter((secret) => text.includes(secret))).toEqual([])
})
