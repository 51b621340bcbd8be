import type { EntryQuery } from '#shared/api/entry-list'

import { readAll } from '../database/write-all'
import { searchNewestTitles, searchTitles } from '../lines/queries'
import { searchedBy, toMatch } from '../lines/search'
import type { Reader } from './reader'

/** The newest of those that have the words; more would not help anybody to find one. */
const FOUND_MAX = 100

interface FoundTitles {
  numbers: number[]
  /** Others have the words too, and are older. */
  isMore: boolean
}

/** Entries whose title has the words, or whose number it is; undefined where nothing is looked for. */
export async function findTitles(
  reader: Reader,
  query: Pick<EntryQuery, 'q'>,
): Promise<FoundTitles | undefined> {
  const searched = searchedBy(query)
  if (searched === undefined) return undefined
  const titled = searched.words.length === 0 ? [] : await searchFor(reader, searched.words)
  const numbers = titled.slice(0, FOUND_MAX)
  if (searched.number !== undefined) numbers.push(searched.number)
  return { numbers: [...new Set(numbers)], isMore: titled.length > FOUND_MAX }
}

async function searchFor(
  { d1, db, workspaceId }: Reader,
  words: readonly string[],
): Promise<number[]> {
  const most = FOUND_MAX + 1
  try {
    return toNumbers(
      await readAll(d1, [searchTitles(db, workspaceId, toMatch(workspaceId, words), most)]),
    )
  } catch (error) {
    // An export needs the search to be dropped for a while (docs/operations.md).
    if (!(error instanceof Error) || !error.message.includes('no such table: title_')) throw error
    return toNumbers(await readAll(d1, [searchNewestTitles(db, workspaceId, words, most)]))
  }
}

function toNumbers([read]: Awaited<ReturnType<typeof readAll>>): number[] {
  return (read?.rows ?? []).map((row) => Number(row['number']))
}
