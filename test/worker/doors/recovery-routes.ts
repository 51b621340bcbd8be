import { newId } from '../../support/ops'
import { type RouteRow, everybody, triage } from './route-row'

/** Routes about what customers are promised and told. */
export const RECOVERY_ROUTES: Readonly<Record<string, RouteRow>> = {
  'GET /app/follow-ups': { who: everybody, ok: 200 },
  'GET /app/follow-ups/count': { who: everybody, ok: 200 },
  // What a promise that is there answers is in test/worker/recovery.
  'POST /app/follow-ups/:id/acts': {
    who: triage,
    ok: 404,
    stranger: 404,
    path: () => `/app/follow-ups/${newId()}/acts`,
    body: () => ({ what: 'contact', version: 1 }),
  },
  'GET /app/entries/:number/follow-ups': {
    who: everybody,
    ok: 200,
    stranger: 404,
    path: ({ entryNumber }) => `/app/entries/${entryNumber}/follow-ups`,
  },
  'POST /app/entries/:number/follow-ups': {
    who: triage,
    ok: 201,
    stranger: 404,
    path: ({ entryNumber }) => `/app/entries/${entryNumber}/follow-ups`,
    body: () => ({ followUps: [{ id: newId(), customer: 'Ward nurse', since: 1_000 }] }),
  },
  'GET /app/messages': { who: everybody, ok: 200 },
  'GET /app/entries/:number/messages': {
    who: everybody,
    ok: 200,
    stranger: 404,
    path: ({ entryNumber }) => `/app/entries/${entryNumber}/messages`,
  },
  'POST /app/entries/:number/messages': {
    who: triage,
    ok: 409,
    stranger: 404,
    path: ({ entryNumber }) => `/app/entries/${entryNumber}/messages`,
    body: () => ({
      id: newId(),
      kind: 'changed',
      after: 999,
      youSaid: '',
      words: 'Thank you.',
      sorryFor: '',
    }),
  },
  'POST /app/entries/:number/publication': {
    who: triage,
    ok: 404,
    stranger: 404,
    path: ({ entryNumber }) => `/app/entries/${entryNumber}/publication`,
    body: () => ({ messageId: newId() }),
  },
  'DELETE /app/entries/:number/publication': {
    who: triage,
    ok: 204,
    stranger: 404,
    path: ({ entryNumber }) => `/app/entries/${entryNumber}/publication`,
  },
  'GET /app/playbooks': { who: everybody, ok: 200 },
  'POST /app/playbooks': {
    who: triage,
    ok: 201,
    body: () => ({
      id: newId(),
      name: 'The help line is silent',
      service: 'Help line',
      sponsor: '',
      steps: [],
      trainedOn: null,
      trainedBy: '',
    }),
  },
  'PUT /app/playbooks/:id': {
    who: triage,
    ok: 404,
    stranger: 404,
    path: () => `/app/playbooks/${newId()}`,
    body: () => ({
      version: 1,
      name: 'The help line is silent',
      service: 'Help line',
      sponsor: '',
      steps: [],
      trainedOn: null,
      trainedBy: '',
    }),
  },
  'DELETE /app/playbooks/:id': {
    who: triage,
    ok: 404,
    stranger: 404,
    path: () => `/app/playbooks/${newId()}`,
  },
  // Nobody is known here, and nothing is there under a name that nobody chose.
  'GET /public/:slug': { who: 'anyone', ok: 404, path: () => '/public/nobody-chose-this' },
  'GET /public/:slug/feed.xml': {
    who: 'anyone',
    ok: 404,
    path: () => '/public/nobody-chose-this/feed.xml',
  },
}
