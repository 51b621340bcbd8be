import { everybody, type RouteRow } from './route-row'

/** That a signed-in walker sees their own walks is in walks.test.ts. */
export const WALK_ROUTES: Readonly<Record<string, RouteRow>> = {
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
}
