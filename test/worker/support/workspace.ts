import { env } from 'cloudflare:workers'

import type { GivenRole } from '#shared/people'

import { hashOf } from '../../../worker/doors/tokens'
import { type Browser, type Extension, newBrowser, newExtension } from './browser'

/** Somebody signed in. */
export interface Member {
  id: string
  name: string
  browser: Browser
  client: Browser['client']
}

export interface Workspace {
  id: string
  name: string
  owner: Member
}

let made = 0

/** A setup token as `npm run workspace:add` leaves it: only its hash is in the database. */
export async function newSetupToken(): Promise<string> {
  const token = `setup-${crypto.randomUUID()}`
  await env.DB.prepare('INSERT INTO setup (token_hash, created_at) VALUES (?1, ?2)')
    .bind(await hashOf(token), Date.now())
    .run()
  return token
}

/** A workspace of its own, through the real first run; its owner is signed in. */
export async function newWorkspace({
  name = `Workspace ${(made += 1)}`,
  ownerName = 'Olive Owner',
} = {}) {
  const browser = newBrowser()
  const started = await browser.client.finishSetup({
    token: await newSetupToken(),
    workspaceName: name,
    ownerName,
    coverEverything: true,
    passkey: null,
  })
  const owner: Member = { id: started.person.id, name: ownerName, browser, client: browser.client }
  return { id: started.workspace.id, name, owner, recoveryCodes: started.recoveryCodes }
}

/** Somebody of this role, invited by the owner and signed in; a walker signs in with a code. */
export async function newMember(
  workspace: Workspace,
  role: GivenRole,
  name = `A ${role}`,
): Promise<Member> {
  const { client } = workspace.owner
  const person = await client.addPerson({ name, role })
  const browser = newBrowser()
  if (role === 'walker') {
    await browser.client.signInWithCode((await client.makeSignInCode(person.id)).code)
  } else {
    await browser.client.join({
      token: tokenIn((await client.invite(person.id)).link),
      passkey: null,
    })
  }
  return { id: person.id, name, browser, client: browser.client }
}

/** A paired browser of this person, or of a new leader. */
export async function newDevice(
  workspace: Workspace,
  personId?: string,
  deviceName = 'Edge on a laptop',
) {
  const { client } = workspace.owner
  const owner = personId ?? (await client.addPerson({ name: 'Lea Leader', role: 'walker' })).id
  const { code } = await client.askForPairing(owner)
  const paired = await newExtension().client.pair({ code, deviceName })
  const extension: Extension = newExtension(paired.token)
  return {
    id: paired.deviceId,
    personId: owner,
    token: paired.token,
    extension,
    client: extension.client,
  }
}

/** What stands behind the # of a link. */
export function tokenIn(link: string): string {
  return link.slice(link.indexOf('#') + 1)
}
