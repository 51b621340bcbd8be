import * as v from 'valibot'

import { type Call, Nothing, pathPart } from '#shared/api/call'
import { Id } from '#shared/id'
import { textUpTo } from '#shared/text'

/** Views of the register that people keep: an address under a name, one's own or shared. */

export const VIEWS_A_PERSON_MAX = 50

const name = v.pipe(textUpTo(80), v.trim(), v.minLength(1))
/** What stands behind the question mark, `service=HR&sort=due`; the dashboard reads it as any address. */
const query = v.pipe(textUpTo(1_000), v.regex(/^[\w%.~*+&=-]*$/, 'not a query'))

/** Saved, renamed or shared: the whole of it each time, under an id that the client made. */
export const KeptView = v.strictObject({ name, query, isShared: v.boolean() })
export type KeptView = v.InferOutput<typeof KeptView>

export const SavedView = v.object({
  id: Id,
  name: v.string(),
  query: v.string(),
  isShared: v.boolean(),
  /** False for what somebody else shares. */
  isMine: v.boolean(),
})
export type SavedView = v.InferOutput<typeof SavedView>

export const SavedViews = v.object({
  views: v.array(SavedView),
  /** What the register opens with for whoever asks; null for its own first view. */
  defaultId: v.nullable(Id),
})
export type SavedViews = v.InferOutput<typeof SavedViews>

export const DefaultView = v.strictObject({ id: v.nullable(Id) })

export function viewApi(call: Call) {
  return {
    listViews: () => call({ method: 'GET', path: '/app/views', answer: SavedViews }),

    /** @throws ApiError 404 for somebody else's, 422 `too-many` */
    keepView: (id: string, json: KeptView) =>
      call({ method: 'PUT', path: `/app/views/${pathPart(id)}`, json, answer: Nothing }),

    deleteView: (id: string) =>
      call({ method: 'DELETE', path: `/app/views/${pathPart(id)}`, answer: Nothing }),

    setDefaultView: (id: string | null) =>
      call({ method: 'PUT', path: '/app/views/default', json: { id }, answer: Nothing }),
  }
}
export type ViewApi = ReturnType<typeof viewApi>
