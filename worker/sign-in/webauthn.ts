import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'

import type { NewPasskey, UsedPasskey } from '#shared/api/passkey'

import { fromBase64Url, toBase64Url } from '../doors/tokens'

/** How long somebody may take to find their key. */
export const CHALLENGE_MS = 5 * 60_000

/** Where a passkey belongs: the host, and the page that may use it. */
export interface Site {
  rpId: string
  origin: string
}

/** A passkey as the database keeps it. */
export interface StoredPasskey {
  id: string
  /** COSE key, base64url. */
  publicKey: string
  counter: number
  transports: readonly string[]
}

export function siteOf(url: string): Site {
  const { hostname, origin } = new URL(url)
  return { rpId: hostname, origin }
}

/**
 * Options for a passkey that signs in by itself: kept by the authenticator and unlocked by its
 * owner's finger, face or PIN, because it is the only factor there is.
 */
export async function creationOptions(
  site: Site,
  person: { id: string; name: string },
  existing: readonly Pick<StoredPasskey, 'id' | 'transports'>[],
) {
  return generateRegistrationOptions({
    rpName: 'Wince',
    rpID: site.rpId,
    userID: Uint8Array.from(new TextEncoder().encode(person.id)),
    userName: person.name,
    userDisplayName: person.name,
    timeout: CHALLENGE_MS,
    attestationType: 'none',
    excludeCredentials: existing.map(({ id, transports }) => ({ id, transports: [...transports] })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
}

export async function requestOptions(site: Site) {
  return generateAuthenticationOptions({
    rpID: site.rpId,
    timeout: CHALLENGE_MS,
    userVerification: 'required',
  })
}

/** @returns undefined when this is not a good answer to this challenge on this site */
export async function checkNewPasskey(
  site: Site,
  passkey: NewPasskey,
  challenge: string,
): Promise<StoredPasskey | undefined> {
  const result = await orRefused(
    verifyRegistrationResponse({
      response: passkey,
      expectedChallenge: challenge,
      expectedOrigin: site.origin,
      expectedRPID: site.rpId,
      requireUserVerification: true,
    }),
  )
  if (!result?.verified) return undefined
  const { credential } = result.registrationInfo
  return {
    id: credential.id,
    publicKey: toBase64Url(credential.publicKey),
    counter: credential.counter,
    transports: passkey.response.transports ?? [],
  }
}

/** @returns the authenticator's new counter; undefined when the proof does not hold, or its counter went back */
export async function checkUsedPasskey(
  site: Site,
  passkey: UsedPasskey,
  challenge: string,
  stored: StoredPasskey,
): Promise<number | undefined> {
  const result = await orRefused(
    verifyAuthenticationResponse({
      response: passkey,
      expectedChallenge: challenge,
      expectedOrigin: site.origin,
      expectedRPID: site.rpId,
      credential: {
        id: stored.id,
        publicKey: fromBase64Url(stored.publicKey),
        counter: stored.counter,
      },
      requireUserVerification: true,
    }),
  )
  return result?.verified ? result.authenticationInfo.newCounter : undefined
}

/** Which challenge an authenticator says that it answers; undefined when that cannot be read. */
export function challengeIn(passkey: { response: { clientDataJSON: string } }): string | undefined {
  try {
    const said: unknown = JSON.parse(
      new TextDecoder().decode(fromBase64Url(passkey.response.clientDataJSON)),
    )
    return typeof said === 'object' &&
      said !== null &&
      'challenge' in said &&
      typeof said.challenge === 'string'
      ? said.challenge
      : undefined
  } catch {
    return undefined
  }
}

/** The library throws for everything that is wrong with an answer; here that is an expected outcome. */
async function orRefused<Result>(check: Promise<Result>): Promise<Result | undefined> {
  return check.catch(() => undefined)
}
