import * as v from 'valibot'

import { type Call, toSearch } from '#shared/api/call'
import { EntryRow } from '#shared/api/register'
import { Cursor, pageLimit } from '#shared/api/triage'
import { Ms } from '#shared/text'

/** What leaders liked, kept and shared with the team, over `/app`. */

export const KeepQuery = v.strictObject({
  state: v.optional(v.picklist(['all', 'kept', 'shared']), 'all'),
  after: v.optional(Cursor),
  limit: v.optional(pageLimit(50), '30'),
})
export type KeepQueryInput = v.InferInput<typeof KeepQuery>

/** What leaders liked, newest first. */
export const KeepPage = v.object({
  entries: v.array(
    v.object({
      ...EntryRow.entries,
      /** How the team was thanked, last; null while it was not. */
      thanks: v.nullable(v.object({ words: v.string(), at: Ms, by: v.nullable(v.string()) })),
    }),
  ),
  next: v.nullable(v.string()),
})
export type KeepPage = v.InferOutput<typeof KeepPage>

export function keepApi(call: Call) {
  return {
    listKept: (query: KeepQueryInput = {}) =>
      call({ method: 'GET', path: `/app/keep${toSearch(query)}`, answer: KeepPage }),
  }
}
export type KeepApi = ReturnType<typeof keepApi>
