import { execFile } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { commandPath, root, toolEnv } from '../../scripts/tools.mjs'

const projects = [
  'shared',
  'worker',
  'worker/dashboard',
  'extension',
  'extension/entrypoints',
  'scripts',
  'test',
  'test/worker',
  'test/sim',
]

export interface Findings {
  /** Rules broken in a file, such as `import(no-cycle)`. */
  oxlint(file: string): string[]
  /** Compiler messages about a file. */
  tsc(file: string): string[]
}

/**
 * What the project's own lint and types say about other files: a folder with the
 * project's configuration and only the files given, looked at once by each tool.
 *
 * @param files code by path
 */
export async function checkPlanted(files: Record<string, string>): Promise<Findings> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'wince-planted-')))
  try {
    for (const name of ['package.json', 'tsconfig.json', '.oxlintrc.json', '.gitignore']) {
      cpSync(join(root, name), join(folder, name))
    }
    for (const project of projects) {
      mkdirSync(join(folder, project), { recursive: true })
      cpSync(join(root, project, 'tsconfig.json'), join(folder, project, 'tsconfig.json'))
    }
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction')
    for (const [file, code] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true })
      writeFileSync(join(folder, file), `${code}\n`)
    }
    const linted = await runOxlint(folder)
    const compiled = await runTsc(folder)
    return {
      oxlint: (file) => linted.filter((found) => found.file === file).map(({ rule }) => rule),
      tsc: (file) => compiled.filter((found) => found.file === file).map(({ text }) => text),
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function runOxlint(folder: string): Promise<{ file: string; rule: string }[]> {
  const output = await outputOf(folder, commandPath('oxlint'), ['--type-aware', '--format=json'])
  const { diagnostics } = JSON.parse(output) as {
    diagnostics: { filename: string; code: string; severity: string }[]
  }
  return diagnostics
    .filter(({ severity }) => severity === 'error')
    .map(({ filename, code }) => ({ file: filename, rule: code }))
}

async function runTsc(folder: string): Promise<{ file: string; text: string }[]> {
  const output = await outputOf(folder, commandPath('typescript', 'tsc'), [
    '-b',
    '--pretty',
    'false',
  ])
  return [...output.matchAll(/^(\S+)\(\d+,\d+\): error (.*)$/gm)].map(
    ([, file = '', text = '']) => ({ file, text }),
  )
}

/** A tool that finds something exits badly, which is what it is here for. */
async function outputOf(folder: string, script: string, args: string[]): Promise<string> {
  const options = { cwd: folder, env: toolEnv(), maxBuffer: 64 << 20 }
  try {
    return (await promisify(execFile)(process.execPath, [script, ...args], options)).stdout
  } catch (error) {
    if (error instanceof Error && 'stdout' in error) return String(error.stdout)
    throw error
  }
}
