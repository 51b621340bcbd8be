import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

import { expect, test } from 'vitest'

import { root } from '../../../scripts/tools.mjs'
import { listKept } from '../../../worker/keep/queries'
import { readAll } from '../../../worker/database/write-all'
import { listDecisionsOf } from '../../../worker/record/queries'
import {
  claimRefit,
  findLearntWeights,
  findWorkspaceToRefit,
  keepWeights,
  listDecided,
} from '../../../worker/refit/queries'
import { listChanges } from '../../../worker/pull/queries'
import { findTriageNote, readTriage } from '../../../worker/triage/list'
import { listWaitingIds } from '../../../worker/triage/queries'
import { newId, newNote, pagePlace } from '../../support/ops'
import { openTwins } from '../twins'
import { type Asked, type TriageWorld, openTriageWorld } from './world'

/** The same D1, with every statement that it is given and how many values. */
function recordStatements(d1: D1Database, seen: Map<string, number>): D1Database {
  return {
    prepare(sql: string) {
      const statement = d1.prepare(sql)
      const { bind } = statement
      statement.bind = (...values: unknown[]) => {
        seen.set(sql, values.length)
        return bind(...values)
      }
      return statement
    },
    batch: (statements: D1PreparedStatement[]) => d1.batch(statements),
  } as unknown as D1Database
}

/** Every kind of decision and its undo, and every list. */
async function doEverything(world: TriageWorld, noteIds: string[], serviceId: string) {
  const { d1, db, workspaceId } = world
  const [first = '', second = '', ...others] = noteIds
  const decisions: Asked[] = [
    { what: 'later', noteIds },
    { what: 'service', noteIds, serviceId, teach: true },
    { what: 'entry-service', entry: 1, serviceId },
    { what: 'confirm', noteIds: others },
    { what: 'merge', entry: 1, into: 2 },
    { what: 'own', noteIds: [first] },
    { what: 'move', noteIds: [first], entry: 2 },
    { what: 'split', entry: 2, noteIds: [second] },
    { what: 'rename', entry: 1, title: 'x' },
    { what: 'decline', noteIds: [second], reason: 'x' },
  ]
  for (const each of decisions) {
    // oxlint-disable-next-line no-await-in-loop -- each is undone before the next
    const decided = await world.decide(each)
    expect({ each, ...decided }).toMatchObject({ status: 'done' })
    // oxlint-disable-next-line no-await-in-loop -- as above
    expect(await world.undo(decided.id)).toMatchObject({ status: 'done' })
  }
  await readTriage(d1, db, workspaceId, { show: 'all', after: -1, limit: 20 })
  await readTriage(d1, db, workspaceId, { show: 'sure', after: -1, limit: 20 })
  await findTriageNote(d1, db, workspaceId, first)
  await listWaitingIds(db, workspaceId, 'asked', 10)
  await listKept(d1, db, workspaceId, { state: 'all', below: 1_000, limit: 10 })
  await listDecisionsOf(db, workspaceId, world.deciders[0] ?? '', { after: undefined, limit: 10 })
  await findWorkspaceToRefit(db, { fewest: 1, fresh: 1, base: 'w', before: 1 })
  await readAll(d1, [
    findLearntWeights(db, workspaceId),
    claimRefit(db, workspaceId, { before: 1, now: 2 }),
    listDecided(db, workspaceId, { featureSet: 'x', limit: 500 }),
    keepWeights(db, workspaceId, { weights: null, base: 'w', decided: 0 }),
  ])
  await listChanges(d1, db, { workspaceId, personId: world.walkers[0] ?? '', after: 0, limit: 9 })
}

/** As many rows as there are lanes, or one; and an index in the order that is asked for, up to a limit. */
const SMALL = /^SEARCH (triage_count |workspace_weights |entry_note USING INDEX decided_notes )/
/** A table from end to end, or all of it that a workspace has. */
const WHOLE =
  /^SCAN (?!json_each|CONSTANT ROW|\(subquery|[a-z]+ VIRTUAL|(asked|root|wanted|page|moved|known|named|gone|lost|decided)$)|\(workspace_id=\?\)$/

test('no list of triage and no decision reads a whole workspace', async () => {
  const { d1 } = openTwins(root, 1)
  const seen = new Map<string, number>()
  const world = await openTriageWorld(recordStatements(d1, seen))
  const troubles = ['The printer burns paper', 'My badge opens no door', 'Nobody answers the line']
  const notes = [0, 1, 2, 0, 1, 2].map((which) =>
    newNote({
      words: troubles[which] ?? '',
      service: 'x',
      place: pagePlace({ route: `/${which}`, anchor: null }),
    }),
  )
  for (const each of notes) {
    // oxlint-disable-next-line no-await-in-loop -- notes arrive one after the other
    await world.note(each)
  }
  const serviceId = newId()
  await world.rows(
    "INSERT INTO service (id, workspace_id, provider, name, channels) VALUES (?1, ?2, 'IT', 'S', '[]')",
    serviceId,
    world.workspaceId,
  )
  seen.clear()

  await doEverything(
    world,
    notes.map(({ id }) => id),
    serviceId,
  )

  const database = new DatabaseSync(':memory:')
  const migrations = join(root, 'worker/migrations')
  for (const file of readdirSync(migrations).toSorted())
    database.exec(readFileSync(join(migrations, file), 'utf8'))
  const whole = [...seen].flatMap(([sql, values]) => {
    // SQLite plans a look for children of every new parent, and takes it only where one was missing.
    if (/^\s*INSERT INTO entry \(/.test(sql)) return []
    const nulls = Array.from({ length: values }, () => null)
    return database
      .prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .all(...nulls)
      .map(({ detail }) => String(detail))
      .filter((detail) => WHOLE.test(detail) && !SMALL.test(detail))
      .map((detail) => `${detail}: ${sql.replaceAll(/\s+/g, ' ').slice(0, 120)}`)
  })
  expect(seen.size).toBeGreaterThan(40)
  expect(whole).toEqual([])
})
