import { beforeEach, describe, expect, test, vi } from 'vitest'
import { signal } from '@preact/signals'

import { HomeModel, fatesOf } from '../../../extension/home/home'
import type { MirrorRow } from '../../../extension/storage/database'
import { write } from '../../../extension/storage/write'
import { emptyDevice, keptNote, listener, pairTo, surroundingsAt } from '../device'

const surroundings = surroundingsAt()
let database: Awaited<ReturnType<typeof emptyDevice>>
beforeEach(async () => {
  database = await emptyDevice()
})

const MINE = '019aab3a-0000-7000-8000-000000000001'
const ENTRY = '019aab3a-0000-7000-8000-0000000000e1'

function mirror(...rows: { type: string; id: string; [key: string]: unknown }[]): MirrorRow[] {
  return rows.map((row, index) => ({
    key: `${row.type}/${row.id}`,
    type: row.type,
    id: row.id,
    seq: index,
    row: { ...row, seq: index },
  }))
}

const entry = {
  type: 'entry',
  id: ENTRY,
  number: 104,
  mood: 'embarrassed',
  state: 'progress',
  title: 'Search does not know the words customers use',
  changedAt: 5,
}

describe('what became of my notes', () => {
  test('names the entry that a note of mine joined', () => {
    expect(
      fatesOf(mirror({ type: 'note', id: MINE, entryId: ENTRY }, entry), [{ id: MINE }]),
    ).toMatchObject([{ number: 104, state: 'progress', title: entry.title, noteIds: [MINE] }])
  })

  test('leaves out entries that only colleagues know of', () => {
    expect(fatesOf(mirror({ type: 'note', id: MINE, entryId: ENTRY }, entry), [])).toEqual([])
  })

  test('skips rows that a newer server sends in a shape not known here', () => {
    expect(
      fatesOf(
        mirror({ type: 'note', id: MINE, entryId: ENTRY }, { ...entry, state: 'teleported' }),
        [{ id: MINE }],
      ),
    ).toEqual([])
  })
})

describe('home', () => {
  function homeOf(isOnline = true, hasRoom = true) {
    return new HomeModel({
      database,
      surroundings,
      requestSync: async () => {},
      say: listener().say,
      now: surroundings.now,
      hasRoomFor: async () => hasRoom,
      isOnline: signal(isOnline),
    })
  }

  test('a device that is nearly full has room for words, and says what may go', async () => {
    const home = homeOf(true, false)

    await vi.waitFor(() => expect(home.trouble.value).toBe('no-room'))
    expect(home.sparePictures.value).toBe(0)
  })

  test('moments without words and drafts are to finish, the rest is ready', async () => {
    await keptNote(database, surroundings, { words: '' })
    await keptNote(database, surroundings, { state: 'draft' })
    await keptNote(database, surroundings)
    const home = homeOf()

    await vi.waitFor(() => expect(home.toFinish.value).toHaveLength(2))

    expect(home.ready.value).toHaveLength(2)
    expect(home.unsentCount.value).toBe(3)
  })

  test('says what stands in the way, the worst first', async () => {
    await pairTo(database, surroundings)
    await keptNote(database, surroundings, { state: 'queued' })
    const home = homeOf(false)
    await vi.waitFor(() => expect(home.trouble.value).toBe('offline'))

    await keptNote(database, surroundings, { state: 'refused', refusedCode: 'too-large' })
    await vi.waitFor(() => expect(home.trouble.value).toBe('refused'))
    await write(database, ['meta'], (transaction) =>
      transaction.objectStore('meta').put(true, 'updateNeeded'),
    )
    await vi.waitFor(() => expect(home.trouble.value).toBe('update-needed'))
    await pairTo(database, surroundings, { disconnectedAt: 1 })

    await vi.waitFor(() => expect(home.trouble.value).toBe('disconnected'))
  })
})
