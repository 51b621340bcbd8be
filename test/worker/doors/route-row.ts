import type { Ids } from '../support/full-workspace'
import type { Workspace } from '../support/workspace'

/** Those who can be let in; `walker` is a leader's paired browser. */
export type Role = 'walker' | 'viewer' | 'reviewer' | 'admin' | 'owner'

/**
 * What a route is expected to answer. Written out by hand, apart from the code's own table
 * in worker/doors/can.ts: a right that changes there has to change here too.
 */
export interface RouteRow {
  /** Who gets through; everybody else gets 401, or 403 when signed in. `anyone`: the same answer for all. */
  who: 'anyone' | readonly Role[]
  /** The status for them. */
  ok: number
  /** Set where the request names something of a workspace: somebody else's owner gets this. Else they get `ok`, about their own. */
  stranger?: 404
  /** From the ids of one workspace; without it, the pattern itself. */
  path?: (ids: Ids) => string
  /** JSON, or bytes as they are; without it, `{}` where a method has a body. */
  body?: (ids: Ids) => unknown
  /** Makes something that the request uses up. */
  prepare?: (workspace: Workspace) => Promise<Partial<Ids>>
  /** The request ends what the subject came with, so each gets a fresh one. */
  endsSubject?: true
}

export const everybody: readonly Role[] = ['viewer', 'reviewer', 'admin', 'owner']
export const triage: readonly Role[] = ['reviewer', 'admin', 'owner']
export const managers: readonly Role[] = ['admin', 'owner']
export const device: readonly Role[] = ['walker']
