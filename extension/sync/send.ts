import * as v from 'valibot'

import { Note } from '#shared/note'
import type { Op } from '#shared/op'
import { Step } from '#shared/step'
import { toStorableText } from '#shared/text'
import { Walk, WalkPart, totalsOf } from '#shared/walk'

import {
  type KeptNote,
  type KeptWalk,
  type Pairing,
  type WinceDatabase,
  pendingFor,
} from '../storage/database'
import { type Surroundings, deviceIdIn, newId } from '../storage/device'
import { getMetaIn } from '../storage/meta'
import { write } from '../storage/write'
import { partsOf } from './walk-parts'

/** One thing that will leave, exactly as it will leave. */
export type Payload = { kind: 'walk.part'; payload: WalkPart } | { kind: 'note.add'; payload: Note }

/** All that one Send lets go. The preview draws this, and the request bodies hold this (DECISIONS 6). */
export interface Parcel {
  payloads: Payload[]
  /** The walks' last steps in it, so that the next Send goes on from there. */
  sentSteps: { walkId: string; part: number; seq: number }[]
  /** Hashes of the pictures that will follow. */
  pictures: string[]
  /** Entries that notes in it are the same as: the number of each, by its id. */
  entryNumbers: Record<string, number>
  /** Notes and walks that no server would take as they are, by id; they hold up nothing else. */
  unfit: string[]
}

/**
 * Puts together what Send would let go: notes that are kept and not left out, and of each of
 * their walks what happened since the part before.
 *
 * @param steps of a walk, those after its last sent one
 */
export function packParcel(
  walks: readonly { walk: KeptWalk; steps: readonly Step[]; allSteps: readonly Step[] }[],
  notes: readonly KeptNote[],
  now: number,
): Parcel {
  const parcel: Parcel = { payloads: [], sentSteps: [], pictures: [], entryNumbers: {}, unfit: [] }
  for (const { walk, steps, allSteps } of walks) {
    // Of a timeline that was taken back no server would take more.
    if (walk.takenBack != null) continue
    const totals = totalsOf(walk, allSteps, now)
    let part = walk.sentParts
    const fitting = steps.map(toStorable).filter((step) => v.is(Step, step))
    for (const chunk of partsOf(fitting)) {
      part += 1
      const debrief = toStorable(walk.debrief)
      const payload = v.safeParse(WalkPart, {
        walk: walkOf(walk),
        part,
        steps: chunk,
        totals,
        debrief,
      })
      if (!payload.success) {
        parcel.unfit.push(walk.id)
        break
      }
      parcel.payloads.push({ kind: 'walk.part', payload: payload.output })
      parcel.sentSteps.push({ walkId: walk.id, part, seq: chunk.at(-1)?.seq ?? walk.sentSeq })
    }
  }
  for (const note of notes) {
    if (note.leftOut || (note.state !== 'kept' && note.state !== 'refused')) continue
    const payload = noteOf(note)
    if (payload === undefined) {
      parcel.unfit.push(note.id)
      continue
    }
    parcel.payloads.push({ kind: 'note.add', payload })
    if (note.sameAs) parcel.entryNumbers[note.sameAs.entryId] = note.sameAs.number
    for (const { sha256 } of note.attachments) parcel.pictures.push(sha256)
  }
  return parcel
}

/** The same value with every text in it as a database can keep it (S-16). */
function toStorable<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value), (_key, each: unknown) =>
    typeof each === 'string' ? toStorableText(each) : each,
  ) as Value
}

function walkOf(walk: KeptWalk): Walk {
  const { id, kind, state, errand, persona, service, firstTime, startedAt, endedAt } = walk
  const { planId, againOf } = walk
  return toStorable({
    id,
    kind,
    state,
    errand,
    persona,
    service,
    firstTime,
    startedAt,
    endedAt,
    ...(planId == null ? {} : { planId }),
    ...(againOf == null ? {} : { againOf }),
  })
}

