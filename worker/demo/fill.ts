import { createApiClient } from '#shared/api-client'
import { createSyncApi } from '#shared/api/sync'
import type { EntryRow } from '#shared/api/register'
import { PROTO, PushResponse } from '#shared/sync'
import * as v from 'valibot'

import { type DemoFiles, walkerName } from './lines'
import { type DemoSend, idFor, noteIdOf, sendsOf } from './ops'

const WORKSPACE = 'Northfield University · demo'
const OWNER = 'Service desk manager'
/** Those who judge what the walks brought, and whose services they look after. */
const REVIEWERS = [
  'Portal owner',
  'HR service lead',
  'Library systems lead',
  'Facilities desk lead',
] as const
/** How many of the entries noted by most leaders have been judged. */
const JUDGED = 24

/** What a client asks with; the platform's own `fetch` fits. */
type DemoFetch = (url: string, init?: RequestInit) => Promise<Response>

interface FillDeps {
  /** As a browser on the page of `origin` would: with its Origin, and cookies kept. */
  fetchAsPage: DemoFetch
  fetch: DemoFetch
  origin: string
  /** To open the workspace, or to come back to it. */
  key: { setupToken: string } | { recoveryCode: string }
  /** Called with the codes as soon as they exist; they are shown once. */
  keepCodes: (codes: string[]) => void
  say: (sentence: string) => void
  /** Unix ms. */
  now: () => number
}

type Client = ReturnType<typeof createApiClient>

/**
 * Fills a workspace with the walks of one university, through the doors everybody uses: a first
 * run, people, pairing codes, pushes, a reviewer's judgement. Doing it again adds nothing.
 *
 * @returns how much there is then
 */
export async function fillDemo(
  deps: FillDeps,
  files: DemoFiles,
): Promise<{ entries: number; notes: number }> {
  const page = createApiClient({
    baseUrl: deps.origin,
    fetch: (url, init) => deps.fetchAsPage(url, init),
  })
  if ('setupToken' in deps.key) {
    const { recoveryCodes } = await page.finishSetup({
      token: deps.key.setupToken,
      workspaceName: WORKSPACE,
      ownerName: OWNER,
      coverEverything: false,
      passkey: null,
    })
    deps.keepCodes(recoveryCodes)
  } else {
    await page.signInWithCode(deps.key.recoveryCode)
  }

  const sends = await sendsOf(files, deps.now())
  const walkers = [...new Set(files.lines.map((line) => line.walker))]
  const ids = await addPeople(page, walkers)
  deps.say(`${walkers.length} leaders connect a browser each.`)
  const tokens = await pairAll(deps, page, ids, walkers)
  deps.say(`They send ${sends.length} walks with ${files.lines.length} notes.`)
  for (const send of sends) {
    // oxlint-disable-next-line no-await-in-loop -- in the order they happened, so that grouping sees them so
    await push(deps, tokens.get(send.walker) ?? '', send)
  }
  await waitForGrouping(deps, page)
  deps.say('Reviewers judge what most leaders noted.')
  await judge(page, files, ids)
  // Home counts only so far.
  const { counted } = await page.listEntries({ limit: '1' })
  return { entries: counted?.total ?? 0, notes: files.lines.length }
}

async function addPeople(page: Client, walkers: readonly string[]): Promise<Map<string, string>> {
  const { people } = await page.listPeople()
  const ids = new Map(people.map((person) => [person.name, person.id]))
  const wanted = [
    ...walkers.map((walker) => ({ name: walkerName(walker), role: 'walker' as const })),
    ...REVIEWERS.map((name) => ({ name, role: 'reviewer' as const })),
  ]
  for (const person of wanted) {
    if (ids.has(person.name)) continue
    // oxlint-disable-next-line no-await-in-loop -- the audit log takes one after the other anyway
    ids.set(person.name, (await page.addPerson(person)).id)
  }
  return ids
}

