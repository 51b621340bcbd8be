import { env } from 'cloudflare:workers'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { openDatabase } from '../../../worker/database/open'
import build from '../../../worker/lines/search/build.sql?raw'
import drop from '../../../worker/lines/search/drop.sql?raw'
import migration from '../../../worker/migrations/0022_register_lines.sql?raw'
import { readAll } from '../../../worker/database/write-all'
import { searchTitles } from '../../../worker/lines/queries'
import { searchedBy, toMatch } from '../../../worker/lines/search'
import { insertEntries } from '../register/support'
import { newWorkspace } from '../support/workspace'

const QUERIES = 5_000
const A_BATCH = 250

/** What an operator of FTS5, a quote or a stray sign might do. */
const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc
    .array(
      fc.constantFrom(
        '"',
        "'",
        '*',
        '^',
        '(',
        ')',
        ':',
        '-',
        '+',
        'NEAR',
        'AND',
        'OR',
        'NOT',
        'title',
        '{',
        '}',

        'form',
        'Wi-Fi',
        'a',
        'é',
        'e\u0301',
        '＝',
        '%',
        '_',
        '\\',
        ';',
        '--',
        '\n',
        '𝕏',
        '\u200d',
      ),
      { maxLength: 40 },
    )
    .map((parts) => parts.join(' ')),
)

test(`none of ${QUERIES.toLocaleString('en')} strings that somebody may type is an error`, async () => {
  const workspace = await newWorkspace()
  await insertEntries(workspace.id, [{ number: 1, title: 'The form NEAR "Wi-Fi" AND é' }])
  const db = openDatabase(env.DB)
  const typed = fc.sample(hostile, QUERIES)
  const searches = typed.flatMap((q) => {
    const searched = searchedBy({ q })
    return searched && searched.words.length > 0
      ? [searchTitles(db, workspace.id, toMatch(workspace.id, searched.words), 10)]
      : []
  })

  let answered = 0
  for (let at = 0; at < searches.length; at += A_BATCH) {
    // oxlint-disable-next-line no-await-in-loop -- a batch at a time
    answered += (await readAll(env.DB, searches.slice(at, at + A_BATCH))).length
  }

  expect(answered).toBe(searches.length)
  expect(searches.length).toBeGreaterThan(QUERIES / 2)
}, 120_000)

test('a search finds words, beginnings of three letters and more, and letters without their accents', async () => {
  const workspace = await newWorkspace()
  await insertEntries(workspace.id, [
    { number: 1, title: 'The Wi-Fi form has a name nobody knows' },
    { number: 2, title: 'Résumé upload forgets everything' },
    { number: 3, title: '100% of forms OR none' },
  ])
  const found = async (q: string) =>
    (await workspace.owner.client.listEntries({ q, sort: 'newest' })).entries.map(
      ({ number }) => number,
    )

  expect(await found('wi-fi')).toEqual([1])
  expect(await found('for')).toEqual([3, 2, 1])
  expect(await found('fo')).toEqual([])
  expect(await found('resume FORGETS')).toEqual([2])
  expect(await found('form OR none')).toEqual([3])
  expect(await found('"form" knows*')).toEqual([1])
  expect(await found('#2')).toEqual([2])
})

test('no search reaches another workspace', async () => {
  const [mine, theirs] = [await newWorkspace(), await newWorkspace()]
  await insertEntries(theirs.id, [{ number: 1, title: 'Secret form' }])

  expect((await mine.owner.client.listEntries({ q: 'secret' })).entries).toEqual([])
  expect(
    (await mine.owner.client.listEntries({ q: theirs.id.replaceAll('-', '') })).entries,
  ).toEqual([])
})

test('a title that is changed is found by its new words alone', async () => {
  const workspace = await newWorkspace()
  await insertEntries(workspace.id, [{ number: 1, title: 'Portal forgets' }])
  await workspace.owner.client.changeEntry(1, { version: 1, title: 'Badge opens nothing' })
  const { client } = workspace.owner

  expect((await client.listEntries({ q: 'portal' })).entries).toEqual([])
  expect((await client.listEntries({ q: 'badge' })).entries).toHaveLength(1)
})

test('dropped, the newest titles are read through; made anew, it finds what it found', async () => {
  const workspace = await newWorkspace()
  await insertEntries(
    workspace.id,
    Array.from({ length: 30 }, (_, index) => ({
      number: index + 1,
      title: `Form ${index % 7} of desk ${index}`,
    })),
  )
  const ask = async () =>
    Promise.all(
      ['form', 'desk 3', '12', 'nothing'].map(async (q) =>
        (await workspace.owner.client.listEntries({ q })).entries.map(({ number }) => number),
      ),
    )
  const before = await ask()

  await run(drop)
  const { results } = await env.DB.prepare(
    "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL%'",
  ).all()
  expect(results).toEqual([])
  expect((await workspace.owner.client.listEntries({ q: 'desk 12' })).entries).toHaveLength(1)
  await run(build)

  expect(await ask()).toEqual(before)
  expect(migration.endsWith(build)).toBe(true)
})

/** Statement by statement: a trigger's own end with END. */
async function run(script: string) {
  const statements = script
    .replaceAll(/^--.*$/gm, '')
    .split(
      /;\n(?=CREATE|INSERT INTO title_place \(|INSERT INTO title_search \((?:title_search, rank|rowid, workspace, title\)\nSELECT place, replace\(entry)|DROP|$)/,
    )
    .map((statement) => statement.trim())
    .filter(Boolean)
  for (const statement of statements) {
    // oxlint-disable-next-line no-await-in-loop -- each needs the one before
    await env.DB.prepare(statement).run()
  }
}
