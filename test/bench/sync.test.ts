import 'fake-indexeddb/auto'
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { type SyncFetch, createSyncApi } from '#shared/api/sync'

import { keepNote } from '../../extension/note/notes'
import { browserSurroundings } from '../../extension/storage/device'
import { createEngine } from '../../extension/sync/engine'
import { createOutbox } from '../../extension/sync/outbox'
import { pairBrowser } from '../../extension/sync/pairing'
import { emptyDevice, keptNote } from '../extension/device'
import { pressSend } from '../extension/sync/engine-support'
import { openWorkspace } from '../support/first-run'
import { waitFor } from '../support/wait-for'
import { type RunningWorker, startWorker } from '../support/worker'
import { pngOf } from '../worker/blobs/png'

const NOTES = 1_000
const PICTURES = 100
const PICTURE_BYTES = 200_000

let worker: RunningWorker
let client: Awaited<ReturnType<typeof openWorkspace>>['client']
beforeAll(async () => {
  worker = await startWorker({ main: 'test/worker/support/counting-worker.ts' })
  ;({ client } = await openWorkspace(worker))
})
afterAll(() => worker?.close())

/** Another person with another browser: nothing of one measurement is in the next. */
async function newDevice() {
  const database = await emptyDevice()
  const person = await client.addPerson({ name: 'Lea Leader', role: 'walker' })
  const { code } = await client.askForPairing(person.id)
  const paired = await pairBrowser(
    { database, fetch: (url, init) => fetch(url, init), now: Date.now },
    code,
    worker.origin,
    'Bench',
  )
  expect(paired.ok).toBe(true)
  return { database, personId: person.id }
}

interface Timed {
  path: string
  ms: number
  bytes: number
}

/** Delivers everything with the production engine; every request is timed around its answer. */
async function drain(database: Awaited<ReturnType<typeof newDevice>>['database']) {
  const requests: Timed[] = []
  const timedFetch: SyncFetch = async (url, init) => {
    const startedAt = performance.now()
    const response = await fetch(url, init)
    const text = await response.text()
    const bytes = Buffer.byteLength(init.body ?? '')
    requests.push({ path: new URL(url).pathname, ms: performance.now() - startedAt, bytes })
    return { status: response.status, headers: response.headers, text: async () => text }
  }
  const engine = createEngine({
    store: createOutbox(database, browserSurroundings),
    apiOf: ({ server, token }) => createSyncApi({ fetch: timedFetch, baseUrl: server, token }),
    now: Date.now,
    random: Math.random,
    newId: () => crypto.randomUUID(),
    alone: (work) => work(),
  })
  await d1Counts()
  const startedAt = performance.now()
  expect(await engine.run(true)).toEqual({ state: 'idle' })
  return { requests, seconds: (performance.now() - startedAt) / 1_000, answered: await d1Counts() }
}

async function d1Counts(): Promise<{ calls: number; statements: number }> {
  return (await fetch(`${worker.origin}/bench/d1`)).json() as never
}

function percentile(values: readonly number[], fraction: number): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * fraction))] ?? 0
}

function report(
  what: string,
  notes: number,
  { requests, seconds, answered }: Awaited<ReturnType<typeof drain>>,
  grouping: { calls: number },
) {
  const of = (part: string) => requests.filter(({ path }) => path.includes(part))
  const times = (part: string) => {
    const ms = of(part).map((each) => each.ms)
    return `p50 ${percentile(ms, 0.5).toFixed(0)} ms, p99 ${percentile(ms, 0.99).toFixed(0)} ms`
  }
  const waited = requests.reduce((sum, { ms }) => sum + ms, 0) / 1_000
  const bytes = requests.reduce((sum, each) => sum + each.bytes, 0)
  const puts = of('/blobs').length
  console.log(
    [
      what,
      `  ${(notes / seconds).toFixed(1)} notes/s (${notes} in ${seconds.toFixed(1)} s, ${waited.toFixed(1)} s of it waiting for answers)`,
      `  push: ${of('/push').length} requests, ${times('/push')}`,
      ...(puts > 0 ? [`  picture: ${puts} requests, ${times('/blobs')}`] : []),
      `  D1: ${(answered.calls / notes).toFixed(2)} calls and ${(answered.statements / notes).toFixed(1)} statements per note while it drained, ${((answered.calls + grouping.calls) / notes).toFixed(2)} calls with all grouping done`,
      `  ${Math.round(bytes / notes)} bytes per note`,
    ].join('\n'),
  )
}

/** Rings the cron until every note stands in an entry, as a minute's bell would. */
async function groupAll() {
  await waitFor(
    async () => {
      await worker.ringCron()
      return worker.query('SELECT 1 FROM note WHERE grouped = 0 LIMIT 1').length === 0 || undefined
    },
    'grouping',
    300_000,
  )
  return d1Counts()
}

test('1,000 notes that waited, without pictures', async () => {
  const { database, personId } = await newDevice()
  for (let index = 0; index < NOTES; index += 1) {
    await keptNote(database, browserSurroundings, {
      at: Date.now() + index,
      words: `Note ${index}: I searched for ${WORDS[index % WORDS.length]} and found page ${index % 37} instead.`,
    })
  }
  await pressSend(database, browserSurroundings)

  const drained = await drain(database)
  const grouping = await groupAll()

  report(`${NOTES} notes`, NOTES, drained, grouping)
  const there = worker.query('SELECT 1 FROM note WHERE person_id = ?', personId)
  expect(there).toHaveLength(NOTES)
})

test('100 notes with a picture of 200 KB each', async () => {
  const { database } = await newDevice()
  for (let index = 0; index < PICTURES; index += 1) {
    const bytes = pngOf(`${index} `.padEnd(PICTURE_BYTES - 57, String(index)))
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const note = await keptNote(database, browserSurroundings, { words: `Picture ${index}` })
    const attachment = {
      sha256,
      type: 'image/png' as const,
      bytes: bytes.byteLength,
      width: 24,
      height: 16,
      covered: 1,
      uninspected: 0,
      everythingCovered: false,
    }
    const blob = new Blob([bytes], { type: 'image/png' })
    await keepNote(database, browserSurroundings, { ...note, attachments: [attachment] }, [
      { sha256, blob, state: 'kept' },
    ])
  }
  await pressSend(database, browserSurroundings)

  const drained = await drain(database)
  const grouping = await groupAll()

  report(`${PICTURES} notes with a picture of 200 KB`, PICTURES, drained, grouping)
  expect(worker.query("SELECT 1 FROM attachment WHERE state = 'stored'")).toHaveLength(PICTURES)
})

const WORDS = ['the Wi-Fi', 'my payslip', 'a badge', 'parking', 'a printer', 'holiday leave']
