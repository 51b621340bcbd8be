import { writeCursor } from '../../../worker/register/order'
import { newId } from '../../support/ops'
import { newDevice, newMember, type Workspace } from '../support/workspace'
import { MENU_ROUTES } from './menu-routes'
import { RECOVERY_ROUTES } from './recovery-routes'
import { type RouteRow, device, everybody, managers, triage } from './route-row'
import { REGISTER_ROUTES } from './register-routes'
import { WALK_ROUTES } from './walk-routes'

const aGuest = async (workspace: Workspace) => ({
  personId: (await workspace.owner.client.addPerson({ name: 'Guest', role: 'viewer' })).id,
})

/** Every route of the app, by method and pattern. Whoever adds a route adds its row. */
export const ROUTE_TABLE: Readonly<Record<string, RouteRow>> = {
  // the dashboard's files
  'GET /*': { who: 'anyone', ok: 200, path: () => '/' },

  // before anybody is known
  'GET /app/setup': { who: 'anyone', ok: 404 },
  'POST /app/setup/passkey': {
    who: 'anyone',
    ok: 404,
    body: () => ({ token: 'wrong', ownerName: 'X' }),
  },
  'POST /app/setup': {
    who: 'anyone',
    ok: 404,
    body: () => ({
      token: 'wrong',
      workspaceName: 'X',
      ownerName: 'X',
      coverEverything: true,
      passkey: null,
    }),
  },
  'POST /app/sign-in/options': { who: 'anyone', ok: 200 },
  'POST /app/sign-in/passkey': {
    who: 'anyone',
    ok: 401,
    body: () => ({ passkey: unknownPasskey }),
  },
  'POST /app/sign-in/code': { who: 'anyone', ok: 401, body: () => ({ code: newId() }) },
  'POST /app/join/options': { who: 'anyone', ok: 404, body: () => ({ token: 'wrong' }) },
  'POST /app/join': { who: 'anyone', ok: 404, body: () => ({ token: 'wrong', passkey: null }) },
  'POST /v1/pair': { who: 'anyone', ok: 404, body: () => ({ code: 'wrong', deviceName: 'X' }) },

  // oneself
  'GET /app/me': { who: everybody, ok: 200 },
  'DELETE /app/session': { who: everybody, ok: 204, endsSubject: true },
  'GET /app/sessions': { who: everybody, ok: 200 },
  // Even a colleague's session is not there for anybody but its person.
  'DELETE /app/sessions/:id': {
    who: everybody,
    ok: 404,
    stranger: 404,
    path: ({ sessionId }) => `/app/sessions/${sessionId.replace(/.$/, 'x')}`,
  },
  'POST /app/passkeys/options': { who: everybody, ok: 200 },
  'POST /app/passkeys': {
    who: everybody,
    ok: 400,
    body: () => ({ passkey: unansweredPasskey, name: null }),
  },
  'DELETE /app/passkeys/:id': {
    who: everybody,
    ok: 404,
    stranger: 404,
    path: ({ passkeyId }) => `/app/passkeys/${passkeyId}x`,
  },
  'POST /app/recovery-codes': { who: everybody, ok: 201 },

  // the workspace and its people
  'GET /app/workspace': { who: everybody, ok: 200 },
  'PATCH /app/workspace': { who: managers, ok: 200, body: () => ({ coverEverything: true }) },
  'GET /app/people': { who: everybody, ok: 200 },
  'POST /app/people': {
    who: managers,
    ok: 201,
    body: () => ({ name: 'Somebody', role: 'viewer' }),
  },
  'PATCH /app/people/:id': {
    who: managers,
    ok: 200,
    stranger: 404,
    path: ({ personId }) => `/app/people/${personId}`,
    body: () => ({ role: 'reviewer' }),
  },
  'DELETE /app/people/:id': {
    who: managers,
    ok: 204,
    stranger: 404,
    path: ({ personId }) => `/app/people/${personId}`,
    prepare: aGuest,
  },
  'POST /app/people/:id/invite': {
    who: managers,
    ok: 201,
    stranger: 404,
    path: ({ personId }) => `/app/people/${personId}/invite`,
  },
  'POST /app/people/:id/sign-in-code': {
    who: managers,
    ok: 201,
    stranger: 404,
    path: ({ personId }) => `/app/people/${personId}/sign-in-code`,
  },
  'DELETE /app/people/:id/sessions': {
    who: managers,
    ok: 200,
    stranger: 404,
    path: ({ personId }) => `/app/people/${personId}/sessions`,
    prepare: async (workspace) => ({ personId: (await newMember(workspace, 'viewer')).id }),
  },
  // For somebody else; that everybody may ask for themselves is in pairing.test.ts.
  'POST /app/pairing': {
    who: managers,
    ok: 201,
    stranger: 404,
    body: ({ personId }) => ({ personId }),
  },
  'GET /app/pairing/:id': {
    who: managers,
    ok: 200,
    stranger: 404,
    path: ({ pairingId }) => `/app/pairing/${pairingId}`,
  },
  'GET /app/devices': { who: everybody, ok: 200 },
  'DELETE /app/devices/:id': {
    who: managers,
    ok: 204,
    stranger: 404,
    path: ({ deviceId }) => `/app/devices/${deviceId}`,
    prepare: async (workspace) => ({ deviceId: (await newDevice(workspace)).id }),
  },
  'GET /app/audit': { who: managers, ok: 200 },
  'GET /app/audit/check': { who: managers, ok: 200 },

  // the register
  'GET /app/home': { who: everybody, ok: 200 },
  ...REGISTER_ROUTES,
  'GET /app/entries/:number': {
    who: everybody,
    ok: 200,
    stranger: 404,
    path: ({ entryNumber }) => `/app/entries/${entryNumber}`,
  },
  'PATCH /app/entries/:number': {
    who: triage,
    ok: 409,
    stranger: 404,
    path: ({ entryNumber }) => `/app/entries/${entryNumber}`,
    body: () => ({ version: 999, impact: 2 }),
  },
  'POST /app/entries/:number/moves': {
    who: triage,
    ok: 409,
    stranger: 404,
    path: ({ entryNumber }) => `/app/entries/${entryNumber}/moves`,
    body: () => ({ version: 999, to: 'accepted' }),
  },
  'GET /app/entries/:number/notes': {
    who: everybody,
    ok: 200,
    stranger: 404,
    path: ({ entryNumber }) =>
      `/app/entries/${entryNumber}/notes?after=${writeCursor('notes', [3, 0, ''])}`,
  },
  'GET /app/entries/:number/history': {
    who: everybody,
    ok: 200,
    stranger: 404,
    path: ({ entryNumber }) =>
      `/app/entries/${entryNumber}/history?after=${writeCursor('history', [0, ''])}`,
  },
  // triage
  'GET /app/triage': { who: everybody, ok: 200 },
  'GET /app/triage/snapshot': { who: everybody, ok: 200 },
  'GET /app/triage/notes/:id': {
    who: everybody,
    ok: 200,
    stranger: 404,
    path: ({ noteId }) => `/app/triage/notes/${noteId}`,
  },
  'POST /app/decisions': {
    who: triage,
    ok: 200,
    stranger: 404,
    body: ({ noteId }) => ({ id: newId(), what: 'move', noteIds: [noteId], entry: 1 }),
  },
  'GET /app/decisions/mine': { who: everybody, ok: 200 },
  'POST /app/decisions/:id/undo': {
    who: triage,
    ok: 404,
    stranger: 404,
    path: () => `/app/decisions/${newId()}/undo`,
  },
  'GET /app/keep': { who: everybody, ok: 200 },
  'GET /app/services': { who: everybody, ok: 200 },
  'POST /app/services': {
    who: triage,
    ok: 201,
    body: () => ({ provider: 'IT', name: `Service ${newId()}` }),
  },
  'PATCH /app/services/:id': {
    who: triage,
    ok: 404,
    stranger: 404,
    path: () => `/app/services/${newId()}`,
    body: () => ({ provider: 'IT' }),
  },
  'POST /app/services/:id/aliases': {
    who: triage,
    ok: 404,
    stranger: 404,
    path: () => `/app/services/${newId()}/aliases`,
    body: () => ({ alias: 'print' }),
  },
  'DELETE /app/services/:id/aliases/:alias': {
    who: triage,
    ok: 404,
    stranger: 404,
    path: () => `/app/services/${newId()}/aliases/print`,
  },
  ...MENU_ROUTES,
  'GET /app/pictures/:sha256': {
    who: everybody,
    ok: 200,
    stranger: 404,
    path: ({ sha256 }) => `/app/pictures/${sha256}`,
  },

  ...WALK_ROUTES,
  ...RECOVERY_ROUTES,

  // paired browsers
  'GET /v1/device': { who: device, ok: 200 },
  'DELETE /v1/device': { who: device, ok: 204, endsSubject: true },
  'POST /v1/sync/push': {
    who: device,
    ok: 200,
    body: () => ({
      proto: 1,
      deviceId: newId(),
      epoch: 1,
      ops: [{ opId: newId(), kind: 'nothing-known' }],
    }),
  },
  'GET /v1/sync/pull': { who: device, ok: 200 },
  'GET /v1/sync/nearby': { who: device, ok: 200 },
  'PUT /v1/blobs/:sha256': {
    who: device,
    ok: 422,
    stranger: 404,
    path: ({ sha256 }) => `/v1/blobs/${sha256}`,
    body: () => new Uint8Array([1, 2, 3]),
  },
}

const credential = { id: 'nobody', rawId: 'nobody', type: 'public-key', clientExtensionResults: {} }
const unknownPasskey = {
  ...credential,
  response: { clientDataJSON: 'e30', authenticatorData: '', signature: '' },
}
const unansweredPasskey = {
  ...credential,
  response: { clientDataJSON: 'e30', attestationObject: '' },
}
