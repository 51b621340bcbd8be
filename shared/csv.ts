/** One record of a CSV, and the line that it begins on, counted from 1. */
export interface CsvRecord {
  line: number
  fields: string[]
}

/**
 * The records of a CSV. A quote that is never closed takes the rest as one field, as spreadsheets do.
 *
 * @param separator what stands between fields: a comma, a semicolon, a tab
 * @see RFC 4180
 */
export function parseCsv(text: string, separator: string): CsvRecord[] {
  const records: CsvRecord[] = []
  let record: CsvRecord = { line: 1, fields: [] }
  let field = ''
  let isQuoted = false
  let line = 1
  const endField = () => {
    record.fields.push(field)
    field = ''
  }
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? ''
    if (isQuoted) {
      if (character !== '"') field += character
      else if (text[at + 1] === '"') {
        field += '"'
        at += 1
      } else isQuoted = false
    } else if (character === '"' && field === '') isQuoted = true
    else if (character === separator) endField()
    else if (character !== '\n') field += character
    if (character !== '\n') continue
    line += 1
    if (isQuoted) continue
    endField()
    records.push(record)
    record = { line, fields: [] }
  }
  if (field !== '' || record.fields.length > 0) {
    endField()
    records.push(record)
  }
  return records
}

/**
 * Where a spreadsheet would begin a formula, full-width signs too: at the start of a text, and behind
 * what ends a cell in some country or some dialog, which there does so within our quotes as well.
 * Spaces and quotes may stand before the sign: not every spreadsheet keeps them.
 */
const CELL_START = '(?<=^|[;\\t\\r\\n])'
const FORMULA = '(?=(?:["\\0]|[^\\S\\t\\r\\n])*[=+\\-@＝＋－＠])'
/** A start that some spreadsheets drop, so that what follows becomes the start. */
const DROPPED_START = '(?=[\\t\\r\\n\\0])'
const UNGUARDED = new RegExp(`${CELL_START}${FORMULA}|^${DROPPED_START}`, 'g')
const GUARD = new RegExp(`${CELL_START}'${FORMULA}|^'${DROPPED_START}`, 'g')

/**
 * One line of a CSV. Text that a spreadsheet would run gets a `'` before it; numbers stay numbers,
 * negative ones too.
 *
 * @see RFC 4180
 */
export function toCsvLine(fields: readonly (string | number | null)[]): string {
  return `${fields.map(toCsvField).join(',')}\r\n`
}

function toCsvField(field: string | number | null): string {
  if (field === null) return ''
  if (typeof field === 'number') return String(field)
  const safe = field.replace(UNGUARDED, "'")
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** A field without each `'` that `toCsvLine` put before what would be a formula. */
export function withoutGuard(field: string): string {
  return field.replace(GUARD, '')
}
