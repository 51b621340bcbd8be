import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { findCommand } from '../../scripts/browsers.mjs'

/** Quotes, UTF-8, and the last word: what looks like a formula is run, as the careless do. */
const RUNS_FORMULAS = '34,76,1,,0,false,true,false,false,false,0,true'

interface Opening {
  /** A file of its own as XML, or a CSV again. */
  as?: 'fods' | 'csv'
  /** What ends a cell, as characters' codes: `44/59`. */
  separator?: string
}

/** What a real spreadsheet saves after it opened a CSV. */
export function openInSpreadsheet(
  csv: string,
  { as = 'fods', separator = '44' }: Opening = {},
): Buffer {
  const soffice = findCommand('soffice')
  if (soffice === undefined)
    throw new Error('The tests need LibreOffice Calc: install libreoffice-calc.')
  const folder = mkdtempSync(join(tmpdir(), 'wince-csv-'))
  try {
    writeFileSync(join(folder, 'opened.csv'), csv)
    execFileSync(
      soffice,
      [
        '--headless',
        '--norestore',
        `-env:UserInstallation=file://${folder}/profile`,
        `--infilter=CSV:${separator},${RUNS_FORMULAS}`,
        '--convert-to',
        as,
        '--outdir',
        join(folder, 'saved'),
        join(folder, 'opened.csv'),
      ],
      { stdio: 'ignore', env: { PATH: process.env['PATH'], HOME: folder }, timeout: 120_000 },
    )
    return readFileSync(join(folder, 'saved', `opened.${as}`))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
