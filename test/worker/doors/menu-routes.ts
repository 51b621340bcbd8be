import { everybody, type RouteRow, triage } from './route-row'

/** Rows of the route table about voice menus. */
export const MENU_ROUTES: Readonly<Record<string, RouteRow>> = {
  'GET /app/menus': { who: everybody, ok: 200 },
  'GET /app/menus/:number': {
    who: everybody,
    ok: 200,
    stranger: 404,
    path: ({ numberKey }) => `/app/menus/${numberKey}`,
  },
  'GET /app/menus/:number/notes': {
    who: everybody,
    ok: 200,
    stranger: 404,
    path: ({ numberKey }) => `/app/menus/${numberKey}/notes`,
  },
  'PUT /app/menus/:number/design': {
    who: triage,
    ok: 200,
    stranger: 404,
    path: ({ numberKey }) => `/app/menus/${numberKey}/design`,
    body: () => ({ text: '1 A problem' }),
  },
  'DELETE /app/menus/:number/design': {
    who: triage,
    ok: 204,
    stranger: 404,
    path: ({ numberKey }) => `/app/menus/${numberKey}/design`,
  },
}
