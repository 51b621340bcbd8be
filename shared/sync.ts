import * as v from 'valibot'

import { Id } from '#shared/id'
import { PULL_MAX_ROWS, PUSH_MAX_OPS } from '#shared/limits'
import { Mood } from '#shared/note'
import { Ms, textUpTo } from '#shared/text'

/**
 * The wire version spoken here, and the oldest one still accepted (S-14: N … N−2, 180 days).
 * 2 added `note.recall`, `walk.recall`, their tombstones, `firstWordsAt`, and the steps `waiting` and `answer`.
 */
export const PROTO = 2
export const MIN_PROTO = 1

const epoch = v.pipe(v.number(), v.safeInteger(), v.minValue(1))

/**
 * `POST /v1/sync/push`. Ops are checked one by one, so that one bad op never stops the others;
 * here they are only counted.
 */
export const PushRequest = v.looseObject({
  proto: v.pipe(v.number(), v.safeInteger()),
  deviceId: Id,
  epoch,
  ops: v.pipe(v.array(v.unknown()), v.minLength(1), v.maxLength(PUSH_MAX_OPS)),
})
export type PushRequest = v.InferOutput<typeof PushRequest>

/**
 * Why an op is refused for ever. The op stays on the device, visible, with its words.
 * `device-fork`: another op already took this device's number; the profile was cloned (S-10).
 * `recalled`: the note or timeline was taken back and stays so. `too-late`: it can no longer be taken back.
 */
const REJECT_CODES = [
  'malformed',
  'unknown-kind',
  'too-large',
  'forbidden',
  'device-fork',
  'recalled',
  'too-late',
] as const
export type RejectCode = (typeof REJECT_CODES)[number]

/** What became of one op. `code` is free text here, because a newer server may know more of them. */
export const OpResult = v.looseObject({
  opId: v.nullable(v.string()),
  status: v.picklist(['applied', 'duplicate', 'rejected', 'retry']),
  code: v.optional(v.string()),
  seq: v.optional(v.number()),
})
export type OpResult = v.InferOutput<typeof OpResult>

export const PushResponse = v.looseObject({
  results: v.array(OpResult),
  epoch,
  serverTime: Ms,
  minProto: v.number(),
})
export type PushResponse = v.InferOutput<typeof PushResponse>

/**
 * States of an entry, with the word on screen. Liked entries go Kept → Shared. One whose every
 * note was recalled is `withdrawn`.
 */
export const STATE_WORDS = {
  new: 'New',
  accepted: 'Accepted',
  analyse: 'Analyse',
  progress: 'In progress',
  hold: 'On hold',
  check: 'Check',
  closed: 'Closed',
  declined: 'Declined',
  merged: 'Merged',
  reopened: 'Reopened',
  kept: 'Kept',
  shared: 'Shared',
  withdrawn: 'Taken back',
} as const
export const EntryState = v.picklist(Object.keys(STATE_WORDS) as (keyof typeof STATE_WORDS)[])
export type EntryState = v.InferOutput<typeof EntryState>

/** A row of the device's mirror. Kinds that a client does not know are kept as they are. */
export const PulledNote = v.looseObject({
  type: v.literal('note'),
  id: Id,
  seq: v.number(),
  /** The entry it joined; null while it waits to be grouped. */
  entryId: v.nullable(Id),
})
export type PulledNote = v.InferOutput<typeof PulledNote>

export const PulledEntry = v.looseObject({
  type: v.literal('entry'),
  id: Id,
  seq: v.number(),
  number: v.number(),
  mood: Mood,
  state: EntryState,
  /** Only a title that a reviewer confirmed; null until then. */
  title: v.nullable(v.string()),
  /** The state changed at, Unix ms on the server's clock. */
  changedAt: Ms,
  /**
   * What it means for whoever noted it: what changed, or why not, or why it waits. Left out where
   * nobody said; an older server says nothing of it, nor of the two below.
   */
  said: v.optional(textUpTo(10_000)),
  /** How it was closed; a newer server may know more ways. */
  closedAs: v.optional(v.string()),
  /** On hold until this day, without a time zone. */
  until: v.optional(v.string()),
})
export type PulledEntry = v.InferOutput<typeof PulledEntry>

/** A note, or a walk's timeline, that this person took back, here or elsewhere: nothing of it may stay. */
export const PulledTombstone = v.looseObject({
  type: v.literal('tombstone'),
  id: Id,
  seq: v.number(),
})
export type PulledTombstone = v.InferOutput<typeof PulledTombstone>

/** A line of the plan that is this person's: something to walk, by when. */
export const PulledPlan = v.looseObject({
  type: v.literal('plan'),
  id: Id,
  seq: v.number(),
  kind: v.picklist(['errand', 'call', 'shift']),
  /** The errand in a customer's words, or the number to call; empty for a shift. */
  what: textUpTo(2_000),
  service: v.nullable(textUpTo(200)),
  /** A day without a time zone: `2026-12-05`. */
  due: v.string(),
  state: v.picklist(['open', 'done', 'dropped']),
})
export type PulledPlan = v.InferOutput<typeof PulledPlan>

/** This person is asked to walk an errand again, now that what they noted is said to be fixed. */
export const PulledSecondWalk = v.looseObject({
  type: v.literal('second-walk'),
  id: Id,
  seq: v.number(),
  entryId: Id,
  state: v.picklist(['open', 'walked', 'dropped']),
  askedAt: Ms,
  /** As they walked it before; null where that is not known any more. */
  errand: v.nullable(textUpTo(2_000)),
  persona: v.nullable(textUpTo(200)),
  service: v.nullable(textUpTo(200)),
  /** Where that walk began: an address without anything left out; null where no page was seen. */
  page: v.nullable(textUpTo(2_000)),
})
export type PulledSecondWalk = v.InferOutput<typeof PulledSecondWalk>

export const PullResponse = v.looseObject({
  rows: v.pipe(
    v.array(v.looseObject({ type: v.string(), id: Id, seq: v.number() })),
    v.maxLength(PULL_MAX_ROWS),
  ),
  /** Opaque: bound to workspace, epoch and scope. */
  cursor: v.string(),
  more: v.boolean(),
  epoch,
  serverTime: Ms,
  /**
   * Place of the workspace's newest change: who asked for what is nearby since then need not ask
   * again. A server that tells of nothing nearby does not say it.
   */
  latest: v.optional(v.number()),
  workspace: v.looseObject({
    name: v.string(),
    coverEverything: v.boolean(),
    /** An older server says nothing of it. */
    privateWords: v.optional(v.array(v.string())),
    /** What nobody has walked for longest, half a year at least; null where there is none. Said on the last page. */
    unwalked: v.optional(v.nullable(v.string())),
  }),
})
export type PullResponse = v.InferOutput<typeof PullResponse>
