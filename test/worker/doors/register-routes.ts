import { newId } from '../../support/ops'
import { type RouteRow, everybody, triage } from './route-row'

/** The register's lists, and views that people keep of it. */
export const REGISTER_ROUTES: Readonly<Record<string, RouteRow>> = {
  'GET /app/entries': { who: everybody, ok: 200 },
  'GET /app/entries/tabs': { who: everybody, ok: 200 },
  'GET /app/entries/groups': {
    who: everybody,
    ok: 200,
    path: () => '/app/entries/groups?by=cell',
  },
  'GET /app/entries/export.csv': { who: everybody, ok: 200 },
  // A real one would take the number that other rows ask a stranger for; register.test.ts opens some.
  'POST /app/entries': {
    who: triage,
    ok: 400,
    body: () => ({ id: newId(), title: ' ', service: null }),
  },
  'POST /app/entries/import': {
    who: triage,
    ok: 200,
    body: () => ({
      file: 'list.csv',
      isDryRun: true,
      lines: [{ line: 2, key: 'words: A', number: null, title: 'A', service: null }],
    }),
  },
  'GET /app/views': { who: everybody, ok: 200 },
  'PUT /app/views/:id': {
    who: everybody,
    ok: 204,
    path: () => `/app/views/${newId()}`,
    body: () => ({ name: 'For the budget talk', query: 'free=1', isShared: false }),
  },
  'PUT /app/views/default': {
    who: everybody,
    ok: 404,
    stranger: 404,
    body: () => ({ id: newId() }),
  },
  'DELETE /app/views/:id': { who: everybody, ok: 204, path: () => `/app/views/${newId()}` },
}
