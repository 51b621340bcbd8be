import type { ImportedLine, ImportLine } from '#shared/api/import'
import { type RandomBytes, uuidv7 } from '#shared/id'
import { NO_WORK } from '#shared/work'

import { changesOf, type Judged } from '../entry/changes'
import { toEntryRow } from '../register/queries'
import type { ImportedEntry, KnownEntry } from './queries'

/** A line with the hash that the database knows it by. */
export type KeyedLine = ImportLine & { importKey: string }

/** What is known of what lines name. */
export interface Known {
  entries: readonly KnownEntry[]
  owners: ReadonlyMap<string, { id: string; name: string }>
}

/** What a line would do. A number that it names counts more than where it came from. */
export function judgeLine(line: KeyedLine, { entries, owners }: Known): ImportedLine {
  const entry = entries.find(({ number, import_key: key }) =>
    line.number === null ? key === line.importKey : number === line.number,
  )
  if (entry) return { line: line.line, is: 'here', entry: toEntryRow(entry) }
  const problem = problemOf(line, owners)
  return problem === undefined
    ? { line: line.line, is: 'new', entry: null }
    : { line: line.line, is: 'refused', problem }
}

function problemOf({ number, owner }: KeyedLine, owners: Known['owners']): string | undefined {
  if (number !== null)
    return `There is no entry ${number} here. Without its number it comes in as a new one.`
  if (owner && !owners.has(owner)) return 'Nobody here could own this.'
  return undefined
}

interface Opening {
  /** What the file is called. */
  file: string
  owners: Known['owners']
  /** Unix ms. */
  now: number
  randomBytes: RandomBytes
}

/** What a line opens: by hand, as its history says, and then with each value that its cells hold. */
export function openedBy(
  line: KeyedLine,
  { file, owners, now, randomBytes }: Opening,
): ImportedEntry {
  const id = uuidv7(now, randomBytes)
  const { title, service, impact, effort, cost, due, monthly } = line
  const owner = line.owner ? (owners.get(line.owner) ?? null) : null
  const judged = { impact, effort, owner, cost, due, monthly }
  const changes = changesOf(UNJUDGED, NO_WORK, judged)
  return {
    id,
    importKey: line.importKey,
    title,
    service,
    impact: impact ?? null,
    effort: effort ?? null,
    owner: owner?.id ?? null,
    cost: cost ?? null,
    due: due ?? null,
    monthly: monthly?.customers ?? null,
    monthlySource: monthly?.source ?? null,
    events: [
      {
        // The first event of an entry without notes has its id.
        id,
        at: now,
        what: 'opened-by-hand',
        before: null,
        after: null,
        reason: `Line ${line.line} of ${file}`,
      },
      ...changes.map((change) => ({ ...change, id: uuidv7(now, randomBytes), at: now + 1 })),
    ],
  }
}

/** Of an entry about which nobody has said anything yet, each value is a change. */
const UNJUDGED: Judged = {
  title: '',
  titleConfirmed: true,
  impact: null,
  effort: null,
  owner: null,
  cost: null,
  due: null,
  monthly: null,
}
