// @ts-check
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { root, runTool } from './tools.mjs'

/**
 * @typedef {{ passed: number, failures: string[] }} Counts what failed, each by its name and why
 * @typedef {{ status: string, fullName: string, failureMessages: string[] }} Assertion
 * @typedef {{ name: string, status: string, message: string, assertionResults: Assertion[] }} TestFile
 */

/** Lines of an error that say what was wrong; the whole of it stands where the test ran. */
const MOST_LINES = 12

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
  if (code !== 0 && counts.failures.length === 0)
    counts.failures.push(
      `${config} ended with ${code} though no test failed; its unhandled error stands above`,
    )
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
  /** @type {{ numPassedTests: number, testResults: TestFile[] }} */
  let report
  try {
    report = JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return { passed: 0, failures: ['the runner left no report'] }
  }
  return { passed: report.numPassedTests, failures: report.testResults.flatMap(failuresOf) }
}

/**
 * @param {TestFile} file
 * @returns {string[]}
 */
function failuresOf({ name, status, message, assertionResults }) {
  const file = relative(root, name)
  const failed = assertionResults.filter((test) => test.status === 'failed')
  if (failed.length === 0 && status === 'failed') return [`${file}\n${inset(message)}`]
  return failed.map(
    ({ fullName, failureMessages }) =>
      `${file} > ${fullName}\n${inset(failureMessages.join('\n'))}`,
  )
}

/** @param {string} text */
function inset(text) {
  const lines = text.split('\n').filter((line) => !/^\s+at .*node_modules/.test(line))
  return lines
    .slice(0, MOST_LINES)
    .map((line) => `    ${line}`)
    .join('\n')
}

/**
 * What a run ends with: each failure once more, as a log may be kept from its end only, and the
 * line that counts. The exit code says the same.
 *
 * @param {Counts[]} counts
 */
export function closeRun(counts) {
  const passed = counts.reduce((sum, count) => sum + count.passed, 0)
  const failures = counts.flatMap((count) => count.failures)
  for (const failure of failures) console.log(`FAILED ${failure}`)
  console.log(`${passed} passed, ${failures.length} failed`)
  process.exitCode = failures.length > 0 || passed === 0 ? 1 : 0
}
