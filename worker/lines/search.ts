import type { EntryQuery } from '#shared/api/entry-list'

/** Words of a search beyond this many are not looked for (D-5). */
const WORDS_MAX = 20
/** From so many letters on a word is also looked for as a beginning; shorter ones begin too much. */
const BEGINNING_MIN = 3
/** What FTS5's unicode61 makes words of. */
const WORD = /[\p{L}\p{N}\p{M}\p{Co}]+/gu

/** What somebody typed to find an entry: words of its title, or its number. */
export interface Searched {
  words: string[]
  number: number | undefined
}

/** Undefined where nothing was typed. */
export function searchedBy({ q }: Pick<EntryQuery, 'q'>): Searched | undefined {
  const text = q.trim()
  if (text === '') return undefined
  const number = /^#?(\d{1,9})$/.exec(text)?.[1]
  return {
    words: (text.normalize('NFC').match(WORD) ?? []).slice(0, WORDS_MAX),
    number: number === undefined ? undefined : Number(number),
  }
}

/**
 * The same as a query of FTS5: all of the words, each quoted so that none is an operator, in titles
 * of this workspace alone.
 */
export function toMatch(workspaceId: string, words: readonly string[]): string {
  const asked = words.map((word) => {
    const quoted = `"${word.replaceAll('"', '""')}"`
    return [...word].length < BEGINNING_MIN ? quoted : `${quoted}*`
  })
  return `workspace : "${workspaceId.replaceAll('-', '').replaceAll('"', '""')}" AND title : (${asked.join(' AND ')})`
}
