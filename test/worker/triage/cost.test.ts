import { env } from 'cloudflare:workers'
import * as v from 'valibot'
import { expect, test } from 'vitest'

import { DECISION_MAX_NOTES, DecisionOutcome, SPLIT_MAX_NOTES } from '#shared/api/triage'
import {
  MORNING,
  newId,
  newNote,
  newPart,
  newWalk,
  noteOp,
  pageStep,
  partOp,
} from '../../support/ops'
import { d1CallsOf } from '../register/support'
import { ownPage, send as ask } from '../support/browser'
import { countedD1 } from '../support/counted-d1'
import { recordD1 } from '../support/recording-d1'
import { push } from '../sync/support'
import { newTriage, type Triage } from './support'

/** Waiting notes without the hours that it takes to send them. */
async function fillTriage({ workspaceId, cio }: Triage, notes: number): Promise<void> {
  const places = Array.from({ length: notes }, (_, index) => ({
    note: newId(),
    entry: newId(),
    index,
  }))
  const json = JSON.stringify(places)
  await env.DB.batch([
    env.DB.prepare(
      `INSERT INTO note (id, workspace_id, person_id, source, mood, words, first_words, channel, place, place_key,
        wide_place_key, at, received_at, rev, seq, arrived, grouped)
       SELECT value ->> 'note', ?1, ?2, 'told', 'embarrassed', 'words', 'words', 'desk', '{"kind":"desk","reason":null}',
        'k', 'w', 1, 1, 1, 100 + key, 100 + key, 1 FROM json_each(?3)`,
    ).bind(workspaceId, cio.personId, json),
    env.DB.prepare(
      `INSERT INTO entry (id, workspace_id, number, mood, title, channel, state, notes, leaders, opened_at, changed_at, version, seq)
       SELECT value ->> 'entry', ?1, 1000 + key, CASE key % 2 WHEN 0 THEN 'embarrassed' ELSE 'liked' END, 'T', 'desk',
        CASE key % 2 WHEN 0 THEN 'new' ELSE 'kept' END, 1, 1, 1, 1, 1, 1 FROM json_each(?2)`,
    ).bind(workspaceId, json),
    env.DB.prepare(
      `INSERT INTO entry_note (workspace_id, entry_id, note_id, placed_by, why, at, current)
       SELECT ?1, value ->> 'entry', value ->> 'note', 'grouping', '{"decision":"open","sentence":"x"}', 1, 1 FROM json_each(?2)`,
    ).bind(workspaceId, json),
  ])
}

/** Rows that D1 read for a request. */
async function rowsReadBy(triage: Triage, path: string): Promise<number> {
  const { d1, cost } = countedD1(env.DB)
  const cookie = triage.reviewer.browser.cookie()
  const response = await ask(path, ownPage({}, cookie), { ...env, DB: d1 })
  if (!response.ok) throw new Error(`${path}: ${response.status}`)
  return cost.rowsRead
}

test('a page costs what the page costs, however much waits', async () => {
  const few = await newTriage()
  const many = await newTriage()
  await fillTriage(few, 60)
  await fillTriage(many, 6_000)

  for (const path of ['/app/triage', '/app/triage?show=sure', '/app/keep', '/app/decisions/mine']) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    const [small, large] = [await rowsReadBy(few, path), await rowsReadBy(many, path)]
    // A session that is touched reads a row or two.
    expect(Math.abs(large - small), path).toBeLessThan(6)
  }
  expect(await rowsReadBy(many, '/app/triage')).toBeLessThan(400)
  expect((await many.client.listTriage()).counts).toEqual({ all: 6_000, sure: 0, asked: 0 })
})

test('a note costs what five steps cost, however long its walk went on after it', async () => {
  const [short, long] = [await newTriage(), await newTriage()]
  const readBy = async (triage: Triage, length: number) => {
    const walk = newWalk()
    const steps = Array.from({ length }, (_, index) => pageStep(index + 1))
    const told = newNote({ walkId: walk.id, at: MORNING + 10_000 })
    await push(triage.cio, [partOp(1, newPart({ walk, steps })), noteOp(2, told)])
    return await rowsReadBy(triage, '/app/triage')
  }

  // A session that is touched reads a row or two.
  expect(Math.abs((await readBy(long, 400)) - (await readBy(short, 20)))).toBeLessThan(6)
})

test('a page takes four calls to D1, and the longest decision and its undo under forty', async () => {
  const triage = await newTriage()
  await fillTriage(triage, DECISION_MAX_NOTES)
  expect(await d1CallsOf(triage.reviewer, '/app/triage?limit=50')).toBeLessThanOrEqual(4)
  const { ids } = await triage.client.snapshotTriage('all')
  const recording = { statements: [], calls: 0 }
  const asked = async (path: string, body: object) => {
    recording.calls = 0
    const init = { method: 'POST', body: JSON.stringify(body) }
    const response = await ask(path, ownPage(init, triage.reviewer.browser.cookie()), {
      ...env,
      DB: recordD1(env.DB, recording),
    })
    return v.parse(DecisionOutcome, await response.json())
  }

  const own = await asked('/app/decisions', { id: newId(), what: 'own', noteIds: ids })
  expect(own.done).toHaveLength(DECISION_MAX_NOTES)
  expect(recording.calls).toBeLessThan(40)

  const undone = await asked(`/app/decisions/${own.decision.id}/undo`, {})
  expect(undone.done).toHaveLength(DECISION_MAX_NOTES)
  expect(recording.calls).toBeLessThan(40)
  expect(await triage.client.snapshotTriage('all')).toEqual({ ids, more: false })
})

test('a split of as many notes as it takes is one batch, and undone', async () => {
  const triage = await newTriage()
  await fillTriage(triage, SPLIT_MAX_NOTES + 2)
  const { ids } = await triage.client.snapshotTriage('all')
  const liked = ids.filter((_, index) => index % 2 === 1)
  const rest = ids.filter((id) => !liked.includes(id))
  await triage.decide({ what: 'move', noteIds: rest, entry: 1_000 })

  const split = await triage.decide({ what: 'split', entry: 1_000, noteIds: rest.slice(1) })

  expect(split.done).toHaveLength(rest.length - 1)
  expect((await triage.undo(split)).done).toHaveLength(rest.length - 1)
  expect(await triage.entry(1_000)).toMatchObject({ notes: rest.length })
})
