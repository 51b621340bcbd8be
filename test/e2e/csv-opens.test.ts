import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { toCsvLine } from '#shared/csv'

import { findCommand } from '../../scripts/browsers.mjs'

/** Comma, quotes, UTF-8, and the last word: what looks like a formula is run, as the careless do. */
const RUNS_FORMULAS = 'CSV:44,34,76,1,,0,false,true,false,false,false,0,true'
const HOSTILE = [
  '=1+1',
  '+1+1',
  '-1+A1',
  '@SUM(A1)',
  '\t=1',
  '\r=1+1',
  '\n=2',
  '＝1+1',
  '=cmd|"/c"!A0',
]

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wince-csv-'))
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What a real spreadsheet makes of a file, as XML. */
function openInSpreadsheet(name: string, csv: string): string {
  const soffice = findCommand('soffice')
  if (soffice === undefined)
    throw new Error('The tests need LibreOffice Calc: install libreoffice-calc.')
  writeFileSync(join(folder, `${name}.csv`), csv)
  execFileSync(
    soffice,
    [
      '--headless',
      '--norestore',
      `-env:UserInstallation=file://${folder}/profile`,
      `--infilter=${RUNS_FORMULAS}`,
      '--convert-to',
      'fods',
      '--outdir',
      folder,
      join(folder, `${name}.csv`),
    ],
    { stdio: 'ignore', env: { PATH: process.env['PATH'], HOME: folder }, timeout: 120_000 },
  )
  return readFileSync(join(folder, `${name}.fods`), 'utf8')
}

test('no cell of an export is a formula, and numbers are numbers', () => {
  const raw = openInSpreadsheet('raw', `${HOSTILE[0] ?? ''}\r\n`)
  const safe = openInSpreadsheet(
    'safe',
    `\uFEFF${HOSTILE.map((cell, row) => toCsvLine([row, cell, -5])).join('')}`,
  )

  expect(raw).toContain('table:formula=')
  expect(safe).not.toContain('table:formula=')
  expect(safe.match(/office:value="-5"/g)).toHaveLength(HOSTILE.length)
}, 240_000)
