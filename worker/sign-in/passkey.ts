import type { NewPasskey, UsedPasskey } from '#shared/api/passkey'

import type { Asked } from '../app-env'
import { writeAll } from '../database/write-all'
import { findPasskey, insertChallenge, takeChallenge } from './queries'
import { browserOf } from './session'
import {
  CHALLENGE_MS,
  challengeIn,
  checkNewPasskey,
  checkUsedPasskey,
  creationOptions,
  requestOptions,
  siteOf,
  type StoredPasskey,
} from './webauthn'

/** Options for a new passkey of this person, and the challenge that only they can answer. */
export async function startPasskey(
  c: Asked,
  person: { id: string; name: string },
  existing: readonly Pick<StoredPasskey, 'id' | 'transports'>[],
  now: number,
) {
  const options = await creationOptions(siteOf(c.req.url), person, existing)
  await writeAll(c.env.DB, [
    insertChallenge(c.var.db, {
      challenge: options.challenge,
      purpose: 'register',
      personId: person.id,
      expiresAt: now + CHALLENGE_MS,
    }),
  ])
  return options
}

/**
 * The passkey that answers a challenge of `startPasskey`, and whom that challenge was made for.
 * The challenge is used up whatever comes of it.
 *
 * @returns undefined when the answer is wrong or late, or the passkey is known already
 */
export async function finishPasskey(
  c: Asked,
  passkey: NewPasskey,
  now: number,
): Promise<{ personId: string; passkey: StoredPasskey & { name: string } } | undefined> {
  const challenge = challengeIn(passkey)
  const personId = challenge && (await useChallenge(c, challenge, 'register', now))?.personId
  if (!challenge || !personId) return undefined
  const checked = await checkNewPasskey(siteOf(c.req.url), passkey, challenge)
  if (!checked || (await findPasskey(c.var.db, checked.id))) return undefined
  return { personId, passkey: { ...checked, name: browserOf(c.req.header('user-agent') ?? '') } }
}

/** Options to sign in with whatever passkey the browser offers. */
export async function startProof(c: Asked, now: number) {
  const options = await requestOptions(siteOf(c.req.url))
  await writeAll(c.env.DB, [
    insertChallenge(c.var.db, {
      challenge: options.challenge,
      purpose: 'sign-in',
      personId: null,
      expiresAt: now + CHALLENGE_MS,
    }),
  ])
  return options
}

/**
 * Whose passkey this is, and its new counter when the proof holds. With `counter` undefined
 * somebody known failed; with undefined nobody is known.
 */
export async function checkProof(c: Asked, passkey: UsedPasskey, now: number) {
  const challenge = challengeIn(passkey)
  const taken =
    challenge === undefined ? undefined : await useChallenge(c, challenge, 'sign-in', now)
  const stored = await findPasskey(c.var.db, passkey.id)
  if (!stored) return undefined
  const counter =
    challenge !== undefined && taken
      ? await checkUsedPasskey(siteOf(c.req.url), passkey, challenge, stored)
      : undefined
  return { ...stored, counter }
}

async function useChallenge(
  c: Asked,
  challenge: string,
  purpose: 'register' | 'sign-in',
  now: number,
) {
  const [taken] = await writeAll(c.env.DB, [takeChallenge(c.var.db, challenge, purpose, now)])
  const row = taken?.rows[0]
  return row && { personId: row['person_id'] as string | null }
}
