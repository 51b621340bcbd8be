import { expect, test } from 'vitest'

import { newAuthenticator } from '../support/authenticator'
import { type Browser, newBrowser } from '../support/browser'
import { stopClock } from '../support/clock'
import { newWorkspace } from '../support/workspace'

async function addPasskey(browser: Browser) {
  const authenticator = await newAuthenticator()
  const { options } = await browser.client.startPasskey()
  await browser.client.addPasskey({ passkey: await authenticator.create(options), name: null })
  return authenticator
}

async function signInWith(
  authenticator: Awaited<ReturnType<typeof newAuthenticator>>,
  browser = newBrowser(),
) {
  const { options } = await browser.client.startPasskeySignIn()
  return browser.client.signInWithPasskey(await authenticator.use(options))
}

test('a passkey added later signs in, and its proof is good for one time', async () => {
  const { owner } = await newWorkspace()
  const authenticator = await addPasskey(owner.browser)
  const { options } = await newBrowser().client.startPasskeySignIn()
  const proof = await authenticator.use(options)

  expect((await newBrowser().client.signInWithPasskey(proof)).person.id).toBe(owner.id)
  await expect(newBrowser().client.signInWithPasskey(proof)).rejects.toMatchObject({ status: 401 })
})

test.each([
  {
    what: 'another site’s page',
    options: { origin: 'https://evil.example', rpId: 'wince.example.org' },
  },
  { what: 'another site’s key', options: { rpId: 'evil.example' } },
  { what: 'a key that was touched but not unlocked', options: { verifiesUser: false } },
])('$what does not get in', async ({ options }) => {
  const { owner } = await newWorkspace()
  const authenticator = await newAuthenticator(options)
  const creation = await owner.client.startPasskey()

  const adding = owner.client.addPasskey({
    passkey: await authenticator.create(creation.options),
    name: null,
  })

  await expect(adding).rejects.toMatchObject({ status: 400, code: 'passkey-refused' })
})

test('a passkey whose counter went back was copied: it is refused, and the log says so', async () => {
  const { owner } = await newWorkspace()
  const authenticator = await addPasskey(owner.browser)
  authenticator.setCounter(10)
  await signInWith(authenticator)

  authenticator.setCounter(4)

  await expect(signInWith(authenticator)).rejects.toMatchObject({
    status: 401,
    code: 'sign-in-failed',
  })
  const { entries } = await owner.client.listAudit()
  expect(entries[0]).toMatchObject({
    what: 'sign-in.failed',
    actor: owner.id,
    detail: { by: 'passkey' },
  })
})

test('a challenge works for five minutes, for its purpose and for its person', async () => {
  const clock = stopClock()
  const { owner } = await newWorkspace()
  const authenticator = await addPasskey(owner.browser)
  const late = await newBrowser().client.startPasskeySignIn()
  clock.advance(5 * 60_000 + 1)
  await expect(
    newBrowser().client.signInWithPasskey(await authenticator.use(late.options)),
  ).rejects.toMatchObject({
    status: 401,
  })

  const creation = await owner.client.startPasskey()
  await expect(
    newBrowser().client.signInWithPasskey(await authenticator.use(creation.options)),
  ).rejects.toMatchObject({
    status: 401,
  })

  const other = await newWorkspace()
  const theirs = await other.owner.client.startPasskey()
  const passkey = await (await newAuthenticator()).create(theirs.options)
  await expect(owner.client.addPasskey({ passkey, name: null })).rejects.toMatchObject({
    code: 'passkey-refused',
  })
})

test('nobody takes over a passkey that is somebody else’s', async () => {
  const first = await newWorkspace()
  const authenticator = await addPasskey(first.owner.browser)
  const second = await newWorkspace()
  const { options } = await second.owner.client.startPasskey()

  const taking = second.owner.client.addPasskey({
    passkey: await authenticator.create(options),
    name: null,
  })

  await expect(taking).rejects.toMatchObject({ code: 'passkey-refused' })
  expect((await signInWith(authenticator)).person.id).toBe(first.owner.id)
})

test('a removed passkey does not sign in any more', async () => {
  const { owner } = await newWorkspace()
  const authenticator = await addPasskey(owner.browser)

  await owner.client.removePasskey(authenticator.credentialId)

  await expect(signInWith(authenticator)).rejects.toMatchObject({ status: 401 })
})
