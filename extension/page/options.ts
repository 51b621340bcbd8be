import type { Anchor } from '#shared/anchor'

/** Where a page script finds what it was asked to do: set in its world just before it runs. */
const KEY = 'winceOptions'
const ANCHOR_KEY = 'winceAnchor'

/** Runs in the page: leaves options for the script that follows. Must not refer to anything outside. */
export function leaveOptions(key: string, options: object): void {
  Object.assign(globalThis, { [key]: options })
}

/** The arguments for `leaveOptions`. */
export function optionsArguments(options: object): [string, object] {
  return [KEY, options]
}

/** As `optionsArguments`, for the script that looks for an anchor's element. */
export function anchorArguments(anchor: Anchor): [string, object] {
  return [ANCHOR_KEY, anchor]
}

/** What is looked for; only this extension writes to its own world. A null gets lost on the way to it. */
export function takeAnchor(): Anchor | undefined {
  const { [ANCHOR_KEY]: anchor } = globalThis as { [ANCHOR_KEY]?: Anchor }
  return anchor && { ...anchor, name: anchor.name ?? null }
}

/** By what rules a page is looked at. */
export interface PageRules {
  /** No titles, no quotes, no names in rows (DECISIONS 3). */
  withholdNames: boolean
  /** What the organisation wants left out and covered beside patterns. */
  privateWords?: readonly string[]
}

const NONE: readonly string[] = []

type Asked = typeof globalThis & {
  [KEY]?: { withholdNames?: unknown; nameCovers?: unknown; privateWords?: readonly string[] }
}

/** False in a document that came between the options and the script that follows them. */
export function wasAsked(): boolean {
  return (globalThis as Asked)[KEY] !== undefined
}

/** What was asked of this script; the careful choice where nothing was. */
export function takeOptions(): Required<PageRules> & { nameCovers: boolean } {
  const { [KEY]: options } = globalThis as Asked
  return {
    withholdNames: options?.withholdNames !== false,
    nameCovers: options?.nameCovers === true,
    privateWords: takePrivateWords(),
  }
}

/** Asked for each text of a page. */
export function takePrivateWords(): readonly string[] {
  return (globalThis as Asked)[KEY]?.privateWords ?? NONE
}
