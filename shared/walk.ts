import * as v from 'valibot'

import { Id } from '#shared/id'
import { FIELD_MAX_BYTES, PART_MAX_BYTES, PART_MAX_STEPS } from '#shared/limits'
import { Step } from '#shared/step'
import { DurationMs, Ms, textUpTo, utf8Length } from '#shared/text'

export const WalkState = v.picklist(['walking', 'waiting', 'done'])
export type WalkState = v.InferOutput<typeof WalkState>

/** One outing in a customer's shoes, as its walker set out. Everything but Start is optional. */
export const Walk = v.looseObject({
  id: Id,
  kind: v.picklist(['errand', 'shift']),
  state: WalkState,
  /** In the customer's words: "my laptop won't join the Wi-Fi". */
  errand: v.nullable(textUpTo(2_000)),
  persona: v.nullable(textUpTo(200)),
  service: v.nullable(textUpTo(200)),
  firstTime: v.nullable(v.boolean()),
  startedAt: Ms,
  endedAt: v.nullable(Ms),
  /** The line of the plan that it carries out. An older server knows nothing of it. */
  planId: v.optional(v.nullable(Id)),
  /** The entry of which it walks the errand again, after the fix. An older server knows nothing of it. */
  againOf: v.optional(v.nullable(Id)),
})
export type Walk = v.InferOutput<typeof Walk>

export const Debrief = v.looseObject({
  done: v.nullable(v.picklist(['yes', 'partly', 'no'])),
  /** 1 none at all … 7 far too much. */
  effort: v.nullable(v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(7))),
  line: v.nullable(textUpTo(FIELD_MAX_BYTES)),
  fixFirst: v.nullable(Id),
  /** The desk's own reference of a request that the walk left behind, so that it can be withdrawn. */
  leftBehind: v.optional(v.nullable(textUpTo(120))),
})
export type Debrief = v.InferOutput<typeof Debrief>

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

export const Totals = v.looseObject({
  /** From start to end, less pauses. */
  elapsedMs: DurationMs,
  waitingMs: DurationMs,
  longestHoldMs: DurationMs,
  pages: count,
  clicks: count,
  keys: count,
  signIns: count,
  askedAgain: count,
  backs: count,
  transfers: count,
  /** Keys pressed before a person answered; null when nobody did. */
  keysToHuman: v.nullable(count),
})
export type Totals = v.InferOutput<typeof Totals>

/** What one Send says of a walk: the walk as it stands, and the timeline since the part before. */
export const WalkPart = v.pipe(
  v.looseObject({
    walk: Walk,
    /** Counts from 1; sending a part twice changes nothing. */
    part: v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(1_000)),
    steps: v.pipe(v.array(Step), v.maxLength(PART_MAX_STEPS)),
    totals: Totals,
    debrief: v.nullable(Debrief),
  }),
  v.check(
    (part) => utf8Length(JSON.stringify(part.steps)) <= PART_MAX_BYTES,
    `steps hold more than ${PART_MAX_BYTES} bytes`,
  ),
)
export type WalkPart = v.InferOutput<typeof WalkPart>

/**
 * What a walk came to, from its steps alone. Holds are part of waiting, and so is the time until
 * they answered; time between `paused` and `resumed` counts for nothing.
 *
 * @param until Unix ms to count to while the walk goes on
 */
export function totalsOf(
  walk: Pick<Walk, 'startedAt' | 'endedAt'>,
  steps: readonly Step[],
  until: number,
): Totals {
  const totals: Totals = {
    elapsedMs: 0,
    waitingMs: 0,
    longestHoldMs: 0,
    pages: 0,
    clicks: 0,
    keys: 0,
    signIns: 0,
    askedAgain: 0,
    backs: 0,
    transfers: 0,
    keysToHuman: null,
  }
  const end = walk.endedAt ?? until
  let pausedAt: number | undefined
  let pausedMs = 0
  let awaitedSince: number | undefined
  let keysThisCall = 0
  for (const step of steps) {
    // Whatever happens next on the walk ends the wait for them.
    if (awaitedSince !== undefined) totals.waitingMs += Math.max(0, step.at - awaitedSince)
    awaitedSince = undefined
    switch (step.kind) {
      case 'page':
        totals.pages += 1
        break
      case 'click':
        totals.clicks += 1
        break
      case 'wait':
        totals.waitingMs += step.ms
        break
      case 'hold':
        totals.waitingMs += step.ms
        totals.longestHoldMs = Math.max(totals.longestHoldMs, step.ms)
        break
      case 'sign-in':
        totals.signIns += 1
        break
      case 'back':
        totals.backs += 1
        break
      case 'asked-again':
        totals.askedAgain += 1
        break
      case 'transfer':
        totals.transfers += 1
        break
      case 'dial':
        keysThisCall = 0
        break
      case 'key':
      case 'said':
        totals.keys += 1
        keysThisCall += 1
        break
      case 'person':
        totals.keysToHuman = Math.min(totals.keysToHuman ?? keysThisCall, keysThisCall)
        break
      case 'call-end':
        if (step.how === 'human')
          totals.keysToHuman = Math.min(totals.keysToHuman ?? keysThisCall, keysThisCall)
        break
      case 'paused':
        pausedAt ??= step.at
        break
      case 'resumed':
        if (awaitedSince !== undefined) totals.waitingMs += Math.max(0, end - awaitedSince)
        if (pausedAt !== undefined) pausedMs += Math.max(0, step.at - pausedAt)
        pausedAt = undefined
        break
      case 'waiting':
        awaitedSince = step.at
        break
      case 'error':
      case 'unseen':
      case 'answer':
      case 'heard':
      case 'option':
      case 'contact':
        break
    }
  }
  if (awaitedSince !== undefined) totals.waitingMs += Math.max(0, end - awaitedSince)
  if (pausedAt !== undefined) pausedMs += Math.max(0, end - pausedAt)
  // A clock that was set far off must not make a walk that cannot be sent.
  const elapsedMs = Math.round(end - walk.startedAt - pausedMs)
  totals.elapsedMs = Math.min(Math.max(0, elapsedMs), Number.MAX_SAFE_INTEGER)
  return totals
}
