import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'

import { patient } from '../../../worker/database/patience'
import { groupPendingNotes, sweepPendingNotes } from '../../../worker/grouping/group-notes'
import { newNote, noteOp, topicNote } from '../../support/ops'
import { count, newSender, push } from '../sync/support'
import { tapD1 } from '../sync/tap'
import { brokenRules, entriesOf, entryOf, groupingDeps, noteWaiting, setLease } from './support'

const apart = (length: number) => Array.from({ length }, (_, index) => topicNote(index))
const waiting = (workspaceId: string) =>
  count('note WHERE grouped = 0 AND workspace_id = ?', workspaceId)

test('while the lease is held notes wait, and are acknowledged all the same; the sweep takes over when it is over', async () => {
  const device = await newSender()
  const note = newNote()
  await setLease(device, 'somebody', Date.now() + 60_000)

  expect(await push(device, [noteOp(1, note)])).toMatchObject([{ status: 'applied' }])
  await sweepPendingNotes(groupingDeps())
  expect(await entryOf(note)).toBeNull()

  await setLease(device, 'somebody', Date.now() - 1)
  await sweepPendingNotes(groupingDeps())
  expect(await entryOf(note)).toBe(1)
})

test('a lease is given back when a round ends, and when it fails', async () => {
  const device = await newSender()
  await noteWaiting(device, ...apart(2))
  const { d1 } = tapD1(env.DB, ({ sql }) =>
    sql[0]?.includes('next_entry_number') ? 'lost-before' : 'go',
  )

  await expect(groupPendingNotes(groupingDeps(d1), device.workspace.id)).rejects.toThrow(
    'a note could not be placed',
  )

  expect(
    await count('workspace WHERE id = ? AND grouping_lease IS NULL', device.workspace.id),
  ).toBe(1)
  expect(await groupPendingNotes(groupingDeps(), device.workspace.id)).toBe(2)
})

test.each(Array.from({ length: 12 }, (_, trip) => trip))(
  'killed at trip %i of a round, before or after it happened, the sweep finishes what is left',
  async (trip) => {
    for (const fate of ['lost-before', 'lost-after'] as const) {
      const device = await newSender()
      await noteWaiting(device, ...apart(3), topicNote(0))
      let trips = 0
      // Killed: from this trip on nothing arrives, not even the lease coming back.
      const { d1 } = tapD1(env.DB, () => {
        trips += 1
        return trips - 1 < trip ? 'go' : trips - 1 === trip ? fate : 'lost-before'
      })

      await groupPendingNotes(groupingDeps(d1), device.workspace.id).catch(() => {})
      await setLease(device, 'the dead', Date.now() - 1)
      await sweepPendingNotes(groupingDeps())

      expect(await waiting(device.workspace.id)).toBe(0)
      expect(await entriesOf(device)).toMatchObject([{ notes: 2 }, { notes: 1 }, { notes: 1 }])
      expect(await brokenRules(device)).toEqual([])
    }
  },
)

test('a note that cannot be written keeps nobody behind it waiting', async () => {
  const device = await newSender()
  const [poison, ...others] = apart(3)
  await noteWaiting(device, ...(poison ? [poison] : []), ...others)
  let opened = 0
  const { d1 } = tapD1(env.DB, ({ sql }) => {
    if (!sql[0]?.includes('next_entry_number')) return 'go'
    opened += 1
    // The first note, and every repeat of it.
    return opened <= patient.tries ? 'lost-before' : 'go'
  })

  await expect(groupPendingNotes(groupingDeps(d1), device.workspace.id)).rejects.toThrow(
    'a note could not be placed',
  )

  expect(await waiting(device.workspace.id)).toBe(1)
  expect(await Promise.all(others.map(entryOf))).toEqual([1, 2])
})

test('a workspace that fails keeps no other one waiting', async () => {
  await sweepPendingNotes(groupingDeps())
  const devices = [await newSender(), await newSender()]
  for (const device of devices) await noteWaiting(device, ...apart(1))
  let rounds = 0
  const { d1 } = tapD1(env.DB, ({ sql }) => {
    if (!sql[0]?.includes('grouping_lease =')) return 'go'
    rounds += 1
    // The first workspace, and every repeat of it.
    return rounds <= patient.tries ? 'lost-before' : 'go'
  })

  await expect(sweepPendingNotes(groupingDeps(d1))).rejects.toThrow(
    'a workspace could not be grouped',
  )

  const left = await Promise.all(devices.map((device) => waiting(device.workspace.id)))
  expect(left.toSorted((one, other) => one - other)).toEqual([0, 1])
  await sweepPendingNotes(groupingDeps())
})

test(
  'a sweep over full workspaces takes at most forty trips, and sweeps go on until nothing waits',
  { timeout: 60_000 },
  async () => {
    const devices = [await newSender(), await newSender(), await newSender(), await newSender()]
    for (const device of devices) {
      for (let pushes = 0; pushes < 2; pushes += 1) await noteWaiting(device, ...apart(10))
    }
    const trips: number[] = []
    const left = async () =>
      (await Promise.all(devices.map((device) => waiting(device.workspace.id)))).reduce(
        (a, b) => a + b,
        0,
      )

    while ((await left()) > 0 && trips.length < 20) {
      const { d1, calls } = tapD1(env.DB)
      await sweepPendingNotes(groupingDeps(d1))
      trips.push(calls.length)
    }

    console.log(
      `D1 calls of each sweep over 4 workspaces with 20 notes waiting: ${trips.join(', ')}`,
    )
    expect(Math.max(...trips)).toBeLessThanOrEqual(40)
    expect(await left()).toBe(0)
    for (const device of devices) expect(await brokenRules(device)).toEqual([])
  },
)

test('a note that comes after one whose answer was lost counts where it stands', async () => {
  const device = await newSender()
  await noteWaiting(device, topicNote(1))
  await groupPendingNotes(groupingDeps(), device.workspace.id)
  const [one, next] = [topicNote(1), topicNote(1)]
  await noteWaiting(device, one, next)
  // The first of the two has joined, nobody here knows it, and the entry has gone on by one version.
  let lost = 0
  const tapped = tapD1(env.DB, ({ sql }) => {
    if (!sql.some((each) => each.includes('notes = notes + 1'))) return 'go'
    lost += 1
    return lost === 1 ? 'lost-after' : 'go'
  })
  await groupPendingNotes(groupingDeps(tapped.d1), device.workspace.id)

  expect(lost).toBeGreaterThan(1)
  expect(await brokenRules(device)).toEqual([])
  await groupPendingNotes(groupingDeps(), device.workspace.id)
  expect([await entryOf(one), await entryOf(next)]).toEqual([1, 1])
  expect(await entriesOf(device)).toMatchObject([{ notes: 3, version: 3 }])
  expect(await brokenRules(device)).toEqual([])
})
