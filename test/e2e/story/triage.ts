import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'

import { type ApiClient, createApiClient } from '#shared/api-client'
import { createSyncApi } from '#shared/api/sync'
import type { Note } from '#shared/note'
import type { Place } from '#shared/place'
import type { WalkPart } from '#shared/walk'
import { PROTO, PushResponse } from '#shared/sync'
import * as v from 'valibot'

import { root } from '../../../scripts/tools.mjs'
import { readDemoFiles, withFirstWalks } from '../../../worker/demo/lines'
import { sendsOf } from '../../../worker/demo/ops'

import { MORNING, newId, newNote, noteOp, pagePlace, partOp } from '../../support/ops'
import { launchChromium, type LaunchedChromium } from '../../support/chromium'
import { openWorkspace } from '../../support/first-run'
import { waitFor } from '../../support/wait-for'
import { startWorker, type RunningWorker } from '../../support/worker'

const MINUTE = 60_000
const OPS_A_PUSH = 10

/** A leader with a browser of their own, whose notes arrive as they are sent. */
export interface Leader {
  /** Resolves once every note has an entry. */
  send(notes: readonly Note[]): Promise<void>
  /** Sends what a walk recorded. */
  sendPart(part: WalkPart): Promise<void>
}

/** Somebody who sorts in front of the dashboard, and a leader who sends. */
export interface TriageDesk {
  worker: RunningWorker
  browser: LaunchedChromium
  page: Page
  leader: Leader
  /** Another leader with a browser of their own. */
  addLeader(name: string): Promise<Leader>
  /** What the page threw, and what its policy refused. */
  complaints: string[]
  /** Presses keys, one after the other. */
  press(...keys: string[]): Promise<void>
  /** Opens triage and waits until it says what is there. */
  open(address?: string): Promise<void>
  /** How many notes wait, as the database says. */
  waiting(): number
  close(): Promise<void>
}

/** A worker of its own with an owner who is signed in. */
export async function openDesk(): Promise<TriageDesk> {
  const worker = await startWorker()
  const browser = await launchChromium({ extension: false, headed: false })
  const page = await browser.context.newPage()
  const complaints: string[] = []
  await page.setViewportSize({ width: 1440, height: 900 })
  // A button fades for 100 ms when the scheme changes: axe would judge the colours in between.
  await page.emulateMedia({ reducedMotion: 'reduce' })
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (/Content.Security.Policy|TrustedHTML|TrustedScript/i.test(message.text()))
      complaints.push(message.text())
  })
  const { client, recoveryCodes } = await openWorkspace(worker)
  const leader = await connectLeader(worker, client, 'VP clinical systems')
  await page.goto(worker.origin)
  await page.getByLabel('Or with a code').fill(recoveryCodes[0] ?? '')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('link', { name: 'Triage' }).waitFor()
  return {
    worker,
    browser,
    page,
    leader,
    addLeader: (name) => connectLeader(worker, client, name),
    complaints,
    async press(...keys) {
      for (const key of keys) {
        // oxlint-disable-next-line no-await-in-loop -- one key after the other
        await page.keyboard.press(key)
      }
    },
    async open(address = '/triage') {
      await page.goto(`${worker.origin}${address}`)
      await page
        .getByText(/to sort|Nothing to sort/)
        .first()
        .waitFor()
    },
    waiting: () =>
      worker.query<{ notes: number }>('SELECT count(*) AS notes FROM triage')[0]?.notes ?? -1,
    async close() {
      await browser.close()
      await worker.close()
    },
  }
}

/** Down to 640 × 400, which is what 200 % zoom leaves of 1280 × 800. @returns px that a page scrolls sideways, by size */
export async function sidewaysOf(page: Page): Promise<Record<string, number>> {
  const found: Record<string, number> = {}
  for (const [width, height] of [
    [1280, 800],
    [1024, 700],
    [640, 400],
  ] as const) {
    // oxlint-disable-next-line no-await-in-loop -- one size after the other
    await page.setViewportSize({ width, height })
    // oxlint-disable-next-line no-await-in-loop -- see above
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    if (sideways > 0) found[String(width)] = sideways
  }
  await page.setViewportSize({ width: 1440, height: 900 })
  return found
}

