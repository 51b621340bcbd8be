import { expect, test } from 'vitest'

import { parseCsv, toCsvLine } from '#shared/csv'

import hostileFormulas from '../shared/hostile-formulas.json'
import { openWorkspace } from '../support/first-run'
import { openLocalDatabase } from '../support/local-data'
import { newId } from '../support/ops'
import { pickSeed, seededRandom } from '../support/seeded'
import { openInSpreadsheet } from '../support/spreadsheet'
import { startWorker } from '../support/worker'

/**
 * What ends a cell, as characters' codes: ours, what Excel takes for it in half of Europe, a tab, and
 * what LibreOffice proposes.
 */
const SEPARATORS = ['44', '59', '9', '44/59/9']

/** What a real spreadsheet makes of a file, as XML. */
function sheetOf(csv: string, separator?: string): string {
  return openInSpreadsheet(csv, separator === undefined ? {} : { separator }).toString()
}

const formulasIn = (xml: string) => xml.match(/table:formula="[^"]*"/g) ?? []

test('no cell of an export is a formula, and numbers are numbers', () => {
  const safe = sheetOf(
    `\uFEFF${hostileFormulas.map((cell, row) => toCsvLine([row, cell, -5])).join('')}`,
  )

  expect(formulasIn(safe)).toEqual([])
  expect(safe.match(/office:value="-5"/g)).toHaveLength(hostileFormulas.length)
}, 240_000)

/** Of the register's file. A new one with words in it belongs into `WORDS` and into `exportOf`. */
const COLUMNS =
  'Number,Title,Service,State,Impact,Effort,Cost,Due,Customers a month,Counted by,Leaders,Notes,' +
  'Worst wince,Free to fix,Owner,Hand-offs,Follow-ups,Follow-ups open,Opened,Changed'
const WORDS = ['Title', 'Service', 'Counted by', 'Owner']

/** The register's file of a workspace in which every text is one of these. */
async function exportOf(texts: readonly string[]): Promise<string> {
  const worker = await startWorker()
  try {
    const { ask, workspaceId } = await openWorkspace(worker)
    const database = openLocalDatabase(worker.folder, { readOnly: false })
    const person = database.prepare(
      "INSERT INTO person (id, workspace_id, name, role, created_at) VALUES (?, ?, ?, 'reviewer', 1)",
    )
    const entry = database.prepare(`
      INSERT INTO entry (id, workspace_id, number, mood, title, service, channel, state, owner_person, impact, monthly,
        monthly_source, opened_at, changed_at, version, seq)
      VALUES (?, ?, ?, 'embarrassed', ?, ?, 'portal', 'new', ?, 2, 4, ?, 1, 1, 1, 1)`)
    for (const [index, text] of texts.entries()) {
      const owner = newId()
      person.run(owner, workspaceId, text)
      entry.run(newId(), workspaceId, index + 1, text, text, owner, text)
    }
    database.close()
    const answer = await ask('/app/entries/export.csv?sort=newest')
    expect(answer.status).toBe(200)
    return await answer.text()
  } finally {
    await worker.close()
  }
}

test('the register’s file holds no formula in any column, whatever a spreadsheet takes for the end of a cell', async () => {
  const csv = await exportOf(hostileFormulas)

  const [head, ...lines] = parseCsv(csv.replaceAll('\r\n', '\n'), ',')
  expect(head?.fields).toEqual(COLUMNS.split(','))
  expect(lines).toHaveLength(hostileFormulas.length)
  const cellsOf = (name: string) =>
    lines.map(({ fields }) => fields[head?.fields.indexOf(name) ?? -1])
  for (const name of WORDS) expect(cellsOf(name)).toEqual(cellsOf('Title'))
  for (const separator of SEPARATORS)
    expect(formulasIn(sheetOf(csv, separator)), separator).toEqual([])
}, 480_000)

test('nor does any text that chance makes of what formulas and cells begin with', () => {
  const chance = seededRandom(pickSeed())
  const pieces = ['=1+1', '+1', '-A1', '@SUM(1)', '＝1', '=', '"', '""', "'", ';', '\t', '\n', '\r']
  const any = [...pieces, ' ', '\u00a0', ',', 'x', '1', '&', '\u200b']
  const texts = Array.from({ length: 4_000 }, () =>
    Array.from(
      { length: 1 + Math.floor(chance() * 7) },
      () => any[Math.floor(chance() * any.length)] ?? '',
    ).join(''),
  )
  const bare = texts.map((text, row) => `${row},"${text.replaceAll('"', '""')}",end\r\n`).join('')
  const safe = texts.map((text, row) => toCsvLine([row, text, 'end'])).join('')
  for (const separator of SEPARATORS) {
    expect(formulasIn(sheetOf(bare, separator)).length, separator).toBeGreaterThan(100)
    expect(formulasIn(sheetOf(safe, separator)), separator).toEqual([])
  }
}, 900_000)
