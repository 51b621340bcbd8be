import * as v from 'valibot'

import { type Call, Nothing, pathPart } from '#shared/api/call'
import { CreationOptions, NewPasskey } from '#shared/api/passkey'
import { Me } from '#shared/api/sign-in'
import { Id } from '#shared/id'
import { Name } from '#shared/people'
import { Ms } from '#shared/text'

/** `name` is null to be called after the browser it was made in. */
export const AddPasskey = v.strictObject({ passkey: NewPasskey, name: v.nullable(Name) })

const Account = v.looseObject({
  ...Me.entries,
  recoveryCodesLeft: v.number(),
  passkeys: v.array(
    v.looseObject({ id: v.string(), name: v.string(), createdAt: Ms, lastUsedAt: v.nullable(Ms) }),
  ),
})
export type Account = v.InferOutput<typeof Account>

const Session = v.looseObject({
  id: Id,
  /** The browser it was opened in: "Firefox on Linux". */
  label: v.string(),
  createdAt: Ms,
  lastSeenAt: Ms,
  expiresAt: Ms,
  /** The one that asks. */
  current: v.boolean(),
})

/** /app, oneself. */
export function accountApi(call: Call) {
  return {
    getMe: () => call({ method: 'GET', path: '/app/me', answer: Account }),

    startPasskey: () =>
      call({
        method: 'POST',
        path: '/app/passkeys/options',
        json: {},
        answer: v.looseObject({ options: CreationOptions }),
      }),

    addPasskey: (json: v.InferInput<typeof AddPasskey>) =>
      call({
        method: 'POST',
        path: '/app/passkeys',
        json,
        answer: v.looseObject({ id: v.string() }),
      }),

    removePasskey: (id: string) =>
      call({ method: 'DELETE', path: `/app/passkeys/${pathPart(id)}`, answer: Nothing }),

    /** Ten new ones; the old ones stop working. */
    makeRecoveryCodes: () =>
      call({
        method: 'POST',
        path: '/app/recovery-codes',
        json: {},
        answer: v.looseObject({ recoveryCodes: v.array(v.string()) }),
      }),

    listSessions: () =>
      call({
        method: 'GET',
        path: '/app/sessions',
        answer: v.looseObject({ sessions: v.array(Session) }),
      }),

    endSession: (id: string) =>
      call({ method: 'DELETE', path: `/app/sessions/${pathPart(id)}`, answer: Nothing }),
  }
}
