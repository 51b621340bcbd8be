import * as v from 'valibot'

/**
 * WebAuthn as JSON, as @simplewebauthn/browser gives and takes it. Its shape is the browsers',
 * not ours: keys that we do not know are dropped here instead of refused.
 */
const base64url = v.pipe(
  v.string(),
  v.maxLength(20_000),
  v.regex(/^[A-Za-z0-9_-]*$/, 'not base64url'),
)
const anObject = v.custom<object>((value) => typeof value === 'object' && value !== null)
const credential = {
  id: v.pipe(base64url, v.minLength(1), v.maxLength(1_400)),
  rawId: base64url,
  type: v.literal('public-key'),
  clientExtensionResults: anObject,
  authenticatorAttachment: v.exactOptional(v.picklist(['platform', 'cross-platform'])),
}

/** A passkey just made: what `startRegistration` answers. */
export const NewPasskey = v.object({
  ...credential,
  response: v.object({
    clientDataJSON: base64url,
    attestationObject: base64url,
    transports: v.exactOptional(
      v.pipe(v.array(v.pipe(v.string(), v.maxLength(40))), v.maxLength(10)),
    ),
  }),
})
export type NewPasskey = v.InferOutput<typeof NewPasskey>

/** A passkey just used: what `startAuthentication` answers. */
export const UsedPasskey = v.object({
  ...credential,
  response: v.object({
    clientDataJSON: base64url,
    authenticatorData: base64url,
    signature: base64url,
    userHandle: v.exactOptional(base64url),
  }),
})
export type UsedPasskey = v.InferOutput<typeof UsedPasskey>

const descriptor = v.object({
  id: v.string(),
  type: v.literal('public-key'),
  transports: v.exactOptional(v.array(v.string())),
})

/** What `startRegistration({ optionsJSON })` takes. */
export const CreationOptions = v.object({
  rp: v.object({ name: v.string(), id: v.string() }),
  user: v.object({ id: v.string(), name: v.string(), displayName: v.string() }),
  challenge: v.string(),
  pubKeyCredParams: v.array(v.object({ type: v.literal('public-key'), alg: v.number() })),
  timeout: v.number(),
  excludeCredentials: v.array(descriptor),
  authenticatorSelection: v.object({
    residentKey: v.literal('required'),
    requireResidentKey: v.literal(true),
    userVerification: v.literal('required'),
  }),
  attestation: v.literal('none'),
})

/** What `startAuthentication({ optionsJSON })` takes; it names no passkeys, the browser offers its own. */
export const RequestOptions = v.object({
  rpId: v.string(),
  challenge: v.string(),
  timeout: v.number(),
  userVerification: v.literal('required'),
})
