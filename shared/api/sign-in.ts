import * as v from 'valibot'

import { CreationOptions, NewPasskey, RequestOptions, UsedPasskey } from '#shared/api/passkey'
import { type Call, Nothing } from '#shared/api/call'
import { Id } from '#shared/id'
import { Name, Role } from '#shared/people'

/** A token from a link's fragment. */
const token = v.pipe(v.string(), v.minLength(1), v.maxLength(200))

export const SetupPasskey = v.strictObject({ token, ownerName: Name })

/** The first run, finished: with a passkey, or with recovery codes alone (DECISIONS 16). */
export const Setup = v.strictObject({
  token,
  workspaceName: Name,
  ownerName: Name,
  coverEverything: v.boolean(),
  passkey: v.nullable(NewPasskey),
})
export const PasskeySignIn = v.strictObject({ passkey: UsedPasskey })
/** A recovery code or a one-time sign-in code; one field on screen for both. */
export const CodeSignIn = v.strictObject({ code: v.pipe(v.string(), v.maxLength(100)) })
export const JoinLook = v.strictObject({ token })
export const Join = v.strictObject({ token, passkey: v.nullable(NewPasskey) })
export const Empty = v.strictObject({})

/** Who is signed in, and to what. */
export const Me = v.looseObject({
  person: v.looseObject({ id: Id, name: v.string(), role: Role, culture: v.boolean() }),
  workspace: v.looseObject({ id: Id, name: v.string(), coverEverything: v.boolean() }),
})
export type Me = v.InferOutput<typeof Me>

/** Recovery codes are shown this once; afterwards only their hashes exist. */
const Started = v.looseObject({ ...Me.entries, recoveryCodes: v.array(v.string()) })
const Creation = v.looseObject({ options: CreationOptions })

/** /app before anybody is signed in. */
export function signInApi(call: Call) {
  return {
    /** Whether a first run is open. @throws ApiError 404 when it is not */
    getSetup: () =>
      call({ method: 'GET', path: '/app/setup', answer: v.looseObject({ open: v.literal(true) }) }),

    startSetupPasskey: (json: v.InferInput<typeof SetupPasskey>) =>
      call({ method: 'POST', path: '/app/setup/passkey', json, answer: Creation }),

    /** Makes the workspace and its owner, who is signed in from here on. */
    finishSetup: (json: v.InferInput<typeof Setup>) =>
      call({ method: 'POST', path: '/app/setup', json, answer: Started }),

    startPasskeySignIn: () =>
      call({
        method: 'POST',
        path: '/app/sign-in/options',
        json: {},
        answer: v.looseObject({ options: RequestOptions }),
      }),

    signInWithPasskey: (passkey: UsedPasskey) =>
      call({ method: 'POST', path: '/app/sign-in/passkey', json: { passkey }, answer: Me }),

    signInWithCode: (code: string) =>
      call({ method: 'POST', path: '/app/sign-in/code', json: { code }, answer: Me }),

    /** What an invite link leads to, and the options for a passkey there. */
    lookAtInvite: (inviteToken: string) =>
      call({
        method: 'POST',
        path: '/app/join/options',
        json: { token: inviteToken },
        answer: v.looseObject({
          options: CreationOptions,
          person: v.looseObject({ name: v.string(), role: Role }),
          workspace: v.looseObject({ name: v.string() }),
        }),
      }),

    join: (json: v.InferInput<typeof Join>) =>
      call({ method: 'POST', path: '/app/join', json, answer: Started }),

    signOut: () => call({ method: 'DELETE', path: '/app/session', answer: Nothing }),
  }
}
