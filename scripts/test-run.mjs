// @ts-check
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runTool } from './tools.mjs'

/** @typedef {{ passed: number, failed: number }} Counts */

/**
 * Runs one Vitest configuration and counts from its JSON report. Whatever ends
 * a run badly without a failed test to show for it (a file that throws while it
 * is imported, an unhandled error, a runner that crashed) counts as one failure,
 * so that a run can never look green by having tested nothing.
 *
 * @param {string} config path from the project's root
 * @param {string[]} [files] all of the configuration's when empty
 * @returns {Promise<Counts>}
 */
export async function countTests(config, files = []) {
  const folder = mkdtempSync(join(tmpdir(), 'wince-report-'))
  const report = join(folder, 'report.json')
  const code = await runTool(
    'vitest',
    [
      'run',
      '--config',
      config,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...files,
    ],
    {
      env: { NODE_OPTIONS: [process.env['NODE_OPTIONS'], sqliteFlag()].filter(Boolean).join(' ') },
    },
  )
  const counts = readCounts(report)
  rmSync(folder, { recursive: true })
  if (code !== 0 && counts.failed === 0) counts.failed = 1
  return counts
}

/** The tests read databases with node:sqlite, which Node 22.12 still hides behind a flag. */
function sqliteFlag() {
  return process.versions.node.startsWith('22.12.') ? '--experimental-sqlite' : undefined
}

/**
 * @param {string} path of a report that may not exist
 * @returns {Counts}
 */
function readCounts(path) {
  /** @type {{ numPassedTests: number, numFailedTests: number, testResults: { status: string, assertionResults: { status: string }[] }[] }} */
  let report
  try {
    report = JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return { passed: 0, failed: 1 }
  }
  const brokenFiles = report.testResults.filter(
    (file) =>
      file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed'),
  )
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles.length,
  }
}

/**
 * The line a run ends with; the exit code says the same.
 *
 * @param {Counts[]} counts
 */
export function closeRun(counts) {
  const passed = counts.reduce((sum, count) => sum + count.passed, 0)
  const failed = counts.reduce((sum, count) => sum + count.failed, 0)
  console.log(`${passed} passed, ${failed} failed`)
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0
}
