import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'

import { SESSION_IDLE_MS, SESSION_MAX_MS } from '#shared/people'

import { newBrowser, ownPage, send } from '../support/browser'
import { stopClock } from '../support/clock'
import { newMember, newWorkspace } from '../support/workspace'

test('the cookie is __Host-wince with 256 bits, out of reach of scripts, subdomains and other sites', async () => {
  const { recoveryCodes } = await newWorkspace()
  const body = JSON.stringify({ code: recoveryCodes[0] })
  const response = await send('/app/sign-in/code', ownPage({ method: 'POST', body }))

  const [cookie = ''] = response.headers.getSetCookie()
  const [pair = '', ...attributes] = cookie.split('; ')
  expect(pair).toMatch(/^__Host-wince=[\w-]{43}$/)
  expect(attributes.toSorted()).toEqual([
    'HttpOnly',
    `Max-Age=${SESSION_MAX_MS / 1000}`,
    'Path=/',
    'SameSite=Strict',
    'Secure',
  ])
})

test('signing in gives a new token and ends the session that the browser had: a stolen older one is useless', async () => {
  const { owner, recoveryCodes } = await newWorkspace()
  const stolen = newBrowser()
  stolen.setCookie(owner.browser.cookie())
  expect((await stolen.send('/app/me')).status).toBe(200)

  await owner.client.signInWithCode(recoveryCodes[0] ?? '')

  expect(owner.browser.cookie()).not.toBe(stolen.cookie())
  expect((await owner.browser.send('/app/me')).status).toBe(200)
  expect((await stolen.send('/app/me')).status).toBe(401)
})

test('a session that was not asked for is not taken: a made-up cookie is no session after signing in either', async () => {
  const { recoveryCodes } = await newWorkspace()
  const browser = newBrowser()
  const madeUp = `__Host-wince=${'A'.repeat(43)}`
  browser.setCookie(madeUp)

  await browser.client.signInWithCode(recoveryCodes[0] ?? '')

  expect(browser.cookie()).not.toBe(madeUp)
  browser.setCookie(madeUp)
  expect((await browser.send('/app/me')).status).toBe(401)
})

test('a session ends after twelve idle hours, and after seven days however busy', async () => {
  const clock = stopClock()
  const { owner } = await newWorkspace()
  clock.advance(SESSION_IDLE_MS - 60_000)
  expect((await owner.browser.send('/app/me')).status).toBe(200)
  clock.advance(SESSION_IDLE_MS - 1)
  expect((await owner.browser.send('/app/me')).status).toBe(200)
  clock.advance(SESSION_IDLE_MS)
  expect((await owner.browser.send('/app/me')).status).toBe(401)

  const busy = await newWorkspace()
  const openedAt = Date.now()
  while (Date.now() + SESSION_IDLE_MS - 1 < openedAt + SESSION_MAX_MS) {
    clock.advance(SESSION_IDLE_MS - 1)
    expect((await busy.owner.browser.send('/app/me')).status).toBe(200)
  }
  clock.setTo(openedAt + SESSION_MAX_MS)
  expect((await busy.owner.browser.send('/app/me')).status).toBe(401)
})

test('people see and end their own sessions, and an admin ends all of a person', async () => {
  const workspace = await newWorkspace()
  const member = await newMember(workspace, 'viewer')
  const elsewhere = newBrowser({
    'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0',
  })
  await elsewhere.client.signInWithCode(
    (await workspace.owner.client.makeSignInCode(member.id)).code,
  )
  const { sessions } = await member.client.listSessions()
  expect(sessions).toHaveLength(2)
  const other = sessions.find(({ current }) => !current)
  expect(other?.label).toBe('Firefox on Linux')

  await member.client.endSession(other?.id ?? '')
  expect((await elsewhere.send('/app/me')).status).toBe(401)
  expect((await member.browser.send('/app/me')).status).toBe(200)

  expect(await workspace.owner.client.endSessionsOf(member.id)).toEqual({ ended: 1 })
  expect((await member.browser.send('/app/me')).status).toBe(401)
})

test('signing out ends the session on the server and clears the browser', async () => {
  const { owner } = await newWorkspace()
  const stolen = newBrowser()
  stolen.setCookie(owner.browser.cookie())

  const response = await owner.browser.send('/app/session', { method: 'DELETE' })

  expect(response.status).toBe(204)
  expect(response.headers.get('Clear-Site-Data')).toBe('"cache", "cookies", "storage"')
  expect(owner.browser.cookie()).toBeUndefined()
  expect((await stolen.send('/app/me')).status).toBe(401)
})

test('the database keeps the time of the last request to the minute, not a write for each', async () => {
  const clock = stopClock()
  const { owner } = await newWorkspace()
  const lastSeen = async () =>
    (
      await env.DB.prepare('SELECT last_seen_at AS at FROM web_session WHERE person_id = ?1')
        .bind(owner.id)
        .first<{ at: number }>()
    )?.at

  clock.advance(59_999)
  await owner.browser.send('/app/me')
  expect(await lastSeen()).toBe(clock.at)
  clock.advance(1)
  await owner.browser.send('/app/me')
  expect(await lastSeen()).toBe(clock.at + 60_000)
})
