import { beforeEach, expect, test, vi } from 'vitest'

import { FatesModel } from '../../../extension/fates/fates'
import { fateWords } from '../../../extension/home/fate-words'
import type { Fate } from '../../../extension/home/home'
import { packParcel } from '../../../extension/sync/send'
import { getMeta } from '../../../extension/storage/meta'
import type { KeptNote } from '../../../extension/storage/database'
import { endWalk, findActiveWalk, startWalk } from '../../../extension/walk/walks'
import { emptyDevice, keptNote, listener, surroundingsAt } from '../device'

const ENTRY = '019aab3a-0000-7000-8000-0000000000e1'
const ASK = '019aab3a-0000-7000-8000-0000000000f1'
const WALKED = { errand: 'I need a badge.', persona: null, service: null, firstTime: true }

let database: Awaited<ReturnType<typeof emptyDevice>>
let surroundings: ReturnType<typeof surroundingsAt>
let said: ReturnType<typeof listener>
beforeEach(async () => {
  database = await emptyDevice()
  surroundings = surroundingsAt()
  said = listener()
})

async function pulled(row: { type: string; id: string; [key: string]: unknown }) {
  const { type, id } = row
  await database.put('mirror', {
    key: `${type}/${id}`,
    type,
    id,
    seq: 1,
    row: { ...row, seq: 1 },
  })
}

const entryIs = (state: string, change = {}) =>
  pulled({
    type: 'entry',
    id: ENTRY,
    number: 104,
    mood: 'embarrassed',
    state,
    title: null,
    changedAt: surroundings.now(),
    ...change,
  })

/** A note that was sent, and the entry that it joined. */
async function noted(words = 'The badge does not open the ward.'): Promise<KeptNote> {
  const note = await keptNote(database, surroundings, { words })
  await database.put('note', { ...note, state: 'sent', sentAt: surroundings.now() })
  await pulled({ type: 'note', id: note.id, entryId: ENTRY })
  return note
}

async function shown(isWhole = true) {
  const model = new FatesModel({ database, surroundings, say: said.say, isWhole })
  await vi.waitFor(() => expect(model.fates.value).not.toBeNull())
  return model
}

test('notes of one entry stand together, in the walker’s own words until a title is confirmed', async () => {
  await noted()
  await noted('Badge again.')
  await entryIs('progress')

  const { fates } = await shown()

  expect(fates.value).toMatchObject([
    { number: 104, title: null, state: 'progress', isNews: true, again: null },
  ])
  expect(fates.value?.[0]?.words.toSorted()).toEqual([
    'Badge again.',
    'The badge does not open the ward.',
  ])
})

test('a note that has no entry yet waits to be looked at, and is no news', async () => {
  const note = await keptNote(database, surroundings, { words: 'Slow.' })
  await database.put('note', { ...note, state: 'sent', sentAt: 5 })
  await keptNote(database, surroundings, { words: 'Not sent.' })

  const { fates } = await shown()

  expect(fates.value).toMatchObject([
    { words: ['Slow.'], state: 'new', isNews: false, changedAt: 5 },
  ])
})

test('what is new stays marked while it is looked at, and is none the next time', async () => {
  await noted()
  await entryIs('progress')
  const first = await shown()
  await vi.waitFor(async () =>
    expect(await getMeta(database, 'looked')).toEqual({ [ENTRY]: 'progress' }),
  )
  expect(first.fates.value?.[0]?.isNews).toBe(true)

  expect((await shown()).fates.value?.[0]?.isNews).toBe(false)
  await entryIs('closed')
  expect((await shown(false)).fates.value?.[0]?.isNews).toBe(true)
  expect(await getMeta(database, 'looked')).toEqual({ [ENTRY]: 'progress' })
})

test('an ask is put off on this device alone, and taken up again', async () => {
  await noted()
  await entryIs('check')
  await pulled({
    type: 'second-walk',
    id: ASK,
    entryId: ENTRY,
    state: 'open',
    askedAt: 1,
    errand: WALKED.errand,
    persona: null,
    service: null,
    page: null,
  })
  const model = await shown()
  expect(model.fates.value).toMatchObject([
    { again: { askId: ASK, start: { errand: WALKED.errand, againOf: ENTRY } }, isPutOff: false },
  ])

  await model.putOff(ASK)
  await vi.waitFor(() => expect(model.fates.value?.[0]?.isPutOff).toBe(true))
  expect(model.fates.value?.[0]?.again).not.toBeNull()
  expect(await database.count('outbox')).toBe(0)
})

test('a walk says on the wire what it walks again, and an earlier one says nothing', async () => {
  const partOf = async (start: Parameters<typeof startWalk>[2]) => {
    await startWalk(database, surroundings, start, { tabIds: [], origins: [] })
    const { id } = (await findActiveWalk(database)) ?? { id: '' }
    await endWalk(database, surroundings, id)
    const walk = await database.get('walk', id)
    if (walk === undefined) throw new Error('no walk')
    const [payload] = packParcel(
      [{ walk, steps: [], allSteps: [] }],
      [],
      surroundings.now(),
    ).payloads
    return payload?.kind === 'walk.part' ? payload.payload.walk : null
  }

  expect(await partOf({ ...WALKED, againOf: ENTRY })).toMatchObject({ againOf: ENTRY })
  expect(await partOf(WALKED)).not.toHaveProperty('againOf')
})

test.each<[Partial<Fate>, string]>([
  [{ state: 'new' }, 'Waits to be looked at'],
  [{ state: 'progress' }, 'Being fixed'],
  [{ state: 'hold', until: '2026-12-04' }, 'On hold until 4 December'],
  [{ state: 'hold', until: 'soon' }, 'On hold until soon'],
  [{ state: 'check' }, 'Fixed, and being checked'],
  [{ state: 'closed' }, 'Fixed yesterday'],
  [{ state: 'closed', closedAs: 'cannot-fix' }, 'Cannot be fixed'],
  [{ state: 'closed', closedAs: 'unsuccessful' }, 'Closed, and not fixed'],
  [{ state: 'declined' }, 'Nothing will be done'],
  [{ state: 'reopened' }, 'It came back: open again'],
])('%j means: %s', (change, words) => {
  const now = Date.UTC(2026, 10, 28, 12)
  const fate: Fate = {
    entryId: ENTRY,
    number: 1,
    title: null,
    mood: 'embarrassed',
    noteIds: [],
    state: 'new',
    changedAt: now - 86_400_000,
    said: undefined,
    closedAs: undefined,
    until: undefined,
    ...change,
  }
  expect(fateWords(fate, now)).toBe(words)
})