/** @returns undefined for a note that is too long or otherwise not fit to be sent */
function noteOf(note: KeptNote): Note | undefined {
  const { id, walkId, source, at, mood, place, service, attachments } = note
  const embarrassed = mood === 'embarrassed'
  const payload = toStorable({
    id,
    walkId,
    source,
    at,
    mood,
    kind: embarrassed ? note.kind : null,
    wince: embarrassed ? note.wince : null,
    money: embarrassed ? note.money : null,
    words: note.words,
    firstWords: note.firstWords ?? note.words,
    // No clock says when a customer was at the desk.
    firstWordsAt: source === 'shift' ? null : (note.firstWordsAt ?? null),
    expected: note.expected,
    service,
    place,
    attachments,
    ...(note.sameAs ? { sameAs: note.sameAs.entryId } : {}),
    ...(note.owed ? { owed: note.owed } : {}),
  })
  const parsed = v.safeParse(Note, payload)
  return parsed.success ? parsed.output : undefined
}

/** The part says that the walk is done, and nothing about that changed since the preview. */
function isWholeEnd(walk: KeptWalk, { walk: sent, debrief }: WalkPart): boolean {
  return (
    walk.state === 'done' &&
    sent.state === 'done' &&
    JSON.stringify(toStorable(walk.debrief)) === JSON.stringify(debrief)
  )
}

/**
 * Send: mints the ops of a parcel and marks what they hold as queued, in one transaction.
 * Before it resolves the courier sees nothing; after it, everything arrives in this order.
 * A note that was sent, changed or removed since the preview is left where it is, and its op
 * is not minted: what leaves is what was seen.
 *
 * @returns the ids of the ops minted
 */
export async function mintOps(
  database: WinceDatabase,
  surroundings: Surroundings,
  pairing: Pairing,
  parcel: Parcel,
): Promise<string[]> {
  return write(database, ['note', 'walk', 'picture', 'outbox', 'meta'], async (transaction) => {
    await deviceIdIn(transaction.objectStore('meta'), surroundings)
    const { server, workspaceId, personId } = pairing
    let mid = await getMetaIn(transaction.objectStore('meta'), 'nextMid')
    const minted: string[] = []
    const sendId = newId(surroundings)
    for (const { kind, payload } of parcel.payloads) {
      if (kind === 'note.add') {
        const note = await transaction.objectStore('note').get(payload.id)
        if (note === undefined || JSON.stringify(noteOf(note)) !== JSON.stringify(payload)) continue
        if (note.state !== 'kept' && note.state !== 'refused') continue
        await transaction.objectStore('note').put({
          ...note,
          state: 'queued',
          refusedCode: null,
          recallCode: null,
          sendId,
        })
        for (const { sha256 } of payload.attachments) {
          const picture = await transaction.objectStore('picture').get(sha256)
          // Also one that was stored or refused before: it may be gone there by now.
          if (picture) await transaction.objectStore('picture').put(pendingFor(picture, pairing))
        }
      } else {
        const walk = await transaction.objectStore('walk').get(payload.walk.id)
        if (walk === undefined || walk.takenBack != null) continue
        if (walk.sentParts !== payload.part - 1) continue
        const sent = parcel.sentSteps.find(
          (each) => each.walkId === walk.id && each.part === payload.part,
        )
        await transaction.objectStore('walk').put({
          ...walk,
          sentParts: payload.part,
          sentSeq: Math.max(walk.sentSeq, sent?.seq ?? 0),
          endSent: isWholeEnd(walk, payload),
          sendId,
          sentAt: null,
          recallCode: null,
        })
      }
      const at = surroundings.now()
      const opId = newId(surroundings)
      const op = { opId, mid, at, kind, payload } as Op
      await transaction.objectStore('outbox').add({
        opId,
        mid,
        receiver: { server, workspaceId, personId },
        op,
        state: 'waiting',
        tried: false,
        code: null,
        seq: null,
        queuedAt: at,
        settledAt: null,
      })
      minted.push(opId)
      mid += 1
    }
    await transaction.objectStore('meta').put(mid, 'nextMid')
    return minted
  })
}
