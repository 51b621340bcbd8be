import type { NewPasskey, UsedPasskey } from '#shared/api/passkey'

import { fromBase64Url, toBase64Url } from '../../../worker/doors/tokens'
import { ORIGIN } from './browser'

const FLAGS = { userPresent: 0x01, userVerified: 0x04, attestedCredential: 0x40 }

interface AuthenticatorOptions {
  origin?: string
  rpId?: string
  /** False for a key that was touched but not unlocked. */
  verifiesUser?: boolean
}

/**
 * A passkey in software (ES256, no attestation), so that the real verification runs.
 * @see https://www.w3.org/TR/webauthn-3/#sctn-authenticator-data
 */
export async function newAuthenticator(options: AuthenticatorOptions = {}) {
  const { origin = ORIGIN, rpId = new URL(origin).hostname, verifiesUser = true } = options
  const keys = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
    'sign',
    'verify',
  ])
  const { publicKey, privateKey } = keys as CryptoKeyPair
  const id = crypto.getRandomValues(new Uint8Array(32))
  const credentialId = toBase64Url(id)
  let counter = 0
  let userHandle = ''

  const authenticatorData = async (flags: number, attested: Uint8Array = new Uint8Array()) => {
    counter += 1
    const count = new Uint8Array(4)
    new DataView(count.buffer).setUint32(0, counter)
    return bytes(
      await sha256(new TextEncoder().encode(rpId)),
      [flags | (verifiesUser ? FLAGS.userVerified : 0)],
      count,
      attested,
    )
  }
  const clientData = (type: string, challenge: string) =>
    new TextEncoder().encode(JSON.stringify({ type, challenge, origin, crossOrigin: false }))
  const credential = {
    id: credentialId,
    rawId: credentialId,
    type: 'public-key' as const,
    clientExtensionResults: {},
    authenticatorAttachment: 'platform' as const,
  }

  return {
    credentialId,
    setCounter: (value: number) => {
      counter = value
    },

    async create(creation: { challenge: string; user: { id: string } }): Promise<NewPasskey> {
      userHandle = creation.user.id
      const jwk = (await crypto.subtle.exportKey('jwk', publicKey)) as { x?: string; y?: string }
      const cose = cbor(
        new Map<number, CborValue>([
          [1, 2],
          [3, -7],
          [-1, 1],
          [-2, fromBase64Url(jwk.x ?? '')],
          [-3, fromBase64Url(jwk.y ?? '')],
        ]),
      )
      const attested = bytes(new Uint8Array(16), [0, id.length], id, cose)
      const authData = await authenticatorData(
        FLAGS.userPresent | FLAGS.attestedCredential,
        attested,
      )
      const attestation = new Map<string, CborValue>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', authData],
      ])
      return {
        ...credential,
        response: {
          clientDataJSON: toBase64Url(clientData('webauthn.create', creation.challenge)),
          attestationObject: toBase64Url(cbor(attestation)),
          transports: ['internal'],
        },
      }
    },

    async use(request: { challenge: string }): Promise<UsedPasskey> {
      const data = clientData('webauthn.get', request.challenge)
      const authData = await authenticatorData(FLAGS.userPresent)
      const signed = bytes(authData, await sha256(data))
      const raw = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, signed)
      return {
        ...credential,
        response: {
          clientDataJSON: toBase64Url(data),
          authenticatorData: toBase64Url(authData),
          signature: toBase64Url(derSignature(new Uint8Array(raw))),
          userHandle,
        },
      }
    },
  }
}

type CborValue = number | string | Uint8Array | Map<number | string, CborValue>

/** As much of CBOR as an authenticator says (RFC 8949 §3). */
function cbor(value: CborValue): Uint8Array<ArrayBuffer> {
  if (typeof value === 'number') return value < 0 ? cborHead(1, -1 - value) : cborHead(0, value)
  if (typeof value === 'string') {
    const text = new TextEncoder().encode(value)
    return bytes(cborHead(3, text.length), text)
  }
  if (value instanceof Uint8Array) return bytes(cborHead(2, value.length), value)
  return bytes(
    cborHead(5, value.size),
    ...[...value].flatMap(([key, item]) => [cbor(key), cbor(item)]),
  )
}

function cborHead(major: number, length: number): Uint8Array<ArrayBuffer> {
  const type = major << 5
  if (length < 24) return bytes([type | length])
  if (length < 256) return bytes([type | 24, length])
  return bytes([type | 25, length >> 8, length & 255])
}

/** WebCrypto gives r and s side by side; WebAuthn wants them in ASN.1 (§6.5.5). */
function derSignature(raw: Uint8Array): Uint8Array {
  const integer = (part: Uint8Array) => {
    const start = part.findIndex((byte) => byte !== 0)
    const digits = part.slice(start === -1 ? part.length - 1 : start)
    const positive = (digits[0] ?? 0) & 0x80 ? bytes([0], digits) : bytes(digits)
    return bytes([2, positive.length], positive)
  }
  const body = bytes(integer(raw.slice(0, 32)), integer(raw.slice(32)))
  return bytes([0x30, body.length], body)
}

async function sha256(data: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes(data)))
}

function bytes(...parts: (Uint8Array | number[])[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(parts.flatMap((part) => [...part]))
}
