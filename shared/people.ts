import * as v from 'valibot'

import { textUpTo } from '#shared/text'

/** What a person may do. `walker` is called a leader on screen. */
export const Role = v.picklist(['owner', 'admin', 'reviewer', 'viewer', 'walker'])
export type Role = v.InferOutput<typeof Role>

/** Roles that can be given; there is one owner, made by the first run. */
export const GivenRole = v.picklist(['admin', 'reviewer', 'viewer', 'walker'])
export type GivenRole = v.InferOutput<typeof GivenRole>

const HOUR = 3_600_000

/**
 * A dashboard left alone for half a day is over: reviewers work in one sitting a day, and a
 * desk in a hospital is not always locked. Whoever uses it daily signs in once a week, which
 * with a passkey is one touch; a stolen cookie is worth a week at most (ASVS 7.1.1).
 */
export const SESSION_IDLE_MS = 12 * HOUR
export const SESSION_MAX_MS = 7 * 24 * HOUR

export const INVITE_MS = 72 * HOUR
export const SIGN_IN_CODE_MS = HOUR / 4
export const PAIRING_CODE_MS = HOUR / 4
export const RECOVERY_CODES = 10

/** What a person or a workspace is called: something, and not a story. */
export const Name = v.pipe(textUpTo(200), v.trim(), v.minLength(1, 'empty'))
