import type { PulledPlan } from '#shared/sync'
import { beforeEach, describe, expect, test, vi } from 'vitest'

import type { Fate } from '../../../extension/home/home'
import { nextUpOf } from '../../../extension/home/next-up'
import { StartNextModel } from '../../../extension/home/start-next'
import type { TabInFront } from '../../../extension/panel/tabs'
import type { WinceDatabase } from '../../../extension/storage/database'
import { COMMON_ERRANDS } from '../../../extension/walk/start-form'
import { planIn } from '../../../extension/walk/plan'
import { parkWalk } from '../../../extension/walk/waiting'
import { endWalk, findActiveWalk, startWalk } from '../../../extension/walk/walks'
import { emptyDevice, keptNote, surroundingsAt } from '../device'

const HOUR = 3_600_000
const ENTRY = '019aab3a-0000-7000-8000-0000000000e1'
const WALKED = { errand: 'I need a badge.', persona: 'Student', service: 'Badges', firstTime: true }
let database: WinceDatabase
let surroundings: ReturnType<typeof surroundingsAt>
beforeEach(async () => {
  database = await emptyDevice()
  surroundings = surroundingsAt()
})

/** A walk that ended with a note, and the entry that the note joined. */
async function walkedWith(change: Partial<Fate> = {}) {
  const walk = await startWalk(database, surroundings, WALKED, { tabIds: [], origins: [] })
  const note = await keptNote(database, surroundings, { walkId: walk.id })
  await endWalk(database, surroundings, walk.id)
  surroundings.pass(HOUR)
  const fate: Fate = {
    entryId: 'e',
    number: 4,
    state: 'closed',
    title: 'Badges take a week',
    mood: 'embarrassed',
    changedAt: surroundings.now(),
    noteIds: [note.id],
    ...change,
  }
  surroundings.pass(HOUR)
  return { walk, note, fate }
}

async function next(fates: Fate[] = [], told: { plan?: PulledPlan[]; unwalked?: string } = {}) {
  return nextUpOf({
    plan: [],
    unwalked: null,
    ...told,
    walks: await database.getAll('walk'),
    notes: await database.getAll('note'),
    fates,
    now: surroundings.now(),
  })
}

/** A line that is due so many days from now. */
function lineDue(days: number, change: Partial<PulledPlan> = {}): PulledPlan {
  const due = new Date(surroundings.now() + days * 24 * HOUR).toISOString().slice(0, 10)
  const what = 'My badge does not open the ward.'
  return {
    type: 'plan',
    id: `019aab3a-0000-7000-8000-0000000001${String(days).padStart(2, '0')}`,
    seq: 1,
    kind: 'errand',
    what,
    service: 'Badges',
    due,
    state: 'open',
    ...change,
  }
}

describe('the plan', () => {
  test('comes before everything else in its last week, and after what waits before that', async () => {
    const { fate } = await walkedWith()
    const soon = lineDue(6)
    expect(await next([fate], { plan: [soon] })).toEqual({
      kind: 'plan',
      start: {
        errand: soon.what,
        persona: null,
        service: 'Badges',
        firstTime: null,
        planId: soon.id,
      },
      origin: null,
      due: soon.due,
      isShift: false,
    })
    expect(await next([fate], { plan: [lineDue(9)] })).toMatchObject({ kind: 'walk-again' })
    expect(await next([], { plan: [lineDue(9)] })).toMatchObject({ kind: 'plan' })
  })

  test('says no more of a line that was walked from here', async () => {
    const line = lineDue(2)
    const planned = await next([], { plan: [line] })
    if (planned?.kind !== 'plan') throw new Error('nothing is planned')
    await startWalk(database, surroundings, planned.start, { tabIds: [], origins: [] })
    expect((await findActiveWalk(database))?.planId).toBe(line.id)
    expect(await next([], { plan: [line] })).toMatchObject({ kind: 'errand' })
  })

  test('is what came of it: open lines by their day, and nothing that is none', () => {
    const rows = [
      lineDue(9),
      lineDue(2),
      lineDue(1, { state: 'done' }),
      { type: 'plan', id: 'nonsense' },
    ]
    const mirror = rows.map((row) => ({ key: row.id, type: 'plan', id: row.id, seq: 1, row }))
    expect(planIn(mirror).map(({ id }) => id)).toEqual([lineDue(2).id, lineDue(9).id])
  })

  test('names a shift, and the number of a call', async () => {
    expect(await next([], { plan: [lineDue(1, { kind: 'shift', what: '' })] })).toMatchObject({
      isShift: true,
      start: { errand: null },
    })
    expect(await next([], { plan: [lineDue(1, { kind: 'call', what: '4357' })] })).toMatchObject({
      start: { errand: 'Call 4357' },
    })
  })
})

test('a service that nobody walks comes before a common errand, until it is walked', async () => {
  expect(await next([], { unwalked: 'Printing' })).toMatchObject({
    kind: 'unwalked',
    start: { errand: null, service: 'Printing' },
  })
  const start = { errand: null, persona: null, service: 'Printing', firstTime: null }
  await startWalk(database, surroundings, start, { tabIds: [], origins: [] })
  expect(await next([], { unwalked: 'Printing' })).toMatchObject({ kind: 'errand' })
})

