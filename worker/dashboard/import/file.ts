import { type CsvRecord, parseCsv, withoutGuard } from '#shared/csv'
import { toStorableText } from '#shared/text'

/** A file as a table: what its first line calls the columns, and the lines below that hold anything. */
export interface Table {
  name: string
  head: string[]
  rows: CsvRecord[]
}

export type ReadFile = { table: Table } | { problem: string }

const FILE_MAX_BYTES = 2_000_000
const FILE_MAX_LINES = 2_000
const COLUMNS_MAX = 60
const NAME_MAX_LENGTH = 60

/** A CSV as spreadsheets write it: with commas, semicolons or tabs, in UTF-8, UTF-16 or Windows’ Latin. */
export function readFile(name: string, bytes: Uint8Array): ReadFile {
  if (bytes.length > FILE_MAX_BYTES)
    return { problem: 'The file is larger than 2 MB. Save a part of it as a file of its own.' }
  const text = decode(bytes)
  if (text.includes('\0'))
    return {
      problem: 'That is no CSV. In the spreadsheet, choose “Save as” and CSV, then bring that in.',
    }
  const records = parseCsv(text, separatorOf(text)).filter(({ fields }) =>
    fields.some((field) => field.trim() !== ''),
  )
  return toTable(name, records)
}

function toTable(name: string, [head, ...rows]: CsvRecord[]): ReadFile {
  if (head === undefined || rows.length === 0)
    return { problem: 'There is nothing in it below a first line with the names of the columns.' }
  const open = rows.at(-1)
  if (open && isNeverClosed(open, head.fields.length))
    return { problem: `Line ${open.line} opens a quote mark that is never closed.` }
  if (rows.length > FILE_MAX_LINES)
    return {
      problem: `It has ${rows.length} lines; 2,000 come in at once. Save a part of it as a file of its own.`,
    }
  if (head.fields.length > COLUMNS_MAX)
    return { problem: `It has ${head.fields.length} columns; ${COLUMNS_MAX} are read.` }
  return {
    table: {
      name: shorten(toStorableText(name).trim()) || 'a file',
      head: head.fields.map((field) => toStorableText(field).trim()),
      rows: rows.map(({ line, fields }) => ({
        line,
        fields: fields.map((field) => withoutGuard(toStorableText(field).trim())),
      })),
    },
  }
}

/** The rest of the file ended up in its last cell, before the line had all its cells. */
function isNeverClosed({ fields }: CsvRecord, columns: number): boolean {
  return fields.length < columns && (fields.at(-1) ?? '').includes('\n')
}

function decode(bytes: Uint8Array): string {
  const [first, second] = bytes
  const label =
    first === 0xff && second === 0xfe
      ? 'utf-16le'
      : first === 0xfe && second === 0xff
        ? 'utf-16be'
        : 'utf-8'
  try {
    // A byte order mark is dropped, which is what the decoder does by itself.
    return toLines(new TextDecoder(label, { fatal: true }).decode(bytes))
  } catch {
    // Spreadsheets on Windows still save what is no UTF-8; any bytes are a text in it.
    return toLines(new TextDecoder('windows-1252').decode(bytes))
  }
}

function toLines(text: string): string {
  return text.replace(/\r\n?/g, '\n')
}

/** What parts the first line into most columns; a comma where nothing does. */
function separatorOf(text: string): string {
  const [first = ''] = text.split('\n')
  const columns = (separator: string) => parseCsv(first, separator)[0]?.fields.length ?? 0
  return [',', ';', '\t'].reduce((best, separator) =>
    columns(separator) > columns(best) ? separator : best,
  )
}

function shorten(name: string): string {
  return Array.from(name).slice(0, NAME_MAX_LENGTH).join('')
}
