import { foldSymbols, inGroups, randomSymbols } from '#shared/crockford'
import { RECOVERY_CODES } from '#shared/people'

import { hashOf, randomBytes } from '../doors/tokens'

/** 100 bits, so that a plain hash of it is safe to keep and nobody guesses one in its lifetime. */
const SYMBOLS = 20
const GROUPS = [5, 5, 5, 5] as const

/** A recovery code or a one-time sign-in code: `7KQ4M-2XD9R-TBC0W-5ZN8E`. */
export function newCode(): string {
  return inGroups(randomSymbols(SYMBOLS, randomBytes), GROUPS)
}

/** Ten codes to show once, and what the database keeps of them. */
export async function newRecoveryCodes(): Promise<{ codes: string[]; hashes: string[] }> {
  const codes = Array.from({ length: RECOVERY_CODES }, newCode)
  return { codes, hashes: await Promise.all(codes.map(hashCode)) }
}

/** The hash of a code as typed, however it was spaced and cased. */
export async function hashCode(typed: string): Promise<string> {
  return hashOf(foldSymbols(typed))
}

/** What tries of one code are counted by. */
export function codePage(typed: string): string {
  return foldSymbols(typed).slice(0, GROUPS[0])
}