describe('the next four minutes', () => {
  test('are a common errand where nothing was walked yet, and the next one after it', async () => {
    expect(await next()).toMatchObject({ kind: 'errand', start: { errand: COMMON_ERRANDS[0] } })

    const start = { errand: COMMON_ERRANDS[0], persona: null, service: null, firstTime: null }
    await startWalk(database, surroundings, start, { tabIds: [], origins: [] })

    expect(await next()).toMatchObject({ kind: 'errand', start: { errand: COMMON_ERRANDS[1] } })
  })

  test('are what one noted oneself and others fixed, filled in as it was walked', async () => {
    const { fate } = await walkedWith()

    expect(await next([fate])).toEqual({
      kind: 'walk-again',
      start: { ...WALKED, firstTime: false },
      origin: 'https://help.example.org',
      fixedAt: fate.changedAt,
    })
  })

  test.each<[string, Partial<Fate>]>([
    ['is being fixed', { state: 'progress' }],
    ['was liked', { mood: 'liked' }],
    ['is of notes that are not here', { noteIds: ['elsewhere'] }],
  ])('are not what %s', async (_name, change) => {
    const { fate } = await walkedWith(change)

    expect(await next([fate])).toMatchObject({ kind: 'errand' })
  })

  test('are no longer what was walked again since, nor what was fixed long ago', async () => {
    const { fate } = await walkedWith()
    await startWalk(database, surroundings, WALKED, { tabIds: [], origins: [] })
    expect(await next([fate])).toMatchObject({ kind: 'errand' })

    const old = await walkedWith()
    surroundings.pass(61 * 24 * HOUR)
    expect(await next([old.fate])).toMatchObject({ kind: 'errand' })
  })

  test('are to look for an answer, once they have had a day', async () => {
    const walk = await startWalk(database, surroundings, WALKED, { tabIds: [], origins: [] })
    await parkWalk(database, surroundings, walk.id)
    surroundings.pass(23 * HOUR)
    expect(await next()).toMatchObject({ kind: 'errand' })

    surroundings.pass(2 * HOUR)
    expect(await next()).toEqual({
      kind: 'answer',
      walkId: walk.id,
      errand: WALKED.errand,
      waitedMs: 25 * HOUR,
    })
  })
})

describe('one tap', () => {
  const PORTAL: TabInFront = {
    id: 7,
    windowId: 1,
    origin: 'https://help.example.org',
    isWebPage: true,
    isOffLimits: false,
  }

  async function modelOn(tab: TabInFront, answer = true, maySee = true) {
    const asked: string[] = []
    const opened: string[] = []
    const model = new StartNextModel({
      database,
      surroundings,
      tabs: {
        findInFront: async () => tab,
        watchInFront: () => () => {},
        askFor: async (origin) => {
          asked.push(origin)
          return answer
        },
        maySee: async () => maySee,
        open: async (origin) => {
          opened.push(origin)
          return 9
        },
      },
      tellWalkChanged: async () => {},
      say: () => {},
    })
    await vi.waitFor(() => expect(model.next.value).not.toBeNull())
    return { model, asked, opened }
  }

  test('starts on the tab in front, and asks for its site before anything is awaited', async () => {
    const { model, asked, opened } = await modelOn(PORTAL)

    const starting = model.start(WALKED, null)
    expect(asked).toEqual(['https://help.example.org'])
    await starting

    expect(opened).toEqual([])
    expect(await findActiveWalk(database)).toMatchObject({
      ...WALKED,
      tabIds: [7],
      origins: ['https://help.example.org'],
    })
  })

  test('opens the site of the earlier walk where another one is in front', async () => {
    const { model, asked, opened } = await modelOn({ ...PORTAL, origin: 'https://news.example' })

    await model.start(WALKED, 'https://help.example.org')

    expect([asked, opened]).toEqual([['https://help.example.org'], ['https://help.example.org']])
    expect(await findActiveWalk(database)).toMatchObject({ tabIds: [9] })
  })

  test('is not for the site of the earlier walk where the organisation keeps Wince away from it', async () => {
    const { note, fate } = await walkedWith()
    const rows = [
      { type: 'note', id: note.id, seq: 1, entryId: ENTRY },
      {
        type: 'entry',
        id: ENTRY,
        seq: 2,
        number: fate.number,
        mood: fate.mood,
        state: fate.state,
        title: fate.title,
        changedAt: fate.changedAt,
      },
    ]
    for (const row of rows)
      await database.put('mirror', { ...row, key: `${row.type}/${row.id}`, row })

    const kept = await modelOn(PORTAL, true, false)
    expect(kept.model.next.value).toMatchObject({ kind: 'walk-again', origin: null })
    const open = await modelOn(PORTAL)
    expect(open.model.next.value).toMatchObject({ kind: 'walk-again', origin: PORTAL.origin })
  })

  test('after a no, or where no site may be seen, walks without a trail; pressed twice, once', async () => {
    const { model, asked } = await modelOn({ ...PORTAL, isOffLimits: true }, false)

    await Promise.all([model.start(WALKED, null), model.start(WALKED, null)])

    expect(asked).toEqual([])
    expect(await database.count('walk')).toBe(1)
    expect(await findActiveWalk(database)).toMatchObject({ origins: [] })
  })
})
