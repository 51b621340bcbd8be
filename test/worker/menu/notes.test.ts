import { expect, test } from 'vitest'

import type { Note } from '#shared/note'
import type { Op } from '#shared/op'
import { menuKey } from '#shared/place-key'

import { callPlace, MORNING, newNote, noteOp } from '../../support/ops'
import { callBy, press, says } from '../../support/menu-calls'
import { entryOf } from '../grouping/support'
import { push } from '../sync/support'
import { refusalOf } from '../triage/support'
import { type Menus, newMenus } from './support'

const at = (minute: number, ...keys: string[]): Partial<Note> => ({
  at: MORNING + minute * 60_000,
  place: callPlace('43 57', ...keys),
})

async function tell(menus: Menus, ...notes: Partial<Note>[]): Promise<Note[]> {
  const told = notes.map(newNote)
  const ops: Op[] = []
  // oxlint-disable-next-line no-await-in-loop -- numbers of one browser count up in order
  for (const each of told) ops.push(noteOp(await menus.nextMid('ada'), each))
  const results = await push(await menus.leader('ada'), ops)
  if (results.some(({ status }) => status !== 'applied')) throw new Error(JSON.stringify(results))
  return told
}

async function newCalled(): Promise<Menus> {
  const menus = await newMenus()
  await menus.call([callBy('ada', 1, press('1'), says('Billing'))])
  return menus
}

test('a place in the menu shows its own notes, the newest first, each with its entry', async () => {
  const menus = await newCalled()
  const [slow, kind] = await tell(
    menus,
    { ...at(1, '1', '“billing”'), words: 'Nobody answers here.', wince: 3 },
    { ...at(2, '1', '“Billing”'), words: 'A person who knew my ward.', mood: 'liked', wince: null },
    { ...at(3, '1'), words: 'The list is read out far too slowly.', wince: 1 },
  )
  if (slow === undefined || kind === undefined) throw new Error('not told')

  const { notes, next } = await menus.client.listMenuNotes('4357', {
    at: menuKey(['1', '“billing”']),
  })

  expect(next).toBeNull()
  expect(notes).toMatchObject([
    { id: kind.id, mood: 'liked', wince: null, words: kind.words, author: 'Lea Leader' },
    { id: slow.id, mood: 'embarrassed', wince: 3, words: slow.words },
  ])
  expect(notes.map(({ entry }) => entry?.number)).toEqual([
    await entryOf(kind),
    await entryOf(slow),
  ])
  const map = await menus.client.getMenu('4357')
  expect(map.nodes.at(-1)).toMatchObject({
    path: ['1', '“Billing”'],
    winces: 1,
    worst: 3,
    liked: 1,
    entries: [await entryOf(slow), await entryOf(kind)].toSorted(
      (one, other) => Number(one) - Number(other),
    ),
  })
  expect(map.liked).toEqual([
    { path: ['1', '“Billing”'], words: kind.words, entry: await entryOf(kind) },
  ])
})

test('notes come in pages, and each of them once', async () => {
  const menus = await newCalled()
  const told = await tell(
    menus,
    // Several at one time, as a shift writes them.
    ...Array.from({ length: 9 }, (_, index) => ({ ...at(index % 2), words: `One ${index}` })),
  )
  await tell(menus, ...Array.from({ length: 9 }, (_, index) => ({ ...at(9), words: `B ${index}` })))
  await tell(menus, ...Array.from({ length: 9 }, (_, index) => ({ ...at(9), words: `C ${index}` })))

  const first = await menus.client.listMenuNotes('4357', {})
  const second = await menus.client.listMenuNotes('4357', { after: first.next ?? '' })

  expect(first.notes).toHaveLength(20)
  expect(second).toMatchObject({ next: null })
  expect(new Set([...first.notes, ...second.notes].map(({ id }) => id)).size).toBe(27)
  expect(second.notes.every(({ id }) => told.some((each) => each.id === id))).toBe(true)
  expect(await refusalOf(menus.client.listMenuNotes('4357', { after: 'wrong' }))).toMatchObject({
    code: 'bad-cursor',
  })
  expect(await refusalOf(menus.client.listMenuNotes('4357', { from: 'now' }))).toMatchObject({
    code: 'malformed',
  })
})
