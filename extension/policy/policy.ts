import * as v from 'valibot'

import { Origin } from '#shared/place'

/** What an organisation decided for the browsers that it manages (docs/operations.md). */
export interface Policy {
  /** Origin of the organisation's Wince; null where people type it. */
  server: string | null
  /** Origins and `*.domain`; null where a leader may allow any site. */
  allowedPortals: string[] | null
  coverEverything: boolean
  /** How long what was sent stays whole here; null for as long as a replay may need it. */
  retentionDays: number | null
  /** Names of settings that make no sense and therefore rule the careful way. */
  unread: string[]
}

export const NO_POLICY: Policy = {
  server: null,
  allowedPortals: null,
  coverEverything: false,
  retentionDays: null,
  unread: [],
}

const Server = v.pipe(
  v.string(),
  v.transform((address) => (URL.canParse(address) ? new URL(address).origin : address)),
  Origin,
)
const Portal = v.union([
  v.pipe(v.string(), v.regex(/^\*\.[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i), v.toLowerCase()),
  Server,
])
const Portals = v.pipe(v.array(Portal), v.maxLength(200))
const Days = v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(14))

/**
 * Reads what the browser hands over as managed storage. A setting that makes no sense is named
 * in `unread` and taken the careful way: no site is allowed, everything is covered, one day.
 */
export function readPolicy(managed: Record<string, unknown>): Policy {
  const unread: string[] = []
  function read<Schema extends v.GenericSchema, Fallback>(
    name: string,
    schema: Schema,
    absent: Fallback,
    careful: Fallback | v.InferOutput<Schema>,
  ): Fallback | v.InferOutput<Schema> {
    const value = managed[name]
    if (value === undefined || value === null || value === '') return absent
    const parsed = v.safeParse(schema, value)
    if (parsed.success) return parsed.output
    unread.push(name)
    return careful
  }
  return {
    server: read('server', Server, null, null),
    allowedPortals: read('allowedPortals', Portals, null, []),
    coverEverything: read('coverEverything', v.boolean(), false, true),
    retentionDays: read('retentionDays', Days, null, 1),
    unread,
  }
}

/** False for a site that the organisation keeps Wince away from. */
export function mayBeSeen({ allowedPortals }: Policy, origin: string): boolean {
  if (allowedPortals === null) return true
  const { hostname } = new URL(origin)
  return allowedPortals.some((portal) =>
    portal.startsWith('*.')
      ? hostname === portal.slice(2) || hostname.endsWith(portal.slice(1))
      : portal === origin,
  )
}
