import type { Page } from 'playwright-core'
import { expect } from 'vitest'

import type { Contact } from '#shared/contact'
import { timeOfId } from '#shared/id'

import type { KeptWalk } from '../../extension/storage/database'
import { expectAxeClean } from '../support/axe'
import { takeScreenshots } from '../support/screenshot'
import { waitFor } from '../support/wait-for'
import type { RunningWorker } from '../support/worker'
import { readDevice } from './kill/device'

/** A contact as somebody meets it, and the keys that say so on its card. */
export interface Met {
  contact: Pick<Contact, 'need' | 'solved' | 'treatedWell' | 'reaction' | 'tags'>
  keys: string[]
}

const SOLVED = [
  ['y', 'yes'],
  ['l', 'later'],
  ['n', 'no'],
] as const
const TREATED = [
  ['g', 'yes'],
  ['u', 'unsure'],
  ['b', 'no'],
] as const
const TAGS = [
  ['s', 'locked'],
  ['w', 'workaround'],
  ['e', 'self-service'],
  ['r', 'repetitive'],
  ['c', 'chaotic'],
  ['f', 'free'],
  ['p', 'broken-process'],
] as const

/** A shift’s worth of customers, no two alike. */
export function meet(count: number): Met[] {
  return Array.from({ length: count }, (_, index) => {
    const [solvedKey, solved] = pick(SOLVED, index)
    const [treatedKey, treatedWell] = pick(TREATED, index + Math.floor(index / 3))
    const [tagKey, tag] = pick(TAGS, index)
    const reaction = ((index % 5) - 2) as -2 | -1 | 0 | 1 | 2
    return {
      contact: {
        need: `Need ${index + 1}`,
        solved,
        treatedWell,
        reaction,
        tags: [tag],
      },
      keys: [solvedKey, treatedKey, String(reaction + 3), tagKey],
    }
  })
}

function pick<Each>(all: readonly Each[], index: number): Each {
  const one = all[index % all.length]
  if (one === undefined) throw new Error('nothing to pick from')
  return one
}

/** Counts each key that goes down in the panel, but for the words typed into a field. */
export async function countKeys(panel: Page): Promise<void> {
  await panel.evaluate(() => {
    const counted = window as Window & { keysDown?: number }
    counted.keysDown = 0
    document.addEventListener(
      'keydown',
      ({ key, target, ctrlKey, isTrusted }) => {
        const isWord =
          key.length === 1 &&
          !ctrlKey &&
          (target instanceof HTMLTextAreaElement ||
            (target instanceof HTMLInputElement && target.type === 'text'))
        if (isTrusted && !isWord) counted.keysDown = (counted.keysDown ?? 0) + 1
      },
      { capture: true },
    )
  })
}

/** How many that were since it was asked last. */
export function keysSince(panel: Page): Promise<number> {
  return panel.evaluate(() => {
    const counted = window as Window & { keysDown?: number }
    const count = counted.keysDown ?? -1
    counted.keysDown = 0
    return count
  })
}

/** Fills the open card: the words, one key out of the field, one for each answer. */
export async function fillCard(panel: Page, { contact, keys }: Met): Promise<void> {
  await panel.keyboard.type(contact.need)
  for (const key of ['Escape', ...keys]) await panel.keyboard.press(key)
}

export async function keepCard(panel: Page, number: number): Promise<void> {
  await panel.keyboard.press('Control+Enter')
  await panel.getByText(new RegExp(`^Contact ${number} kept on this device`)).waitFor()
}

/** The shift that goes on or ended last, as it is on the disk. */
export async function lastShift(panel: Page) {
  const { walks, steps, notes } = await readDevice(panel)
  const [shift] = walks.toSorted((one, other) => other.startedAt - one.startedAt)
  if (shift === undefined) throw new Error('no shift')
  return {
    shift,
    steps: steps.filter(({ walkId }) => walkId === shift.id),
    notes: notes.filter(({ walkId }) => walkId === shift.id),
  }
}

/** On one screen of 400 × 880, and clean. */
export async function expectFit(panel: Page, name: string): Promise<void> {
  await takeScreenshots(panel, name)
  await expectAxeClean(panel)
  expect(await panel.evaluate(() => document.documentElement.scrollHeight - innerHeight)).toBe(0)
}

/** Presses Send once it is awake; ends with the focus on Done. */
export async function send(panel: Page, words: string): Promise<void> {
  const button = panel.getByRole('button', { name: new RegExp(`^${words}`) })
  await waitFor(
    async () => (await button.getAttribute('aria-disabled')) !== 'true' || undefined,
    'Send to wake',
  )
  await button.focus()
  await panel.keyboard.press('Enter')
  await panel.getByRole('button', { name: 'Done' }).focus()
}

/** Every contact arrived as it was met, with no time but its shift’s, in its note’s id neither. */
export function expectArrived(
  worker: RunningWorker,
  { id: walkId, startedAt }: Pick<KeptWalk, 'id' | 'startedAt'>,
  met: readonly Met[],
  notes: number,
): void {
  const rows = worker.query<{ at: number; kind: string; data: string }>(
    'SELECT at, kind, data FROM step WHERE walk_id = ? ORDER BY seq',
    walkId,
  )
  expect(rows.map(({ kind, at }) => [kind, at])).toEqual(met.map(() => ['contact', startedAt]))
  expect(rows.map(({ data }) => JSON.parse(data) as Contact)).toMatchObject(
    met.map(({ contact }) => contact),
  )
  const arrived = worker.query<{ id: string; at: number; words: string }>(
    'SELECT id, at, words FROM note WHERE walk_id = ?',
    walkId,
  )
  expect(arrived).toHaveLength(notes)
  for (const { id, at, words } of arrived) {
    const number = timeOfId(id) - startedAt
    expect([at, words]).toEqual([startedAt, met[number - 1]?.contact.need])
  }
}
