import type { Step } from '#shared/step'
import type { Debrief, Walk } from '#shared/walk'

import type { KeptWalk, WinceDatabase } from '../storage/database'
import { type Surroundings, newId } from '../storage/device'
import { getMeta, getMetaIn } from '../storage/meta'
import { write } from '../storage/write'

/** A step before it has its number and time. */
export type StepDraft = Step extends infer Each
  ? Each extends Step
    ? Omit<Each, 'seq' | 'at'> & { at?: number }
    : never
  : never

/** What Start asks; all of it may stay empty. */
export type WalkStart = Pick<
  Walk,
  'errand' | 'persona' | 'service' | 'firstTime' | 'planId' | 'againOf'
>

/** Starts an errand and makes it the one that is being walked. */
export async function startWalk(
  database: WinceDatabase,
  surroundings: Surroundings,
  start: WalkStart,
  followed: Pick<KeptWalk, 'tabIds' | 'origins'>,
): Promise<KeptWalk> {
  const walk: KeptWalk = {
    ...start,
    ...followed,
    unseenTabIds: [],
    id: newId(surroundings),
    kind: 'errand',
    state: 'walking',
    startedAt: surroundings.now(),
    endedAt: null,
    nextSeq: 1,
    sentParts: 0,
    sentSeq: 0,
    debrief: null,
  }
  await write(database, ['walk', 'meta'], async (transaction) => {
    await transaction.objectStore('walk').add(walk)
    await transaction.objectStore('meta').put(walk.id, 'activeWalkId')
  })
  return walk
}

/** The walk that is going on, if any. */
export async function findActiveWalk(database: WinceDatabase): Promise<KeptWalk | undefined> {
  const id = await getMeta(database, 'activeWalkId')
  return id === null ? undefined : database.get('walk', id)
}

export async function listWalks(database: WinceDatabase): Promise<KeptWalk[]> {
  const walks = await database.getAll('walk')
  return walks.toSorted((one, other) => other.startedAt - one.startedAt)
}

/** Ended, and nobody was told; of a timeline that was taken back nobody will be. */
export function hasUnsentEnd(walk: KeptWalk): boolean {
  return walk.state === 'done' && walk.endSent !== true && walk.takenBack == null
}

/** A walk's steps in order; with `afterSeq`, only the later ones. */
export async function listSteps(
  database: WinceDatabase,
  walkId: string,
  afterSeq = 0,
): Promise<Step[]> {
  const rows = await database.getAll(
    'step',
    IDBKeyRange.bound([walkId, afterSeq + 1], [walkId, Infinity]),
  )
  return rows.map((row) => row.step)
}

/** Adds a step at the end of a walk. A walk that is done or gone takes none, and says so with false. */
export async function appendStep(
  database: WinceDatabase,
  surroundings: Surroundings,
  walkId: string,
  draft: StepDraft,
): Promise<boolean> {
  return write(database, ['walk', 'step'], async (transaction) => {
    const walk = await transaction.objectStore('walk').get(walkId)
    if (walk === undefined || walk.state === 'done') return false
    const step = { ...draft, at: draft.at ?? surroundings.now(), seq: walk.nextSeq } as Step
    await transaction.objectStore('step').add({ walkId, step })
    await transaction.objectStore('walk').put({ ...walk, nextSeq: walk.nextSeq + 1 })
    return true
  })
}

/** Changes what may be changed of a walk: its state, what is followed, the debrief. */
export async function changeWalk(
  database: WinceDatabase,
  walkId: string,
  change: Partial<Pick<KeptWalk, 'state' | 'endedAt' | 'debrief' | 'tabIds' | 'origins'>>,
): Promise<void> {
  await write(database, ['walk', 'meta'], async (transaction) => {
    const walk = await transaction.objectStore('walk').get(walkId)
    if (walk === undefined) return
    const isNews = change.state !== undefined || change.debrief !== undefined
    await transaction
      .objectStore('walk')
      .put({ ...walk, ...change, ...(isNews && { endSent: false }) })
    if (
      change.state === 'done' &&
      (await getMetaIn(transaction.objectStore('meta'), 'activeWalkId')) === walkId
    ) {
      await transaction.objectStore('meta').put(null, 'activeWalkId')
    }
  })
}

/** Ends a walk where it stands. */
export async function endWalk(
  database: WinceDatabase,
  surroundings: Surroundings,
  walkId: string,
): Promise<void> {
  await changeWalk(database, walkId, { state: 'done', endedAt: surroundings.now() })
}

export async function setDebrief(
  database: WinceDatabase,
  walkId: string,
  debrief: Debrief,
): Promise<void> {
  await changeWalk(database, walkId, { debrief })
}

/** A walk is paused when its last word on pausing says so. */
export function isPaused(steps: readonly Step[]): boolean {
  return (
    steps.findLast((step) => step.kind === 'paused' || step.kind === 'resumed')?.kind === 'paused'
  )
}

/** A call goes on until its last word is that it ended. */
export function isOnCall(steps: readonly Step[]): boolean {
  return steps.findLast(({ kind }) => kind === 'dial' || kind === 'call-end')?.kind === 'dial'
}
