import * as v from 'valibot'

/** Where a device has read to; it means something in this workspace, epoch and scope alone (S-6, S-7). */
export interface Cursor {
  workspaceId: string
  epoch: number
  scope: string
  seq: number
}

const Wire = v.strictTuple([
  v.string(),
  v.pipe(v.number(), v.safeInteger()),
  v.string(),
  v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
])

/** Opaque to clients. It proves nothing: each use is authorised anew. */
export function formatCursor({ workspaceId, epoch, scope, seq }: Cursor): string {
  return btoa(JSON.stringify([workspaceId, epoch, scope, seq]))
}

/** @returns undefined for anything that `formatCursor` did not make */
function parseCursor(text: string): Cursor | undefined {
  try {
    const parsed = v.safeParse(Wire, JSON.parse(atob(text)))
    if (!parsed.success) return undefined
    const [workspaceId, epoch, scope, seq] = parsed.output
    return { workspaceId, epoch, scope, seq }
  } catch {
    return undefined
  }
}

/** Where a list goes on, or why it cannot. `after` is null where it begins. */
type Start = { after: number | null } | 'other-epoch' | 'gone'

/**
 * @param text as a client gave it
 * @param here what a cursor has to be of, and how far the workspace's numbers go by now
 */
export function startOf(text: string | undefined, here: Cursor): Start {
  if (text === undefined) return { after: null }
  const cursor = parseCursor(text)
  if (cursor?.workspaceId !== here.workspaceId) return 'gone'
  // A cursor ahead of the database was given by one that has since been restored (S-9).
  if (cursor.epoch !== here.epoch || cursor.seq > here.seq) return 'other-epoch'
  return cursor.scope === here.scope ? { after: cursor.seq } : 'gone'
}