async function pairAll(
  deps: FillDeps,
  page: Client,
  ids: Map<string, string>,
  walkers: readonly string[],
): Promise<Map<string, string>> {
  const extension = createApiClient({
    baseUrl: deps.origin,
    fetch: (url, init) => deps.fetch(url, init),
  })
  const { devices } = await page.listDevices()
  const tokens = new Map<string, string>()
  for (const walker of walkers) {
    const personId = ids.get(walkerName(walker)) ?? ''
    // A token is known only to its browser: a second run connects new ones in place of the old.
    for (const old of devices.filter((device) => device.person.id === personId)) {
      // oxlint-disable-next-line no-await-in-loop -- one browser after the other
      await page.revokeDevice(old.id)
    }
    // oxlint-disable-next-line no-await-in-loop -- see above
    const { code } = await page.askForPairing(personId)
    // oxlint-disable-next-line no-await-in-loop -- see above
    const { token } = await extension.pair({ code, deviceName: 'Demo browser' })
    tokens.set(walker, token)
  }
  return tokens
}

async function push(deps: FillDeps, token: string, send: DemoSend): Promise<void> {
  const sync = createSyncApi({
    fetch: (url, init) => deps.fetch(url, init),
    baseUrl: deps.origin,
    token,
  })
  const deviceId = await idFor(`device ${send.walker}`, 0)
  const answer = await sync.push({ proto: PROTO, deviceId, epoch: 1, ops: send.ops })
  const { results } = v.parse(PushResponse, answer.body)
  const refused = results.find(({ status }) => status !== 'applied' && status !== 'duplicate')
  if (refused) throw new Error(`a demo note was not taken: ${refused.status} ${refused.code ?? ''}`)
  for (const { sha256, bytes } of send.pictures) {
    // oxlint-disable-next-line no-await-in-loop -- as the courier does it
    const stored = await sync.putPicture(sha256, 'image/png', bytes)
    if (stored.status >= 300) throw new Error(`a demo picture was not taken: ${stored.status}`)
  }
}

/** Grouping follows each push by itself; what a busy moment left behind is placed by the sweep. */
async function waitForGrouping(deps: FillDeps, page: Client): Promise<void> {
  for (let look = 0; look < 120; look += 1) {
    // oxlint-disable-next-line no-await-in-loop -- asks until it is so
    const { waitingToBeGrouped } = await page.home()
    if (waitingToBeGrouped === 0) return
    if (look === 0) deps.say(`${waitingToBeGrouped} notes wait to be grouped.`)
    // oxlint-disable-next-line no-await-in-loop -- rings the bell that cron rings each minute
    await deps.fetch(`${deps.origin}/cdn-cgi/local/scheduled`)
  }
  throw new Error('the notes were not grouped in time')
}

/** A reviewer names, weighs and gives away the entries that most leaders noted. */
async function judge(page: Client, files: DemoFiles, ids: Map<string, string>): Promise<void> {
  const groupOf = new Map<string, string>()
  for (const line of files.lines) groupOf.set(await noteIdOf(line), line.group)
  const { entries } = await page.listEntries({ sort: 'leaders', limit: String(JUDGED) })
  for (const [index, row] of entries.entries()) {
    if (row.titleConfirmed) continue
    // oxlint-disable-next-line no-await-in-loop -- one entry after the other, as a person would
    const { evidence } = await page.getEntry(row.number)
    const groups = evidence.notes.map((note) => groupOf.get(note.id) ?? '')
    const title = files.groups[mostCommon(groups)]?.title ?? row.title
    const owner = index % 5 === 4 ? null : (ids.get(reviewerFor(row)) ?? null)
    // oxlint-disable-next-line no-await-in-loop -- see above
    await page.changeEntry(row.number, {
      version: row.version,
      title,
      impact: impactOf(row),
      effort: (['S', 'S', 'M', 'S', 'L', 'M', 'XL'] as const)[index % 7] ?? 'M',
      owner,
    })
  }
}

function impactOf(row: EntryRow): 1 | 2 | 3 | 4 {
  if (row.worst === 3) return row.leaders >= 3 ? 4 : 3
  return row.worst === 2 ? (row.leaders >= 3 ? 3 : 2) : 1
}

function reviewerFor({ service }: EntryRow): (typeof REVIEWERS)[number] {
  if (/hr|people|pay|leave/i.test(service ?? '')) return 'HR service lead'
  if (/librar|resource/i.test(service ?? '')) return 'Library systems lead'
  if (/facilit|estate|park|room/i.test(service ?? '')) return 'Facilities desk lead'
  return 'Portal owner'
}

function mostCommon(values: readonly string[]): string {
  const times = new Map<string, number>()
  for (const value of values) times.set(value, (times.get(value) ?? 0) + 1)
  return [...times].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? ''
}
