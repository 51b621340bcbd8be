import { numberKey } from '#shared/place-key'

import { MORNING, newNote, newWalk, newPart, noteOp, pagePlace, partOp } from '../../support/ops'
import { fromBase64Url } from '../../../worker/doors/tokens'
import { newAuthenticator } from './authenticator'
import { type Extension } from './browser'
import { sha256Of } from './sha256'
import {
  type Member,
  newDevice,
  newMember,
  newWorkspace,
  tokenIn,
  type Workspace,
} from './workspace'

/** Everything a route's address or body can name. */
export interface Ids {
  personId: string
  sessionId: string
  passkeyId: string
  pairingId: string
  deviceId: string
  entryNumber: number
  noteId: string
  walkId: string
  opId: string
  sha256: string
  numberKey: string
}

export interface FullWorkspace extends Workspace {
  admin: Member
  reviewer: Member
  viewer: Member
  device: {
    id: string
    personId: string
    token: string
    extension: Extension
    client: Extension['client']
  }
  ids: Ids
  recoveryCodes: string[]
  /** Secrets that must not be told either. */
  secrets: string[]
}

/** One pixel. */
const PICTURE = fromBase64Url(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk-M9QDwADhgGAWjR9awAAAABJRU5ErkJggg',
)

/** A workspace with one of everything; every text that somebody could read holds the mark. */
export async function newFullWorkspace(mark: string): Promise<FullWorkspace> {
  const workspace = await newWorkspace({ name: `${mark} workspace`, ownerName: `${mark} owner` })
  const { client } = workspace.owner
  const admin = await newMember(workspace, 'admin', `${mark} admin`)
  const reviewer = await newMember(workspace, 'reviewer', `${mark} reviewer`)
  const viewer = await newMember(workspace, 'viewer', `${mark} viewer`)
  const leader = await client.addPerson({ name: `${mark} leader`, role: 'walker' })
  const device = await newDevice(workspace, leader.id, `${mark} browser`)

  const authenticator = await newAuthenticator()
  const { id: passkeyId } = await client.addPasskey({
    passkey: await authenticator.create((await client.startPasskey()).options),
    name: `${mark} key`,
  })
  const pairing = await client.askForPairing(leader.id)
  const guest = await client.addPerson({ name: `${mark} guest`, role: 'viewer' })
  const invite = await client.invite(guest.id)
  const signInCode = await client.makeSignInCode(guest.id)
  const [session] = (await client.listSessions()).sessions

  const sha256 = await sha256Of(PICTURE)
  const walk = newWalk({
    errand: `${mark} errand`,
    persona: `${mark} persona`,
    service: `${mark} service`,
  })
  const note = newNote({
    walkId: walk.id,
    words: `${mark} words about a button that forgets`,
    expected: `${mark} expected`,
    service: `${mark} service`,
    place: pagePlace({ title: `${mark} title` }),
    attachments: [
      {
        sha256,
        type: 'image/png',
        bytes: PICTURE.length,
        width: 1,
        height: 1,
        covered: 0,
        uninspected: 0,
        everythingCovered: true,
      },
    ],
  })
  const op = noteOp(2, note)
  const dial = { kind: 'dial', seq: 1, at: MORNING, number: `${mark} line`, why: null } as const
  await push(device, [partOp(1, newPart({ walk, steps: [dial] })), op])
  const put = await device.extension.send(`/v1/blobs/${sha256}`, {
    method: 'PUT',
    headers: { 'Content-Type': 'image/png' },
    body: PICTURE,
  })
  if (!put.ok) throw new Error(`picture refused: ${put.status} ${await put.text()}`)

  return {
    ...workspace,
    admin,
    reviewer,
    viewer,
    device,
    ids: {
      personId: guest.id,
      sessionId: session?.id ?? '',
      passkeyId,
      pairingId: pairing.id,
      deviceId: device.id,
      entryNumber: 1,
      noteId: note.id,
      walkId: walk.id,
      opId: op.opId,
      sha256,
      numberKey: numberKey(dial.number),
    },
    secrets: [tokenIn(invite.link), signInCode.code, pairing.code, device.token],
  }
}

async function push(device: { id: string; extension: Extension }, ops: unknown[]): Promise<void> {
  const response = await device.extension.send('/v1/sync/push', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ proto: 1, deviceId: device.id, epoch: 1, ops }),
  })
  const answer = await response.text()
  if (!response.ok || answer.includes('rejected'))
    throw new Error(`push refused: ${response.status} ${answer}`)
}
