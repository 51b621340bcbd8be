import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'

import { WEIGHTS } from '#shared/grouping/weights'
import type { Note } from '#shared/note'

import { refitWeights } from '../../../worker/refit/refit-weights'
import { newId, recallOp, topicNote } from '../../support/ops'
import { entryOf, groupingDeps, note } from '../grouping/support'
import { push, rows } from '../sync/support'
import { tapD1 } from '../sync/tap'
import { listTenantTables } from '../support/schema'
import { type Triage, newTriage } from '../triage/support'

const DAY_MS = 86_400_000
const CASES = 40

/** What is on the page of one problem and has a word of another; the weights that ship believe the page. */
function casesOf(index: number): { page: Note; words: Note; asking: Note } {
  const page = topicNote(100 + 2 * index)
  const words = topicNote(101 + 2 * index)
  const [word = ''] = words.words.split(' ')
  const asking = topicNote(100 + 2 * index, { words: word, firstWords: word, kind: words.kind })
  return { page, words, asking }
}

/** Forty such notes, each put by a reviewer where its word is, and not where its page is. */
async function decideForTheWord(): Promise<{ triage: Triage; decided: Note[] }> {
  const triage = await newTriage()
  const cases = Array.from({ length: CASES }, (_, index) => casesOf(index))
  for (const { page, words, asking } of cases) {
    // oxlint-disable-next-line no-await-in-loop -- notes arrive one after the other
    await note(triage.cio, page, words, asking)
    // oxlint-disable-next-line no-await-in-loop -- as above
    const entry = (await entryOf(words)) ?? 0
    // oxlint-disable-next-line no-await-in-loop -- as above
    await triage.decide({ what: 'move', noteIds: [asking.id], entry })
  }
  return { triage, decided: cases.map(({ asking }) => asking) }
}

/** One more case; where its note went, the first suggestion, and which weights said so. */
async function askOnceMore({ cio, workspaceId }: Triage, index: number) {
  const { page, words, asking } = casesOf(index)
  await note(cio, page, words, asking)
  const [placed] = await rows<{ why: string }>(
    'SELECT why FROM entry_note WHERE workspace_id = ? AND note_id = ? AND current = 1',
    workspaceId,
    asking.id,
  )
  const why = JSON.parse(placed?.why ?? '{}') as {
    engine: string
    decision: string
    suggestions: { number: number }[]
  }
  const first = why.suggestions[0]?.number
  const [atPage, atWords] = [await entryOf(page), await entryOf(words)]
  const isFirst = first === atPage ? 'page' : first === atWords ? 'words' : 'neither'
  return { isFirst, engine: why.engine, decision: why.decision, asking }
}

/** Every row of the workspace but its weights. */
async function snapshot(workspaceId: string): Promise<string> {
  const tables = (await listTenantTables()).filter((name) => name !== 'workspace_weights')
  const found = await env.DB.batch([
    env.DB.prepare('SELECT * FROM workspace WHERE id = ?').bind(workspaceId),
    ...tables.map((name) =>
      env.DB.prepare(`SELECT * FROM ${name} WHERE workspace_id = ?`).bind(workspaceId),
    ),
  ])
  return JSON.stringify(found.map(({ results }) => results))
}

const weightsOf = ({ workspaceId }: Triage) =>
  rows<{ weights: string | null; base: string | null; decided: number; fitted_decided: number }>(
    'SELECT weights, base, decided, fitted_decided FROM workspace_weights WHERE workspace_id = ?',
    workspaceId,
  )

/** Cron, so many days later. */
const later = (days: number, d1 = env.DB) => ({
  ...groupingDeps(d1),
  now: () => Date.now() + days * DAY_MS,
})

let ours: Triage
let decided: Note[]
let theirs: Triage

beforeAll(async () => {
  ;({ triage: ours, decided } = await decideForTheWord())
  theirs = await newTriage()
  await note(theirs.cio, topicNote(0))
}, 120_000)

