import * as v from 'valibot'

import type { Call } from '#shared/api/call'
import { EntryChange } from '#shared/api/entry'
import { NewEntry } from '#shared/api/entry-list'
import { EntryNumber, EntryRow } from '#shared/api/register'
import { textUpTo } from '#shared/text'

/** Entries from a file, a batch of its lines at a time: looked at first, then brought in (R17, P-19). */

export const IMPORT_LINES_MAX = 50
/** Bytes of UTF-8. */
export const IMPORT_KEY_MAX_BYTES = 600

const lineNumber = v.pipe(v.number(), v.safeInteger(), v.minValue(1))

/** A line as an entry would have it; what its cells leave out is not set. */
export const ImportLine = v.strictObject({
  /** Where it stands in the file, counted from 1; history names it. */
  line: lineNumber,
  /** What tells it from the file's other lines, and is the same when the file comes again. */
  key: v.pipe(textUpTo(IMPORT_KEY_MAX_BYTES), v.minLength(1)),
  /** The number of an entry that is here already, where the file names one. */
  number: v.nullable(EntryNumber),
  ...v.pick(NewEntry, ['title', 'service']).entries,
  ...v.pick(EntryChange, ['impact', 'effort', 'owner', 'cost', 'due', 'monthly']).entries,
})
export type ImportLine = v.InferOutput<typeof ImportLine>

/** `POST /app/entries/import`. */
export const ImportBatch = v.strictObject({
  /** What the file is called; history names it. */
  file: v.pipe(textUpTo(200), v.trim(), v.minLength(1)),
  /** Only says what would happen to each line. */
  isDryRun: v.boolean(),
  lines: v.pipe(
    v.array(ImportLine),
    v.minLength(1),
    v.maxLength(IMPORT_LINES_MAX),
    v.check(
      (lines) => new Set(lines.map(({ key }) => key)).size === lines.length,
      'two lines have the same key',
    ),
  ),
})
export type ImportBatch = v.InferOutput<typeof ImportBatch>

export const ImportedLine = v.variant('is', [
  /** It opens an entry; null while nothing is brought in. */
  v.object({ line: lineNumber, is: v.literal('new'), entry: v.nullable(EntryRow) }),
  /** Its entry is here, from an earlier time or by its number, and stays as it is. */
  v.object({ line: lineNumber, is: v.literal('here'), entry: EntryRow }),
  v.object({ line: lineNumber, is: v.literal('refused'), problem: v.string() }),
])
export type ImportedLine = v.InferOutput<typeof ImportedLine>

export function importApi(call: Call) {
  return {
    /** Each line's answer, in their order. Sent twice, it opens nothing twice. */
    importEntries: (json: ImportBatch) =>
      call({
        method: 'POST',
        path: '/app/entries/import',
        json,
        answer: v.object({ lines: v.array(ImportedLine) }),
      }),
  }
}
export type ImportApi = ReturnType<typeof importApi>
