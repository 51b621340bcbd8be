import { expect, test } from 'vitest'

import { INVITE_MS, SIGN_IN_CODE_MS } from '#shared/people'

import { newAuthenticator } from '../support/authenticator'
import { newBrowser } from '../support/browser'
import { stopClock } from '../support/clock'
import { newMember, newWorkspace, tokenIn, type Workspace } from '../support/workspace'

test('a recovery code signs in once, however it is typed, and of 50 at once exactly one', async () => {
  const { owner, recoveryCodes } = await newWorkspace()
  const [code = '', other = ''] = recoveryCodes
  await newBrowser().client.signInWithCode(
    other.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o'),
  )
  await expect(newBrowser().client.signInWithCode(other)).rejects.toMatchObject({ status: 401 })

  const tries = await Promise.allSettled(
    Array.from({ length: 50 }, () => newBrowser().client.signInWithCode(code)),
  )

  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect((await owner.client.getMe()).recoveryCodesLeft).toBe(8)
})

test('new recovery codes make the old ones worthless', async () => {
  const { owner, recoveryCodes } = await newWorkspace()

  const made = await owner.client.makeRecoveryCodes()

  await expect(newBrowser().client.signInWithCode(recoveryCodes[0] ?? '')).rejects.toMatchObject({
    status: 401,
  })
  expect((await newBrowser().client.signInWithCode(made.recoveryCodes[0] ?? '')).person.id).toBe(
    owner.id,
  )
})

test.each([
  { when: 'a second before its time is up', offset: -1_000, works: true },
  { when: 'a second after', offset: 1_000, works: false },
])('a sign-in code $when: $works; it works once', async ({ offset, works }) => {
  const clock = stopClock()
  const workspace = await newWorkspace()
  const { id } = await newMember(workspace, 'viewer')
  const { code } = await workspace.owner.client.makeSignInCode(id)
  expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){3}[0-9A-HJKMNP-TV-Z]{5}$/)

  clock.advance(SIGN_IN_CODE_MS + offset)
  const [first] = await Promise.allSettled([newBrowser().client.signInWithCode(code)])

  expect(first.status).toBe(works ? 'fulfilled' : 'rejected')
  await expect(newBrowser().client.signInWithCode(code)).rejects.toMatchObject({
    status: 401,
    code: 'sign-in-failed',
  })
})

test('ten tries a code, then 429', async () => {
  const code = 'AAAAA-BBBBB-CCCCC-DDDDD'
  const statuses = []
  for (let attempt = 1; attempt <= 11; attempt += 1) {
    const body = JSON.stringify({ code: attempt === 11 ? code : `AAAAA-${attempt}` })
    statuses.push((await newBrowser().send('/app/sign-in/code', { method: 'POST', body })).status)
  }

  expect(statuses).toEqual([...Array<number>(10).fill(401), 429])
})

async function inviteOf(workspace: Workspace) {
  const person = await workspace.owner.client.addPerson({ name: 'Rita Reviewer', role: 'reviewer' })
  const { link } = await workspace.owner.client.invite(person.id)
  return { person, link, token: tokenIn(link) }
}

test('an invite link shows where it leads, and its person joins with a passkey and recovery codes', async () => {
  const workspace = await newWorkspace({ name: 'Example Health, IT' })
  const { person, token } = await inviteOf(workspace)
  const browser = newBrowser()
  const look = await browser.client.lookAtInvite(token)
  expect(look).toMatchObject({
    person: { name: 'Rita Reviewer', role: 'reviewer' },
    workspace: { name: 'Example Health, IT' },
  })
  const authenticator = await newAuthenticator()

  const joined = await browser.client.join({
    token,
    passkey: await authenticator.create(look.options),
  })

  expect(joined.person).toEqual({
    id: person.id,
    name: 'Rita Reviewer',
    role: 'reviewer',
    culture: false,
  })
  expect(joined.recoveryCodes).toHaveLength(10)
  const elsewhere = newBrowser()
  const { options } = await elsewhere.client.startPasskeySignIn()
  const me = await elsewhere.client.signInWithPasskey(await authenticator.use(options))
  expect(me.person.id).toBe(person.id)
  expect(
    (await workspace.owner.client.listPeople()).people.find(({ id }) => id === person.id)?.joined,
  ).toBe(true)
})

test('of 50 who open one invite link exactly one joins; wrong, used, replaced and late links are one 404', async () => {
  const clock = stopClock()
  const workspace = await newWorkspace()
  const { token } = await inviteOf(workspace)
  const statuses = await Promise.all(
    Array.from({ length: 50 }, async () => {
      const body = JSON.stringify({ token, passkey: null })
      return (await newBrowser().send('/app/join', { method: 'POST', body })).status
    }),
  )
  expect(statuses.filter((status) => status === 201)).toHaveLength(1)
  expect(statuses.filter((status) => status === 404)).toHaveLength(49)

  const replaced = await inviteOf(workspace)
  await workspace.owner.client.invite(replaced.person.id)
  const late = await inviteOf(workspace)
  clock.advance(INVITE_MS + 1_000)
  const answers = await Promise.all(
    [token, replaced.token, late.token, 'wrong'].map(async (each) => {
      const body = JSON.stringify({ token: each })
      const response = await newBrowser().send('/app/join/options', { method: 'POST', body })
      return `${response.status} ${await response.text()}`
    }),
  )
  expect(new Set(answers)).toEqual(
    new Set(['404 {"error":"not-found","message":"There is nothing here."}']),
  )
})