test('after forty decisions against its first suggestion it suggests the other first; nothing that was placed changes', async () => {
  expect(await askOnceMore(ours, CASES)).toMatchObject({
    isFirst: 'page',
    decision: 'join',
    engine: WEIGHTS.version,
  })
  const before = await snapshot(ours.workspaceId)
  const { d1, calls } = tapD1(env.DB)

  expect(await refitWeights(later(0, d1))).toBe(ours.workspaceId)

  expect(calls.length).toBeLessThanOrEqual(3)
  expect(await snapshot(ours.workspaceId)).toBe(before)
  const after = await askOnceMore(ours, CASES + 1)
  expect(after.isFirst).toBe('words')
  expect(after.engine).toMatch(new RegExp(`^${WEIGHTS.version}\\+[0-9a-f]{8}$`))
  // The weights that ship would have let it join elsewhere, so people are asked.
  expect(after.decision).not.toBe('join')
  expect(await weightsOf(theirs)).toEqual([])
  expect((await askOnceMore(theirs, 0)).engine).toBe(WEIGHTS.version)
}, 60_000)

test('nobody is fitted twice without twenty more decisions, or before a day is over', async () => {
  await env.DB.prepare('UPDATE workspace_weights SET fitted_at = ?, fitted_decided = decided')
    .bind(Date.now())
    .run()
  expect(await refitWeights(later(2))).toBeUndefined()

  await env.DB.prepare('UPDATE workspace_weights SET fitted_decided = decided - 20').run()
  expect(await refitWeights(later(0.9))).toBeUndefined()
  expect(await refitWeights(later(2))).toBe(ours.workspaceId)
  expect(await refitWeights(later(4))).toBeUndefined()
})

test('weights from another version that shipped are not used, and are fitted again', async () => {
  await env.DB.prepare("UPDATE workspace_weights SET base = 'old', fitted_at = 0").run()
  expect((await askOnceMore(ours, CASES + 2)).engine).toBe(WEIGHTS.version)

  expect(await refitWeights(later(0))).toBe(ours.workspaceId)

  expect(await weightsOf(ours)).toMatchObject([{ base: WEIGHTS.version }])
})

test.each(['{', '{}', '{"version":"x","features":{"page":null}}'])(
  'weights that cannot be read, like %s, are those that ship',
  async (weights) => {
    const [{ weights: good } = { weights: null }] = await weightsOf(ours)
    const write = env.DB.prepare('UPDATE workspace_weights SET weights = ? WHERE workspace_id = ?')
    await write.bind(weights, ours.workspaceId).run()

    const { engine } = await askOnceMore(theirs, 10 + weights.length)
    const own = await askOnceMore(ours, CASES + 10 + weights.length)
    await write.bind(good, ours.workspaceId).run()

    expect([engine, own.engine]).toEqual([WEIGHTS.version, WEIGHTS.version])
  },
)

test('what is kept to learn from is numbers, is told to nobody, and goes with a recalled note', async () => {
  const [first] = decided
  const kept = () =>
    rows<{ why: string }>(
      "SELECT why FROM entry_note WHERE note_id = ? AND placed_by = 'grouping'",
      first?.id,
    )
  const [{ why } = { why: '{}' }] = await kept()
  const { suggestions } = JSON.parse(why) as { suggestions: { values: number[] }[] }
  expect(suggestions[0]?.values.every((value) => Number.isFinite(value))).toBe(true)
  expect(JSON.stringify(suggestions[0]?.values).length).toBeLessThan(200)

  const client = ours.reviewer.browser
  const number = await entryOf(first ?? topicNote(0))
  const paths = ['/app/triage', `/app/entries/${number}`, `/app/triage/notes/${first?.id}`]
  for (const path of paths) {
    // oxlint-disable-next-line no-await-in-loop -- three pages
    const response = await client.send(path)
    const tells = (await response.text()).includes('"values"')
    expect({ path, status: response.status, tells }).toEqual({ path, status: 200, tells: false })
  }

  await push(ours.cio, [recallOp(90_001, first?.id ?? newId())])
  expect(await kept()).toEqual([])
})
