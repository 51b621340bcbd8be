import { beforeAll, expect, test } from 'vitest'
import { checkPlanted, type Findings } from '../support/planted-project'

/**
 * Who may import whom is checked by oxlint and tsc. Here every rule is broken
 * once in every form an import can take, because a check that cannot fail is
 * worse than none.
 */

const forms = {
  static: (from: string) => `import * as it from '${from}'\nexport const used = it`,
  type: (from: string) => `import type * as it from '${from}'\nexport type Used = typeof it`,
  'export from': (from: string) => `export * from '${from}'`,
  dynamic: (from: string) => `export const load = () => import('${from}')`,
}

/** The importing file's folder gets a number; `$` stands for the number in what it imports. */
const forbidden: { by: 'oxlint' | 'tsc'; file: string; imports: string; target?: string }[] = [
  { by: 'oxlint', file: 'shared/$/broken.ts', imports: 'hono' },
  { by: 'oxlint', file: 'worker/$/queries.ts', imports: 'hono' },
  { by: 'oxlint', file: 'worker/$/queries.ts', imports: './routes' },
  { by: 'oxlint', file: 'worker/$/queries.ts', imports: '../people/can' },
  { by: 'oxlint', file: 'worker/database/broken-$.ts', imports: 'hono' },
  { by: 'oxlint', file: 'worker/$/routes.ts', imports: 'kysely' },
  { by: 'oxlint', file: 'worker/$/sweep.ts', imports: 'kysely' },
  { by: 'oxlint', file: 'worker/$/sweep.ts', imports: 'preact' },
  { by: 'oxlint', file: 'worker/dashboard/$/broken.ts', imports: 'hono' },
  { by: 'oxlint', file: 'worker/dashboard/$/broken.ts', imports: '../../people/queries' },
  { by: 'oxlint', file: 'extension/$/broken.ts', imports: 'hono' },
  { by: 'oxlint', file: 'extension/$/broken.ts', imports: '../entrypoints/background' },
  { by: 'oxlint', file: 'extension/$/broken.ts', imports: '../../worker/people/can' },
  { by: 'oxlint', file: 'extension/entrypoints/broken-$.ts', imports: 'idb' },
  { by: 'oxlint', file: 'extension/entrypoints/broken-$.ts', imports: '../../worker/people/can' },
  { by: 'oxlint', file: 'extension/entrypoints/broken-$.ts', imports: '../../test/support/a' },
  { by: 'tsc', file: 'shared/$/broken.ts', imports: 'node:fs' },
  ...[
    { file: 'shared/$/broken.ts', target: 'worker/people/a-$' },
    { file: 'shared/$/broken.ts', target: 'test/support/a-$' },
    { file: 'worker/$/sweep.ts', target: 'extension/note/a-$' },
    { file: 'worker/$/sweep.ts', target: 'worker/dashboard/home/a-$' },
    { file: 'worker/$/sweep.ts', target: 'test/support/a-$' },
    { file: 'worker/dashboard/$/broken.ts', target: 'worker/people/a-$' },
    { file: 'worker/dashboard/$/broken.ts', target: 'extension/note/a-$' },
    { file: 'worker/dashboard/$/broken.ts', target: 'test/support/a-$' },
    { file: 'extension/$/broken.ts', target: 'worker/people/a-$' },
    { file: 'extension/$/broken.ts', target: 'test/support/a-$' },
    { file: 'extension/$/broken.ts', target: 'extension/entrypoints/a-$' },
  ].map(({ file, target }) => ({
    by: 'tsc' as const,
    file,
    imports: '../'.repeat(file.split('/').length - 1) + target,
    // tsc reports a stray file once, so each violation strays to a file of its own.
    target: `${target}.ts`,
  })),
]

const violations = forbidden.flatMap((rule, index) =>
  Object.entries(forms).map(([form, write]) => {
    const number = (text: string) => text.replace('$', `${index}-${form.replace(' ', '-')}`)
    return {
      ...rule,
      form,
      planted: number(rule.file),
      code: write(number(rule.imports)),
      target: rule.target === undefined ? undefined : number(rule.target),
    }
  }),
)

let findings: Findings
beforeAll(async () => {
  const files: Record<string, string> = {}
  for (const { planted, code, target } of violations) {
    files[planted] = code
    if (target !== undefined) files[target] = 'export const a = 1'
  }
  findings = await checkPlanted(files)
})

test.each(violations)('$by: $file must not import $imports ($form)', ({ by, planted }) => {
  if (by === 'oxlint') {
    expect(findings.oxlint(planted)).toContain('eslint(no-restricted-imports)')
  } else {
    // Not in this project's list of files; or a module its types do not know.
    expect(findings.tsc(planted).join('\n')).toMatch(/TS6307|TS2591|TS2307/)
  }
})
