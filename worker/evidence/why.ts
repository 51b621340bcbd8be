import * as v from 'valibot'

import { Why } from '#shared/api/register'

/** What was written down with a placement; null when another engine wrote what we cannot read. */
export function toWhy(json: string): Why | null {
  const why = v.safeParse(Why, JSON.parse(json))
  return why.success ? why.output : null
}
