import { expect, test } from 'vitest'

import { newPart, noteOp, partOp } from '../../support/ops'
import { newAuthenticator } from '../support/authenticator'
import { newBrowser, newExtension } from '../support/browser'
import { newDevice, newMember, newWorkspace, tokenIn } from '../support/workspace'

test('people are listed with their role, and whether they have something to sign in with', async () => {
  const workspace = await newWorkspace({ ownerName: 'Olive' })
  const reviewer = await newMember(workspace, 'reviewer', 'Rita')
  await workspace.owner.client.addPerson({ name: '  Lea  ', role: 'walker' })

  const { people } = await reviewer.client.listPeople()

  expect(people.map(({ name, role, joined }) => ({ name, role, joined }))).toEqual([
    { name: 'Olive', role: 'owner', joined: true },
    { name: 'Rita', role: 'reviewer', joined: true },
    { name: 'Lea', role: 'walker', joined: false },
  ])
})

test('a leader is invited by a code, not by a link', async () => {
  const { owner } = await newWorkspace()
  const leader = await owner.client.addPerson({ name: 'Lea', role: 'walker' })

  await expect(owner.client.invite(leader.id)).rejects.toMatchObject({
    status: 409,
    code: 'leader-needs-no-invite',
  })
})

test('an admin manages everybody but the owner and those who may see culture reviews', async () => {
  const workspace = await newWorkspace()
  const admin = await newMember(workspace, 'admin')
  const viewer = await newMember(workspace, 'viewer')
  const trusted = await newMember(workspace, 'reviewer')
  await workspace.owner.client.changePerson(trusted.id, { culture: true })

  expect(
    await admin.client.changePerson(viewer.id, { role: 'reviewer', name: 'Vera' }),
  ).toMatchObject({
    role: 'reviewer',
    name: 'Vera',
  })
  for (const id of [workspace.owner.id, trusted.id]) {
    const attempts = [
      admin.client.makeSignInCode(id),
      admin.client.invite(id),
      admin.client.changePerson(id, { role: 'viewer' }),
      admin.client.removePerson(id),
      admin.client.endSessionsOf(id),
    ]
    expect((await Promise.allSettled(attempts)).map(statusOf)).toEqual([403, 403, 403, 403, 403])
  }
  await expect(admin.client.changePerson(viewer.id, { culture: true })).rejects.toMatchObject({
    status: 403,
  })
  await expect(admin.client.changePerson(admin.id, { culture: true })).rejects.toMatchObject({
    status: 403,
  })
})

test('a workspace keeps its one owner', async () => {
  const { owner } = await newWorkspace()

  await expect(owner.client.removePerson(owner.id)).rejects.toMatchObject({ code: 'owner-stays' })
  await expect(owner.client.changePerson(owner.id, { role: 'viewer' })).rejects.toMatchObject({
    code: 'owner-stays',
  })
  const promoted = await owner.browser.send('/app/people', {
    method: 'POST',
    body: JSON.stringify({ name: 'Second', role: 'owner' }),
  })
  expect(promoted.status).toBe(400)
})

test('somebody removed is out everywhere at the next request, and nothing of theirs works any more', async () => {
  const workspace = await newWorkspace()
  const { client } = workspace.owner
  const member = await newMember(workspace, 'reviewer')
  const authenticator = await newAuthenticator()
  const creation = await member.client.startPasskey()
  await member.client.addPasskey({
    passkey: await authenticator.create(creation.options),
    name: null,
  })
  const device = await newDevice(workspace, member.id)
  const invite = await client.invite(member.id)
  const signIn = await client.makeSignInCode(member.id)
  const pairing = await client.askForPairing(member.id)
  const { recoveryCodes } = await member.client.makeRecoveryCodes()

  await client.removePerson(member.id)

  expect((await member.browser.send('/app/me')).status).toBe(401)
  await expect(device.client.getConnection()).rejects.toMatchObject({ status: 401 })
  const proof = await newBrowser().client.startPasskeySignIn()
  const attempts = [
    newBrowser().client.signInWithPasskey(await authenticator.use(proof.options)),
    newBrowser().client.signInWithCode(recoveryCodes[0] ?? ''),
    newBrowser().client.signInWithCode(signIn.code),
    newBrowser().client.join({ token: tokenIn(invite.link), passkey: null }),
    newExtension().client.pair({ code: pairing.code, deviceName: 'X' }),
    client.removePerson(member.id),
  ]
  expect((await Promise.allSettled(attempts)).map(statusOf)).toEqual([401, 401, 401, 404, 404, 404])
  expect((await client.listPeople()).people.some(({ id }) => id === member.id)).toBe(false)
})

test('a browser disconnected between two pushes keeps what it has: the second is 401 and changes nothing', async () => {
  const workspace = await newWorkspace()
  const device = await newDevice(workspace)
  const push = (ops: unknown[]) =>
    device.extension.send('/v1/sync/push', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ proto: 1, deviceId: device.id, epoch: 1, ops }),
    })
  expect((await push([partOp(1, newPart())])).status).toBe(200)

  await workspace.owner.client.revokeDevice(device.id)

  expect((await push([noteOp(2)])).status).toBe(401)
  const register = await workspace.owner.browser.send('/app/entries')
  expect(await register.json()).toMatchObject({ entries: [] })
})

test('fifty changes at once in one workspace all happen, each with its row of the log', async () => {
  const { owner } = await newWorkspace()

  await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      owner.client.addPerson({ name: `P${index}`, role: 'viewer' }),
    ),
  )

  expect((await owner.client.listPeople()).people).toHaveLength(51)
  const { entries } = await owner.client.listAudit()
  expect(entries.filter(({ what }) => what === 'person.added')).toHaveLength(50)
  expect(await owner.client.checkAudit()).toMatchObject({ brokenAt: null, more: false })
})

test('workspace settings are read by everybody signed in and changed by admins', async () => {
  const workspace = await newWorkspace({ name: 'Before' })
  const admin = await newMember(workspace, 'admin')
  const device = await newDevice(workspace)

  const changed = await admin.client.changeWorkspace({ name: 'After', coverEverything: false })

  expect(changed).toMatchObject({ name: 'After', coverEverything: false })
  expect((await device.client.getConnection()).workspace).toMatchObject({
    name: 'After',
    coverEverything: false,
  })
})

function statusOf(result: PromiseSettledResult<unknown>): number {
  return result.status === 'fulfilled' ? 200 : (result.reason as { status: number }).status
}

test('an organisation’s own texts reach every browser, and the log says how many, not which', async () => {
  const workspace = await newWorkspace()
  const device = await newDevice(workspace)

  await workspace.owner.client.changeWorkspace({ privateWords: ['  Ward  7B ', 'K######'] })

  expect(await workspace.owner.client.getWorkspace()).toMatchObject({
    privateWords: ['Ward 7B', 'K######'],
  })
  const pulled: unknown = await (await device.extension.send('/v1/sync/pull')).json()
  expect(pulled).toMatchObject({ workspace: { privateWords: ['Ward 7B', 'K######'] } })
  const { entries } = await workspace.owner.client.listAudit()
  expect(entries[0]).toMatchObject({ what: 'workspace.changed', detail: { privateWords: 2 } })
  expect(JSON.stringify(entries)).not.toContain('Ward 7B')
  await expect(
    workspace.owner.client.changeWorkspace({ privateWords: ['x'] }),
  ).rejects.toMatchObject({ status: 400 })
})
