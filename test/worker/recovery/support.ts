import { env } from 'cloudflare:workers'
import { sql } from 'kysely'

import type { ApiError } from '#shared/api/call'
import type { FollowUpAct } from '#shared/api/follow-up'

import { openDatabase } from '../../../worker/database/open'
import { writeAll } from '../../../worker/database/write-all'
import { startFixClocks } from '../../../worker/follow-up/queries'
import { newId } from '../../support/ops'
import { insertEntries } from '../register/support'
import { stopClock } from '../support/clock'
import { newMember, newWorkspace } from '../support/workspace'
import { rows } from '../sync/support'

export const HOUR = 3_600_000
export const DAY = 24 * HOUR

/** A workspace with one entry and one promise that somebody added by hand, an hour ago. */
export async function newPromise({
  state = 'accepted',
  customer = 'Ward nurse, Ward 7',
  reference = 'INC-kanari-hand-',
} = {}) {
  const clock = stopClock()
  const workspace = await newWorkspace()
  const reviewer = await newMember(workspace, 'reviewer', 'Desk manager')
  const [entryId = ''] = await insertEntries(workspace.id, [
    { number: 1, state, title: 'No Wi-Fi', service: 'Wi-Fi' },
  ])
  const id = newId()
  const since = clock.at - HOUR
  await reviewer.client.addFollowUps(1, {
    followUps: [{ id, customer, reference, since }],
  })
  const read = async () => {
    const { followUps } = await reviewer.client.listFollowUpsOf(1)
    const found = followUps.find((each) => each.id === id)
    if (!found) throw new Error('the promise is gone')
    return found
  }
  const does = async (act: Unversioned) =>
    reviewer.client.actOnFollowUp(id, { ...act, version: (await read()).version })
  const isFixed = () =>
    writeAll(
      env.DB,
      startFixClocks(openDatabase(env.DB), workspace.id, entryId, Date.now(), sql<boolean>`1 = 1`),
    )
  return { clock, workspace, reviewer, entryId, id, since, read, does, isFixed }
}
type Unversioned = FollowUpAct extends infer Each
  ? Each extends unknown
    ? Omit<Each, 'version'>
    : never
  : never

export const refusalOf = (asked: Promise<unknown>) =>
  asked.then(
    () => 'done',
    ({ status, code }: ApiError) => `${status} ${code}`,
  )

export async function eventsOf(entryId: string) {
  return rows<{ what: string; before: string | null; after: string | null; reason: string | null }>(
    'SELECT what, before, after, reason FROM event WHERE entry_id = ? ORDER BY rowid',
    entryId,
  )
}

export async function seqOf(workspaceId: string): Promise<number> {
  const [row] = await rows<{ seq: number }>('SELECT seq FROM workspace WHERE id = ?', workspaceId)
  return row?.seq ?? -1
}
