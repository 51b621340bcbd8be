import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../../scripts/tools.mjs'

/** Rules about the source that no linter knows; each failure is the sentence it breaks. */
const rules: {
  says: string
  where: string
  but?: string | RegExp
  never: RegExp
  example: string
}[] = [
  {
    says: 'one picture at a time: no recording of a screen or a tab',
    where: 'extension/**/*.{ts,tsx}',
    never: /getDisplayMedia|tabCapture|desktopCapture|pageCapture/,
    example: 'navigator.mediaDevices.getDisplayMedia()',
  },
  {
    says: 'no page is patched and no request or console is listened to',
    where: 'extension/**/*.{ts,tsx}',
    never: /webRequest|declarativeNetRequest|debugger\.attach|world:\s*'MAIN'/,
    example: 'browser.webRequest.onCompleted',
  },
  {
    says: 'IndexedDB transactions are opened in extension/storage only, where they are durable',
    where: 'extension/**/*.{ts,tsx}',
    but: 'extension/storage/',
    never: /\.transaction\(|indexedDB\.open|openDB[<(]/,
    example: "db.transaction(['note'], 'readwrite')",
  },
  {
    says: 'a request of the extension carries no cookie: credentials are omitted',
    where: 'extension/**/*.{ts,tsx}',
    never: /credentials:\s*'(include|same-origin)'/,
    example: "fetch(url, { credentials: 'include' })",
  },
  {
    says: 'the database is written through writeAll only',
    where: 'worker/**/*.ts',
    but: 'worker/database/',
    never: /\.batch\(|\.prepare\(|\.exec\(['"`]|DB\.exec\(|DB\.withSession\(/,
    example: "c.env.DB.prepare('delete from note')",
  },
  {
    says: 'the worker renders no HTML of its own but a walk’s story and the public page, each under a policy of its own: text reaches a page through the dashboard',
    where: 'worker/**/*.ts',
    but: /^worker\/(walk|publication)\/routes\.ts$/,
    never: /c\.html\(|content-type['"]?[:,]\s*['"]text\/html/i,
    example: "c.html('<p>')",
  },
]

function brokenLines(where: string, but: string | RegExp | undefined, never: RegExp): string[] {
  return globSync(where, { cwd: root, exclude: (name) => name === '.wxt' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !(typeof but === 'string' ? file.startsWith(but) : but?.test(file)))
    .flatMap((file) =>
      readFileSync(join(root, file), 'utf8')
        .split('\n')
        .flatMap((line, index) =>
          never.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [],
        ),
    )
}

test.each(rules)('$says', ({ where, but, never, example }) => {
  expect(never.test(example)).toBe(true)
  expect(globSync(where, { cwd: root })).not.toEqual([])
  expect(brokenLines(where, but, never)).toEqual([])
})

test('the lockfile names no registry: whoever installs uses their own', () => {
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8')

  expect(lock).toContain('"integrity"')
  expect(lock).not.toContain('"resolved"')
})
