import { beforeAll, expect, test } from 'vitest'
import { checkPlanted, type Findings } from '../support/planted-project'

/** Each rule of the configuration is broken once; and what is allowed passes. */
const broken: { by: 'oxlint' | 'tsc'; file: string; code: string; says: string }[] = [
  // A folder knows its own platform and no other.
  { by: 'tsc', file: 'shared/fetches.ts', code: "export const a = fetch('/')", says: 'fetch' },
  { by: 'tsc', file: 'shared/draws.ts', code: 'export const a = document', says: 'document' },
  { by: 'tsc', file: 'worker/draws.ts', code: 'export const a = document', says: 'document' },
  ...['shared', 'worker/dashboard', 'extension/note'].map((folder) => ({
    by: 'tsc' as const,
    file: `${folder}/stores.ts`,
    code: 'export type A = D1Database',
    says: 'D1Database',
  })),

  // Text reaches a page as text.
  ...['worker/dashboard/home', 'extension/note'].flatMap((folder) =>
    [
      { code: "el.innerHTML = 'x'", says: 'no-restricted-properties' },
      { code: "el.outerHTML = 'x'", says: 'no-restricted-properties' },
      { code: "el.insertAdjacentHTML('beforeend', 'x')", says: 'no-restricted-properties' },
      { code: "el.setHTMLUnsafe('x')", says: 'no-restricted-properties' },
      { code: "document.write('x')", says: 'no-restricted-properties' },
      { code: "document.writeln('x')", says: 'no-restricted-properties' },
      { code: "eval('x')", says: 'no-eval' },
      { code: "new Function('x')", says: 'no-new-func' },
      { code: "setTimeout('x', 1)", says: 'no-implied-eval' },
      { code: "location.href = 'javascript:x'", says: 'no-script-url' },
    ].map(({ code, says }, index) => ({
      by: 'oxlint' as const,
      file: `${folder}/unsafe-${index}.ts`,
      code: `export function unsafe(el: HTMLElement) {\n  ${code}\n  return el\n}`,
      says,
    })),
  ),
  {
    by: 'oxlint',
    file: 'extension/note/Unsafe.tsx',
    code: "export const Unsafe = () => <p dangerouslySetInnerHTML={{ __html: 'x' }} />",
    says: 'no-danger',
  },

  // Habits.
  {
    by: 'oxlint',
    file: 'extension/note/Remade.tsx',
    code: "import { signal } from '@preact/signals'\nexport function Remade() {\n  const count = signal(0)\n  return <p>{count}</p>\n}",
    says: 'no-signal-in-component-body',
  },
  {
    by: 'oxlint',
    file: 'worker/notes/default.ts',
    code: 'export default 1',
    says: 'no-default-export',
  },
  {
    by: 'oxlint',
    file: 'shared/long.ts',
    code: Array.from({ length: 251 }, (_, line) => `export const a${line} = ${line}`).join('\n'),
    says: 'max-lines',
  },
  {
    by: 'oxlint',
    file: 'worker/notes/floating.ts',
    code: 'export function start(work: () => Promise<void>) {\n  work()\n}',
    says: 'no-floating-promises',
  },
  {
    by: 'oxlint',
    file: 'shared/choice.ts',
    code: "export function nameOf(side: 'a' | 'b') {\n  switch (side) {\n    case 'a':\n      return 1\n  }\n  return 2\n}",
    says: 'switch-exhaustiveness-check',
  },
  { by: 'oxlint', file: 'shared/any.ts', code: 'export const a: any = 1', says: 'no-explicit-any' },
  {
    by: 'oxlint',
    file: 'shared/sure.ts',
    code: 'export const f = (a?: string) => a!',
    says: 'no-non-null-assertion',
  },
  {
    by: 'oxlint',
    file: 'test/worker/mocks.test.ts',
    code: "import { vi } from 'vitest'\nvi.mock('./it')",
    says: 'no-restricted-properties',
  },
  {
    by: 'oxlint',
    file: 'test/shared/skips.test.ts',
    code: "import { expect, test } from 'vitest'\ntest.skip('a', () => {\n  expect(1).toBe(1)\n})",
    says: 'no-disabled-tests',
  },
  {
    by: 'oxlint',
    file: 'test/shared/only.test.ts',
    code: "import { expect, test } from 'vitest'\ntest.only('a', () => {\n  expect(1).toBe(1)\n})",
    says: 'no-focused-tests',
  },
]

/** Cycles closed by a value, by a type and by a re-export. */
const cycles: Record<string, string> = {
  'shared/cycle-a.ts': "import { b } from './cycle-b'\nexport const a = () => b",
  'shared/cycle-b.ts': "import { a } from './cycle-a'\nexport const b = () => a",
  'shared/type-cycle-a.ts': "import type { B } from './type-cycle-b'\nexport type A = B[]",
  'shared/type-cycle-b.ts': "import type { A } from './type-cycle-a'\nexport type B = { a: A }",
  'shared/re-cycle-a.ts': "export { b } from './re-cycle-b'\nexport const a = 1",
  'shared/re-cycle-b.ts': "import { a } from './re-cycle-a'\nexport const b = a",
}

const allowed: Record<string, string> = {
  'shared/clean.ts': 'export const clean = 1',
  'shared/grouping/deep.ts': "import { clean } from '../clean'\nexport const deep = clean",
  'worker/people/can.ts': 'export const can = () => true',
  'worker/people/queries.ts':
    "import type { Kysely } from 'kysely'\nimport { deep } from '#shared/grouping/deep'\nimport { open } from '../database/open'\nexport const list = (db: Kysely<object>) => [db, deep, open]",
  'worker/database/open.ts': "export { sql as open } from 'kysely'",
  'worker/people/routes.ts':
    "import { Hono } from 'hono'\nimport { can } from './can'\nimport { list } from './queries'\nexport const people = [Hono, can, list]",
  'worker/index.ts': "export { people as default } from './people/routes'",
  'worker/dashboard/home/clean.ts': "export { clean } from '#shared/clean'",
  'extension/note/clean.ts': "export { clean } from '#shared/clean'",
  'extension/entrypoints/background.ts': "export { clean as default } from '../note/clean'",
}

let findings: Findings
beforeAll(async () => {
  const planted = Object.fromEntries(broken.map(({ file, code }) => [file, code]))
  findings = await checkPlanted({ ...planted, ...cycles, ...allowed })
})

test.each(broken)('$by refuses $file: $says', ({ by, file, says }) => {
  expect(findings[by](file).join('\n')).toContain(says)
})

test.each(Object.keys(cycles))('oxlint refuses a cycle: %s', (file) => {
  expect(findings.oxlint(file)).toContain('import(no-cycle)')
})

test.each(Object.keys(allowed))('what is allowed passes: %s', (file) => {
  expect([...findings.oxlint(file), ...findings.tsc(file)]).toEqual([])
})
