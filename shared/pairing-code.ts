import { areSymbols, CROCKFORD, foldSymbols, inGroups, randomSymbols } from '#shared/crockford'
import type { RandomBytes } from '#shared/id'

/**
 * A pairing code is 12 random symbols of five bits and one check symbol: the 60 bits that
 * withstand guessing (DECISIONS 17, D-10) and one more so that a slip of the finger never
 * reaches the server. Thirteen symbols read best as 4-5-4: three groups like the twelve of
 * the first drawing, none longer than what one glance keeps, the odd one in the middle.
 */
const RANDOM_SYMBOLS = 12
const GROUPS = [4, 5, 4] as const

/** Thirteen folded symbols, the last one the check. */
type PairingCode = string

/** What the field for the code made of what was typed or pasted. */
export type PairingInput =
  /** `baseUrl` is there when a whole link was pasted: `https://host`, without a slash at the end. */
  | { ok: true; code: PairingCode; baseUrl?: string }
  /** `unfinished`: too short so far. `too-long`, `symbol`: cannot become a code. `typo`: the check symbol says no. */
  | { ok: false; problem: 'unfinished' | 'too-long' | 'symbol' | 'typo' }

export function newPairingCode(randomBytes: RandomBytes): PairingCode {
  const symbols = randomSymbols(RANDOM_SYMBOLS, randomBytes)
  return symbols + checkSymbol(symbols)
}

/** As it is shown and read out: `7KQ4-M2XD9-RTBC`. */
export function formatPairingCode(code: PairingCode): string {
  return inGroups(code, GROUPS)
}

/** The first group: tries are counted by it, and it alone tells nobody the code. */
export function pairingPage(code: PairingCode): string {
  return code.slice(0, GROUPS[0])
}

/** The link that does it all in one paste; the code sits in the fragment, which no server sees. */
export function pairingLink(baseUrl: string, code: PairingCode): string {
  return `${baseUrl}/pair#${formatPairingCode(code)}`
}

/** Reads a code or a whole pairing link, forgiving case, spaces, dashes, O for 0 and I or L for 1. */
export function parsePairingInput(typed: string): PairingInput {
  const link = /^\s*(https?:\/\/[^/?#@\s]+)\/pair\/?#(.*)$/is.exec(typed)
  const symbols = foldSymbols(link?.[2] ?? typed)
  if (!areSymbols(symbols)) return { ok: false, problem: 'symbol' }
  if (symbols.length <= RANDOM_SYMBOLS) return { ok: false, problem: 'unfinished' }
  if (symbols.length > RANDOM_SYMBOLS + 1) return { ok: false, problem: 'too-long' }
  if (checkSymbol(symbols.slice(0, RANDOM_SYMBOLS)) !== symbols[RANDOM_SYMBOLS])
    return { ok: false, problem: 'typo' }
  const baseUrl = link?.[1]?.toLowerCase()
  return { ok: true, code: symbols, ...(baseUrl === undefined ? {} : { baseUrl }) }
}

/**
 * A sum over GF(32) with another power of its generator as the weight of each place, so that
 * every single wrong symbol and every two symbols that changed places are found.
 */
function checkSymbol(symbols: string): string {
  let sum = 0
  for (const symbol of symbols) sum = double(sum ^ CROCKFORD.indexOf(symbol))
  return CROCKFORD[sum] ?? ''
}

/** Times the generator x, modulo the primitive polynomial x⁵ + x² + 1. */
function double(element: number): number {
  return element & 16 ? (element << 1) ^ 0b100101 : element << 1
}
