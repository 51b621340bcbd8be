import type { Channel, Place } from '#shared/place'
import { type FindPrivate, privateFinder } from '#shared/private-words'
import { toPlaceholders, withoutOwn } from '#shared/sensitive'
import type { Step } from '#shared/step'
import { cutToBytes, toStorableText } from '#shared/text'

import type { KeptWalk, WinceDatabase, WriteTransaction } from '../storage/database'
import type { Surroundings } from '../storage/device'
import { findLastStep } from '../storage/last-step'
import { getMetaIn } from '../storage/meta'
import { write } from '../storage/write'
import { type StepDraft, isPaused, listSteps } from './walks'

/**
 * How they answered. Of the text itself nothing is asked; ids in a subject are replaced, and in both
 * texts what the organisation listed.
 */
export interface Answer {
  channel: Channel
  /** The sender's system, such as `ServiceNow`. */
  system: string
  subject: string
}

const SYSTEM_MAX_BYTES = 120
const SUBJECT_MAX_BYTES = 300

/** Parks an errand until they answer. The customer's clock runs on, nights included. */
export async function parkWalk(
  database: WinceDatabase,
  surroundings: Surroundings,
  walkId: string,
): Promise<void> {
  const wasPaused = isPaused(await listSteps(database, walkId))
  await write(database, ['walk', 'step', 'meta'], async (transaction) => {
    const walk = await transaction.objectStore('walk').get(walkId)
    if (walk === undefined || walk.state === 'waiting') return
    const at = walk.endedAt ?? surroundings.now()
    const steps: StepDraft[] = [
      // What is paused counts for nothing; their time does.
      ...(wasPaused ? [{ kind: 'resumed' as const, at }] : []),
      { kind: 'waiting', at },
    ]
    const parked = await putSteps(transaction, walk, steps)
    await transaction
      .objectStore('walk')
      .put({ ...parked, state: 'waiting', endedAt: null, tabIds: [] })
    if ((await getMetaIn(transaction.objectStore('meta'), 'activeWalkId')) === walkId) {
      await transaction.objectStore('meta').put(null, 'activeWalkId')
    }
  })
}

/**
 * Takes a walk up again: a parked one, or one that was ended too soon and of which nothing
 * was sent since. One walk at a time: while another one goes on, this does nothing and says so.
 *
 * @param answer what ended the wait; null where the walker goes on without one
 */
export async function resumeWalk(
  database: WinceDatabase,
  surroundings: Surroundings,
  walkId: string,
  tabIds: number[],
  answer: Answer | null = null,
): Promise<boolean> {
  return write(database, ['walk', 'step', 'meta'], async (transaction) => {
    const walk = await transaction.objectStore('walk').get(walkId)
    const meta = transaction.objectStore('meta')
    const active = await getMetaIn(meta, 'activeWalkId')
    if (walk === undefined || (active !== null && active !== walkId)) return false
    const at = surroundings.now()
    const { privateWords = [] } = (await getMetaIn(meta, 'pairing')) ?? {}
    const steps: StepDraft[] =
      answer !== null
        ? [answerStep(answer, at, privateFinder(privateWords))]
        : walk.state === 'waiting'
          ? [{ kind: 'resumed', at }]
          : []
    const resumed = await putSteps(transaction, walk, steps)
    await transaction.objectStore('walk').put({
      ...resumed,
      state: 'walking',
      endedAt: null,
      tabIds,
      unseenTabIds: [],
      endSent: false,
    })
    await meta.put(walkId, 'activeWalkId')
    return true
  })
}

/** Adds steps to a walk and gives it back with its next number; the caller writes it. */
async function putSteps(
  transaction: WriteTransaction<'walk' | 'step' | 'meta'>,
  walk: KeptWalk,
  drafts: readonly StepDraft[],
): Promise<KeptWalk> {
  let { nextSeq } = walk
  for (const draft of drafts) {
    const step = { ...draft, seq: nextSeq } as Step
    await transaction.objectStore('step').add({ walkId: walk.id, step })
    nextSeq += 1
  }
  return { ...walk, nextSeq }
}

function answerStep(answer: Answer, at: number, findOwn: FindPrivate): StepDraft {
  const { system, subject } = keptOf(answer, findOwn)
  return {
    kind: 'answer',
    at,
    channel: answer.channel,
    system: orNull(system, SYSTEM_MAX_BYTES),
    subject: orNull(subject, SUBJECT_MAX_BYTES),
  }
}

/** What may be kept of an answer's two texts. */
export function keptOf(
  { system, subject }: Pick<Answer, 'system' | 'subject'>,
  findOwn: FindPrivate,
): Pick<Answer, 'system' | 'subject'> {
  return { system: withoutOwn(system, findOwn), subject: toPlaceholders(subject, findOwn) }
}

function orNull(text: string, maxBytes: number): string | null {
  const storable = cutToBytes(toStorableText(text.replace(/\s+/g, ' ').trim()), maxBytes).trim()
  return storable === '' ? null : storable
}

/** What stands for a system that nobody named. */
const UNNAMED = { email: 'An e-mail', chat: 'A chat' } as const

/**
 * The e-mail or chat that a walk was resumed by, as a place for notes, until the walk goes on
 * elsewhere: a page that Wince sees, a call, another wait.
 */
export async function findReplyPlace(
  database: WinceDatabase,
  walkId: string,
): Promise<Place | null> {
  const last = await findLastStep(database, walkId, ['answer', 'page', 'dial', 'waiting'])
  if (last?.kind !== 'answer' || (last.channel !== 'email' && last.channel !== 'chat')) return null
  const { channel, system, subject } = last
  return { kind: 'reply', channel, system: system ?? UNNAMED[channel], subject: subject ?? '' }
}
