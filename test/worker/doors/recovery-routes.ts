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
}
