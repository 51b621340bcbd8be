import { env } from 'cloudflare:workers'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { parseCsv, toCsvLine } from '#shared/csv'

import hostileFormulas from '../../shared/hostile-formulas.json'
import { newId } from '../../support/ops'
import { type Member, newMember, newWorkspace } from '../support/workspace'
import { rows } from '../sync/support'
import { d1CallsOf, insertEntries } from './support'

async function exported(member: Member, query = ''): Promise<string[][]> {
  const response = await member.browser.send(`/app/entries/export.csv${query}`)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  // `text()` would drop the mark that tells a spreadsheet that it is UTF-8.
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
    await response.arrayBuffer(),
  )
  return parseCsv(text.replaceAll('\r\n', '\n'), ',').map(({ fields }) => fields)
}

test('a view leaves as it is on screen, filtered and in its order', async () => {
  const workspace = await newWorkspace()
  await insertEntries(workspace.id, [
    { number: 1, impact: 2, title: 'Second' },
    { number: 2, impact: 4, title: 'First, with a comma and a "quote"' },
    { number: 3, impact: 4, state: 'closed' },
    { number: 4, impact: 1, free: 1 },
  ])

  const [head, ...lines] = await exported(workspace.owner)

  expect(head?.slice(0, 3)).toEqual(['\uFEFFNumber', 'Title', 'Service'])
  expect(lines.map(([number]) => number)).toEqual(['2', '1', '4'])
  expect(lines[0]?.[1]).toBe('First, with a comma and a "quote"')
  expect((await exported(workspace.owner, '?free=1')).map(([number]) => number).slice(1)).toEqual([
    '4',
  ])
  expect((await exported(workspace.owner, '?numbers=3,1')).map(([number]) => number)).toEqual([
    '\uFEFFNumber',
    '3',
    '1',
  ])
})

test('2,500 entries leave page by page, each once, in few calls', async () => {
  const workspace = await newWorkspace()
  await env.DB.prepare(
    `INSERT INTO entry (id, workspace_id, number, mood, title, channel, state, opened_at, changed_at, version, seq)
     SELECT ?2 || value, ?1, value, 'embarrassed', 'Entry ' || value, 'portal', 'new', 1, 1, 1, value FROM json_each(?3)`,
  )
    .bind(
      workspace.id,
      newId(),
      JSON.stringify(Array.from({ length: 2_500 }, (_, index) => index + 1)),
    )
    .run()

  const [, ...lines] = await exported(workspace.owner)

  expect(new Set(lines.map(([number]) => number)).size).toBe(2_500)
  expect(lines).toHaveLength(2_500)
  expect(await d1CallsOf(workspace.owner, '/app/entries/export.csv')).toBeLessThanOrEqual(12)
}, 120_000)

test('every export is a row of the log, and leaders export nothing', async () => {
  const workspace = await newWorkspace()
  await exported(workspace.owner, '?numbers=1,2')
  const leader = await newMember(workspace, 'walker')

  expect((await leader.browser.send('/app/entries/export.csv')).status).toBe(403)

  const [logged, ...others] = await rows<{ detail: string }>(
    "SELECT detail FROM audit WHERE workspace_id = ?1 AND what = 'entries.exported'",
    workspace.id,
  )
  expect(others).toEqual([])
  expect(JSON.parse(logged?.detail ?? '')).toEqual({ as: 'csv', chosen: 2 })
})

test.each(hostileFormulas)('%j as a title is text in the file', async (title) => {
  const workspace = await newWorkspace()
  await insertEntries(workspace.id, [{ number: 1, title }])

  const [, line] = await exported(workspace.owner)

  expect(line?.[1]).toBe(withQuotes(title.replaceAll('\r\n', '\n')))
})

const SIGNS = [
  '=',
  '+',
  '-',
  '@',
  '＝',
  'x',
  ' ',
  ';',
  ',',
  '"',
  "'",
  '\t',
  '\n',
  '\0',
  '\u00a0',
] as const

/** A text with a `'` before each piece of it that a spreadsheet could take for a formula, piece by piece. */
function withQuotes(text: string): string {
  const pieces = text.split(/([;\t\r\n])/)
  const safe = pieces.map((piece) => {
    const [first = ''] = piece.replace(/^["\s\0]+/, '')
    return '=+-@＝＋－＠'.includes(first) && first !== '' ? `'${piece}` : piece
  })
  const isCut = ['\t', '\r', '\n', '\0'].includes(text.charAt(0))
  return `${isCut && !safe.join('').startsWith("'") ? "'" : ''}${safe.join('')}`
}

test('what is written as CSV is what is read from it, but for the quotes before formulas', () => {
  const cell = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.string({ unit: fc.constantFrom(...SIGNS), maxLength: 12 }),
    fc.constantFrom(...hostileFormulas, 'a,b', '"', '""', "'", 'x\ny', ''),
    fc.integer(),
    fc.constant(null),
  )
  fc.assert(
    fc.property(
      fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { maxLength: 8 }),
      (table) => {
        const lines = table.map(toCsvLine)
        const text = lines.map((line) => line.slice(0, -2)).join('\n')
        const read = parseCsv(lines.length === 0 ? '' : `${text}\n`, ',').map(
          ({ fields }) => fields,
        )
        expect(read).toEqual(
          table.map((record) =>
            record.map((each) =>
              typeof each === 'string' ? withQuotes(each) : String(each ?? ''),
            ),
          ),
        )
      },
    ),
    { numRuns: 3_000 },
  )
})
