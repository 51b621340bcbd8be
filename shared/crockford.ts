import type { RandomBytes } from '#shared/id'

/**
 * Crockford's base 32: digits and letters without I, L, O (they look like 1, 1 and 0) and U.
 * @see https://www.crockford.com/base32.html
 */
export const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Random symbols, five bits each. */
export function randomSymbols(count: number, randomBytes: RandomBytes): string {
  return Array.from(randomBytes(count), (byte) => CROCKFORD[byte & 31]).join('')
}

/** What somebody typed, as symbols: upper case, O as 0, I and L as 1, spaces and dashes gone. */
export function foldSymbols(typed: string): string {
  return typed
    .toUpperCase()
    .replace(/[\s\-–—_.·]/gu, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')
}

/** True when nothing but symbols is left. */
export function areSymbols(text: string): boolean {
  return /^[0-9A-HJKMNP-TV-Z]*$/.test(text)
}

/** `ABCDEFGHIJKLM` in groups of 4, 5, 4: `ABCD-EFGHI-JKLM`. */
export function inGroups(symbols: string, sizes: readonly number[]): string {
  let start = 0
  return sizes.map((size) => symbols.slice(start, (start += size))).join('-')
}
