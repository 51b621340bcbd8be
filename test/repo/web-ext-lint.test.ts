import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { commandPath, root, toolEnv } from '../../scripts/tools.mjs'

interface Report {
  summary: { errors: number; warnings: number; notices: number }
  errors: { code: string; message: string; file?: string }[]
}

/** A linter that finds errors exits badly and reports all the same. */
async function lintAddOn(folder: string): Promise<Report> {
  const args = ['lint', '--source-dir', folder, '--output', 'json']
  const options = { env: toolEnv(), maxBuffer: 64 << 20 }
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [commandPath('web-ext'), ...args],
    options,
  ).catch((error: { stdout: string }) => error)
  return JSON.parse(stdout) as Report
}

test('the Firefox build has no error by the add-on linter', async () => {
  const report = await lintAddOn(join(root, 'dist/extension/firefox-mv3'))

  expect(report.errors).toEqual([])
  expect(report.summary.errors).toBe(0)
})

test('the add-on linter does find errors: the Chrome build is none of its add-ons', async () => {
  const report = await lintAddOn(join(root, 'dist/extension/chrome-mv3'))

  expect(report.summary.errors).toBeGreaterThan(0)
})
