import { newId } from '../../support/ops'
import { type RouteRow, everybody, triage } from './route-row'

/** Routes about walks, shifts and the plan of them. */
export const WALK_ROUTES: Readonly<Record<string, RouteRow>> = {
  'GET /app/plan': { who: everybody, ok: 200 },
  'GET /app/plan/calendar.ics': { who: everybody, ok: 200 },
  'POST /app/plan': {
    who: triage,
    ok: 201,
    stranger: 404,
    body: ({ personId }) => ({
      personId,
      kind: 'errand',
      what: 'X',
      service: null,
      due: '2026-12-05',
    }),
  },
  'DELETE /app/plan/:id': {
    who: triage,
    ok: 404,
    stranger: 404,
    path: () => `/app/plan/${newId()}`,
  },
  'GET /app/entries/:number/second-walks': {
    who: everybody,
    ok: 200,
    stranger: 404,
    path: ({ entryNumber }) => `/app/entries/${entryNumber}/second-walks`,
  },
  // The entry is not fixed; that one that is can be asked about is in test/worker/again.
  'POST /app/entries/:number/second-walks': {
    who: triage,
    ok: 422,
    stranger: 404,
    path: ({ entryNumber }) => `/app/entries/${entryNumber}/second-walks`,
  },
  'DELETE /app/entries/:number/second-walks': {
    who: triage,
    ok: 200,
    stranger: 404,
    path: ({ entryNumber }) => `/app/entries/${entryNumber}/second-walks`,
  },
  'GET /app/coverage': { who: everybody, ok: 200 },
  'GET /app/coverage/own': {
    who: ['owner'],
    ok: 200,
    stranger: 404,
    path: ({ personId }) => `/app/coverage/own?person=${personId}`,
  },
  'GET /app/coverage/shifts': { who: everybody, ok: 200 },
  // That a signed-in walker sees their own is in walks.test.ts.
  'GET /app/walks': { who: everybody, ok: 200 },
  'GET /app/walks/:id': {
    who: everybody,
    ok: 200,
    stranger: 404,
    path: ({ walkId }) => `/app/walks/${walkId}`,
  },
  'GET /app/walks/:id/steps': {
    who: everybody,
    ok: 200,
    stranger: 404,
    path: ({ walkId }) => `/app/walks/${walkId}/steps`,
  },
  'GET /app/walks/:id/story': {
    who: everybody,
    ok: 200,
    stranger: 404,
    path: ({ walkId }) => `/app/walks/${walkId}/story`,
  },
}
