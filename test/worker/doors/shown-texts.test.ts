import type * as v from 'valibot'
import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'

import { NewPlaybook } from '#shared/api/playbook'
import { Place } from '#shared/place'
import { Step } from '#shared/step'
import { Debrief } from '#shared/walk'
import { WORK_FIELDS } from '#shared/work'

import { type Described, describeSchema } from '../../support/describe-schema'
import { SHOWN_TEXTS } from '../../support/shown-texts'
import { listTables } from '../support/schema'

/** TEXT columns in which nobody chooses words: codes, days, addresses, and what only the machine reads. */
const CLOSED_TEXTS: Readonly<Record<string, readonly string[]>> = {
  attachment: ['type'],
  audit: ['actor', 'what', 'detail'],
  budget: ['key'],
  call: ['number_key'],
  challenge: ['challenge'],
  decision: ['what', 'undoes'],
  decision_entry: ['code'],
  decision_note: ['code'],
  decision_step: ['kind', 'before', 'after'],
  entry: ['channel', 'kind', 'state', 'title_note', 'due', 'import_key'],
  entry_note: ['placed_by'],
  entry_summary: ['data'],
  entry_token: ['token', 'mood', 'merged_into'],
  entry_work: ['cause_areas', 'review_on', 'hold_day'],
  event: ['actor', 'what'],
  invite: ['created_by'],
  menu_design: ['number_key'],
  note: ['source', 'kind', 'money', 'channel', 'place_key', 'wide_place_key', 'same_as'],
  note_index: ['tokens', 'print'],
  op: ['kind', 'payload'],
  pairing_code: ['created_by'],
  passkey: ['public_key', 'transports'],
  plan: ['due'],
  playbook: ['trained_on'],
  proposal: ['engine'],
  register_count: ['facet'],
  register_line: ['facet', 'due_day'],
  saved_view: ['query'],
  service: ['channels'],
  step: ['kind'],
  token: ['mood', 'token'],
  triage_count: ['lane'],
  walk: ['kind', 'state', 'totals'],
  workspace: ['grouping_lease', 'looked_to', 'slug'],
  workspace_weights: ['weights', 'base'],
}

/** Columns of text that their schema leaves open: no key, no id, no hash, no list of codes. */
async function openColumnsOf({ name, sql }: { name: string; sql: string }): Promise<string[]> {
  const { results } = await env.DB.prepare(
    `SELECT name FROM pragma_table_info(?1) WHERE type = 'TEXT'
      AND name NOT IN (SELECT "from" FROM pragma_foreign_key_list(?1))`,
  )
    .bind(name)
    .all<{ name: string }>()
  return results
    .map((column) => column.name)
    .filter(
      (column) =>
        !/^(?:id|.*_id|.*_hash|hash|sha256)$/.test(column) &&
        !sql.includes(`CHECK (${column} IN (`),
    )
}

test('every column that takes a text is shown by a page that hostile texts were read on, or takes none of a person', async () => {
  const tables = await listTables()
  const open = await Promise.all(
    tables.map(async (table) => [table.name, (await openColumnsOf(table)).toSorted()] as const),
  )

  const known = tables.map(({ name }) => {
    const shown = (SHOWN_TEXTS[name] ?? []).map(({ column }) => column)
    return [name, [...new Set([...shown, ...(CLOSED_TEXTS[name] ?? [])])].toSorted()]
  })
  expect(Object.fromEntries(known)).toEqual(Object.fromEntries(open))
  const names = new Set(tables.map(({ name }) => name))
  expect(
    [...Object.keys(SHOWN_TEXTS), ...Object.keys(CLOSED_TEXTS)].filter((name) => !names.has(name)),
  ).toEqual([])
})

test('what no page shows has a reason', () => {
  const silent = Object.entries(SHOWN_TEXTS).flatMap(([table, texts]) =>
    texts
      .filter(({ on, because }) => (on.length === 0) === (because === undefined))
      .map(({ column }) => `${table}.${column}`),
  )
  expect(silent).toEqual([])
})

/** Where a schema takes any text, `steps.who`: no pattern says what it is. */
function textsIn({ type, fields, of, kinds, limits }: Described, path: string[] = []): string[] {
  if (type === 'string') {
    const isClosed = Object.values(limits ?? {}).some((limit) => typeof limit === 'string')
    return isClosed ? [] : [path.join('.')]
  }
  return [
    ...Object.entries(fields ?? {}).flatMap(([name, field]) => textsIn(field, [...path, name])),
    ...(of ? textsIn(of, path) : []),
    ...Object.entries(kinds ?? {}).flatMap(([name, kind]) => textsIn(kind, [...path, name])),
  ]
}

test.each<[table: string, column: string, schema: v.GenericSchema]>([
  ['playbook', 'steps', NewPlaybook.entries.steps],
  ['entry_work', 'whys', WORK_FIELDS.whys],
  ['entry_work', 'actions', WORK_FIELDS.actions],
  ['entry_work', 'measure', WORK_FIELDS.measure],
  ['entry_work', 'links', WORK_FIELDS.links],
  ['walk', 'debrief', Debrief],
  ['step', 'data', Step],
  ['note', 'place', Place],
])('every text of %s.%s is written', (table, column, schema) => {
  const written = new Set<string>()
  for (const shown of SHOWN_TEXTS[table] ?? [])
    if (shown.column === column)
      shown.json?.((field) => {
        written.add(field)
        return ''
      })
  expect([...written].toSorted()).toEqual([...new Set(textsIn(describeSchema(schema)))].toSorted())
})
