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

/** What is looked for; only this extension writes to its own world. */
export function takeAnchor(): Anchor | undefined {
  return (globalThis as { [ANCHOR_KEY]?: Anchor })[ANCHOR_KEY]
}

/** What was asked of this script; the careful choice where nothing was. */
export function takeOptions(): { withholdNames: boolean; nameCovers: boolean } {
  const { [KEY]: options } = globalThis as {
    [KEY]?: { withholdNames?: unknown; nameCovers?: unknown }
  }
  return {
    withholdNames: options?.withholdNames !== false,
    nameCovers: options?.nameCovers === true,
  }
}
