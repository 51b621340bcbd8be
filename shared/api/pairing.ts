import * as v from 'valibot'

import { type Call, Nothing, pathPart } from '#shared/api/call'
import { Id } from '#shared/id'
import { Name, Role } from '#shared/people'
import { Ms } from '#shared/text'

export const AskForPairing = v.strictObject({ personId: Id })

/** Loose, because an older or newer extension may say more. */
export const Pair = v.looseObject({
  code: v.pipe(v.string(), v.maxLength(200)),
  /** What its person will see it called: "Edge on a laptop". */
  deviceName: Name,
})

const connection = {
  deviceId: Id,
  workspace: v.looseObject({
    id: Id,
    name: v.string(),
    coverEverything: v.boolean(),
    /** An older server says nothing of it. */
    privateWords: v.optional(v.array(v.string())),
    epoch: v.number(),
  }),
  person: v.looseObject({ id: Id, name: v.string(), role: Role }),
}

/** Whom a browser is connected to. */
const Connection = v.looseObject(connection)

const Paired = v.looseObject({ ...connection, token: v.string() })

const Device = v.looseObject({
  id: Id,
  name: v.string(),
  person: v.looseObject({ id: Id, name: v.string() }),
  createdAt: Ms,
  lastSeenAt: Ms,
  /** Null until something was sent. */
  lastSentAt: v.nullable(Ms),
})
export type Device = v.InferOutput<typeof Device>

/** /v1, what a browser does about its own connection. */
export function connectionApi(call: Call) {
  return {
    /** Needs no token: the code is what counts. @throws ApiError 404 for any code that does not work, 429 after ten tries */
    pair: (json: v.InferInput<typeof Pair>) =>
      call({ method: 'POST', path: '/v1/pair', json, answer: Paired }),

    getConnection: () => call({ method: 'GET', path: '/v1/device', answer: Connection }),

    disconnect: () => call({ method: 'DELETE', path: '/v1/device', answer: Nothing }),
  }
}

/** /app, pairing codes and connected browsers. */
export function pairingApi(call: Call) {
  return {
    /** A code for this person; one asked for before and not used stops working. */
    askForPairing: (personId: string) =>
      call({
        method: 'POST',
        path: '/app/pairing',
        json: { personId },
        answer: v.looseObject({ id: Id, code: v.string(), link: v.string(), expiresAt: Ms }),
      }),

    /** Whether the code was used yet; asked every few seconds by the page that shows it. */
    getPairing: (id: string) =>
      call({
        method: 'GET',
        path: `/app/pairing/${pathPart(id)}`,
        answer: v.looseObject({
          state: v.picklist(['waiting', 'connected', 'expired']),
          expiresAt: Ms,
          device: v.nullable(v.looseObject({ id: Id, name: v.string() })),
        }),
      }),

    listDevices: () =>
      call({
        method: 'GET',
        path: '/app/devices',
        answer: v.looseObject({ devices: v.array(Device) }),
      }),

    revokeDevice: (id: string) =>
      call({ method: 'DELETE', path: `/app/devices/${pathPart(id)}`, answer: Nothing }),
  }
}
