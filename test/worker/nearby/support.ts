import * as v from 'valibot'

import { tokenHasher } from '#shared/grouping/hashed-token'
import { NearbyResponse } from '#shared/nearby'

import { type Device, ask } from '../sync/support'

export async function askNearby(device: Device, query: { cursor?: string; limit?: number } = {}) {
  const parameters = Object.entries(query).map(
    ([name, value]) => `${name}=${encodeURIComponent(value)}`,
  )
  return ask(device, `/v1/sync/nearby?${parameters.join('&')}`)
}

/** A page that fits the client's schema, and its text as it came. */
export async function nearby(device: Device, query: { cursor?: string; limit?: number } = {}) {
  const response = await askNearby(device, query)
  const text = await response.text()
  if (response.status !== 200) throw new Error(`nearby was answered ${response.status}: ${text}`)
  return { ...v.parse(NearbyResponse, JSON.parse(text)), text }
}

/** How many notes of a row have this token, as the row tells. */
export function countIn(device: Device, row: object | undefined, token: string): number {
  const tokens = row && 'tokens' in row ? (row.tokens as number[]) : []
  const hash = tokenHasher(device.workspace.id)(token)
  const at = tokens.findIndex((each, index) => index % 2 === 0 && each === hash)
  return at === -1 ? 0 : (tokens[at + 1] ?? 0)
}
