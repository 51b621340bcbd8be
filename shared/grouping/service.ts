/** Words that stand beside a service's name and say nothing about which one it is. */
const DESK_WORDS = new Set(
  'a all and counter desk for front helpdesk help helpline hotline line my no of office on online phone portal self service servicedesk services site stand support team the via walk up queries enquiries'.split(
    ' ',
  ),
)

/** What is known about names of services: the workspace's own list, and what reviewers taught. */
export interface ServiceNames {
  list: readonly string[]
  /** From a folded name as people type it to one of the list. */
  aliases: ReadonlyMap<string, string>
}

const NO_SERVICE_NAMES: ServiceNames = { list: [], aliases: new Map() }

/** One form for names that differ in case, width, spaces or dashes only. */
export function foldService(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim()
}

/**
 * The service a typed name stands for: an alias, a name of the list, the one name of the list
 * that all its telling words belong to, or the folded name itself, for it may be new.
 */
export function toService(
  typed: string | null,
  names: ServiceNames = NO_SERVICE_NAMES,
): string | null {
  const folded = foldService(typed ?? '')
  if (folded === '') return null
  const alias = names.aliases.get(folded)
  if (alias !== undefined) return foldService(alias)
  const listed = names.list.map(foldService)
  if (listed.includes(folded)) return folded
  const words = new Set(wordsOfService(folded))
  const fitting = listed.filter((name) => {
    const own = wordsOfService(name)
    return own.length > 0 && own.every((word) => words.has(word))
  })
  return fitting.length === 1 ? (fitting[0] ?? folded) : folded
}

/** The words that tell a service from others; empty when the name is "service desk" and its like. */
export function wordsOfService(service: string): string[] {
  return [...new Set(service.split(' ').filter((word) => !DESK_WORDS.has(word)))]
}
