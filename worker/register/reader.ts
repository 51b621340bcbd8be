import type { Db } from '../database/open'

/** Whom a list is for, and when. */
export interface Reader {
  d1: D1Database
  db: Db
  workspaceId: string
  personId: string
  /** Unix ms. */
  now: number
}
