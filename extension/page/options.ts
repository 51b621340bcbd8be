/** Where a page script finds what it was asked to do: set in its world just before it runs. */
const KEY = 'winceOptions'

/** Runs in the page: leaves options for the script that follows. Must not refer to anything outside. */
export function leaveOptions(key: string, options: object): void {
  Object.assign(globalThis, { [key]: options })
}

/** The arguments for `leaveOptions`. */
export function optionsArguments(options: object): [string, object] {
  return [KEY, options]
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