/** Adds a leader, connects a browser and gives it a walk that its notes belong to. */
async function connectLeader(
  worker: RunningWorker,
  client: ApiClient,
  name: string,
): Promise<Leader> {
  const { id: personId } = await client.addPerson({ name, role: 'walker' })
  const { code } = await client.askForPairing(personId)
  const browser = createApiClient({
    baseUrl: worker.origin,
    fetch: (url, init) => fetch(url, init),
  })
  const { token } = await browser.pair({ code, deviceName: `Browser of ${name}` })
  const sync = createSyncApi({
    baseUrl: worker.origin,
    token,
    fetch: (url, init) => fetch(url, init),
  })
  const deviceId = newId()
  let mid = 0
  const push = async (ops: ReturnType<typeof noteOp>[]) => {
    const answer = await sync.push({ proto: PROTO, deviceId, epoch: 1, ops })
    const { results } = v.parse(PushResponse, answer.body)
    const refused = results.find(({ status }) => status !== 'applied')
    if (refused) throw new Error(`not taken: ${refused.status} ${refused.code ?? ''}`)
  }
  return {
    sendPart: (part) => push([partOp((mid += 1), part)]),
    async send(notes) {
      for (let from = 0; from < notes.length; from += OPS_A_PUSH) {
        const ops = notes.slice(from, from + OPS_A_PUSH).map((note) => {
          mid += 1
          return noteOp(mid, note)
        })
        // oxlint-disable-next-line no-await-in-loop -- in their order, as a browser sends them
        await push(ops)
      }
      await waitFor(
        async () => {
          const { waitingToBeGrouped } = await client.home()
          if (waitingToBeGrouped === 0) return true
          await worker.ringCron()
          return undefined
        },
        'every note to be grouped',
        120_000,
      )
    },
  }
}

/** Something that is wrong at a place, in as many words as there are leaders to say it. */
interface Wrong {
  place: Place
  service: string
  words: readonly string[]
}

const WRONGS: readonly Wrong[] = [
  {
    place: at('/requests/new', 'button', 'Submit request'),
    service: 'IT helpdesk',
    words: [
      'The submit button emptied the whole form.',
      'Everything I typed was gone after submit.',
      'Form was empty again, no message, typed it all twice.',
    ],
  },
  {
    place: at('/wifi', 'heading', 'Network Access Provisioning (L2)'),
    service: 'Wi-Fi',
    words: [
      'I would never guess this is the Wi-Fi form.',
      'Network access provisioning? I want Wi-Fi.',
      'Nobody new finds Wi-Fi under this heading.',
    ],
  },
  {
    place: at('/password', 'link', 'Reset credentials'),
    service: 'Accounts',
    words: [
      'Reset link asks for the password I forgot.',
      'It wants my old password before I may reset it.',
      'Cannot reset without signing in first.',
    ],
  },
  {
    place: at('/print', 'button', 'Add a printer'),
    service: 'Printing',
    words: [
      'The printer list shows numbers, not rooms.',
      'Which of 140 printers is next to me?',
      'Printer names are asset tags. I walked to read one.',
    ],
  },
]

/** @returns notes of several outings: some about one thing, most about something of their own */
export function mixedNotes(count: number): Note[] {
  return Array.from({ length: count }, (_, index) => {
    const wrong = WRONGS[index % WRONGS.length]
    const isShared = index % 3 === 0 && wrong !== undefined
    const turn = Math.floor(index / WRONGS.length)
    const what = `${SUBJECTS[index % SUBJECTS.length]} ${COMPLAINTS[(index * 7) % COMPLAINTS.length]}`
    const words = isShared ? (wrong.words[turn % wrong.words.length] ?? '') : `${what} (${index}).`
    return newNote({
      at: MORNING + index * MINUTE,
      words,
      firstWords: words,
      place: isShared ? wrong.place : at(`/page-${index}`, 'button', what),
      service: isShared ? wrong.service : null,
      wince: ((index % 3) + 1) as 1 | 2 | 3,
      ...(index % 11 === 5 && {
        mood: 'liked' as const,
        kind: null,
        wince: null,
        words: `Somebody was kind to me, number ${index}.`,
        firstWords: `Somebody was kind to me, number ${index}.`,
      }),
    })
  })
}

/** Notes of the demo, without the walks and pictures they came with. @param walks so many, the oldest first */
export async function universityNotes(walks: number): Promise<Note[]> {
  const read = (name: string) => readFileSync(join(root, 'worker/demo', name), 'utf8')
  const files = readDemoFiles({
    lines: read('university.jsonl'),
    walks: read('walks.json'),
    groups: read('university-groups.json'),
  })
  const sends = await sendsOf(withFirstWalks(files, walks), Date.now())
  return sends
    .flatMap(({ ops }) => ops)
    .flatMap((op) => (op.kind === 'note.add' ? [op.payload] : []))
    .map((note) => ({ ...note, walkId: null, attachments: [] }))
}

const SUBJECTS = [
  'The parking permit',
  'Expense approval',
  'The badge office',
  'Calendar sharing',
  'The lab booking',
  'Travel forms',
  'The phone directory',
] as const
const COMPLAINTS = [
  'needs a code that nobody was given',
  'opens in a window that cannot be closed',
  'speaks of cost objects',
  'lost my upload',
  'shows last year’s dates',
  'sends three mails for one change',
  'ends at a page that says error 500',
  'asks for my line manager’s badge number',
  'has no way back',
] as const

/** An element on a page. */
export function at(route: string, role: string, name: string): Place {
  return pagePlace({
    route,
    anchor: { role, name, selectors: [{ kind: 'structure', path: [`main > ${role}`] }] },
  })
}
