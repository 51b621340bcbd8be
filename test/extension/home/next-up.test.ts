import type { PulledPlan } from '#shared/sync'
import { beforeEach, describe, expect, test } from 'vitest'

import type { Fate } from '../../../extension/home/home'
import { nextUpOf } from '../../../extension/home/next-up'
import type { WinceDatabase } from '../../../extension/storage/database'
import { COMMON_ERRANDS } from '../../../extension/walk/start-form'
import { asksIn } from '../../../extension/walk/again'
import { planIn } from '../../../extension/walk/plan'
import { parkWalk } from '../../../extension/walk/waiting'
import { findActiveWalk, startWalk } from '../../../extension/walk/walks'
import { emptyDevice, surroundingsAt } from '../device'
import { WALKED, walkedWith as walked } from './walked'

const HOUR = 3_600_000
const ENTRY = '019aab3a-0000-7000-8000-0000000000e1'
let database: WinceDatabase
let surroundings: ReturnType<typeof surroundingsAt>
beforeEach(async () => {
  database = await emptyDevice()
  surroundings = surroundingsAt()
})

const walkedWith = (change: Partial<Fate> = {}) => walked(database, surroundings, change)

async function next(fates: Fate[] = [], told: Partial<Parameters<typeof nextUpOf>[0]> = {}) {
  return nextUpOf({
    plan: [],
    asks: [],
    looked: {},
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
      page: null,
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
      start: { ...WALKED, firstTime: false, againOf: fate.entryId },
      page: 'https://help.example.org/',
      fixedAt: fate.changedAt,
      isAsked: false,
    })
  })

  test.each<[string, Partial<Fate>]>([
    ['is being fixed', { state: 'progress' }],
    ['was liked', { mood: 'liked' }],
    ['cannot be fixed', { closedAs: 'cannot-fix' }],
    ['is being checked, and nobody asks for', { state: 'check' }],
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

describe('what somebody asks to have walked again', () => {
  const ask = {
    type: 'second-walk' as const,
    id: '019aab3a-0000-7000-8000-0000000000f1',
    seq: 9,
    entryId: 'e',
    state: 'open' as const,
    askedAt: 0,
    errand: 'My badge does not open the ward.',
    persona: null,
    service: 'Badges',
    page: 'https://help.example.org/badges',
  }

  test('comes before the plan, as they walked it, though this browser forgot how', async () => {
    const { fate } = await walkedWith({ state: 'check', noteIds: ['elsewhere'] })
    const asks = [{ ...ask, askedAt: surroundings.now() }]

    expect(await next([fate], { asks, plan: [lineDue(2)] })).toEqual({
      kind: 'walk-again',
      start: {
        errand: ask.errand,
        persona: null,
        service: 'Badges',
        firstTime: false,
        againOf: 'e',
      },
      page: ask.page,
      fixedAt: fate.changedAt,
      isAsked: true,
    })
  })

  test('is asked no more once it was walked or put off, nor while it is open again', async () => {
    const { fate } = await walkedWith({ state: 'check' })
    const asks = [{ ...ask, askedAt: surroundings.now() }]
    expect(await next([fate], { asks, looked: { [ask.id]: 'later' } })).toMatchObject({
      kind: 'errand',
    })
    expect(await next([{ ...fate, state: 'reopened' }], { asks })).toMatchObject({ kind: 'errand' })
    const again = await next([fate], { asks })
    if (again?.kind !== 'walk-again') throw new Error('nobody asks')
    surroundings.pass(HOUR)

    await startWalk(database, surroundings, again.start, { tabIds: [], origins: [] })

    expect(await findActiveWalk(database)).toMatchObject({ againOf: 'e' })
    expect(await next([fate], { asks })).toMatchObject({ kind: 'errand' })
    surroundings.pass(HOUR)
    const closed = { ...fate, state: 'closed' as const, changedAt: surroundings.now() }
    expect(await next([closed])).toMatchObject({ kind: 'errand' })
    const anew = [{ ...ask, askedAt: surroundings.now() }]
    expect(await next([closed], { asks: anew })).toMatchObject({ kind: 'walk-again' })
  })

  test.each(['javascript:alert(1)', 'file:///etc/passwd', 'https:', 'chrome://settings'])(
    'opens no page but a web page: %s',
    async (page) => {
      const { fate } = await walkedWith({ state: 'check', noteIds: ['elsewhere'] })
      const asks = [{ ...ask, page, askedAt: surroundings.now() }]
      expect(await next([fate], { asks })).toMatchObject({ kind: 'walk-again', page: null })
    },
  )

  test('is read from what was pulled; what is none, or is over, asks for nothing', () => {
    const id = (last: string) => ask.id.slice(0, -1) + last
    const rows = [
      { ...ask, entryId: ENTRY },
      { ...ask, entryId: ENTRY, id: id('2'), askedAt: 5 },
      { ...ask, entryId: ENTRY, id: id('3'), state: 'dropped' },
      { type: 'second-walk', id: 'nonsense' },
    ]
    const mirror = rows.map((row) => ({ key: row.id, type: row.type, id: row.id, seq: 1, row }))
    expect(asksIn(mirror).map((each) => each.id)).toEqual([id('2'), ask.id])
  })
})
