import type { Call, CallEnd } from '#shared/call'
import type { Step } from '#shared/step'

import type { StepDraft } from '../walk/walks'

/** What somebody taps on a call. `hold` begins one, or ends the one that runs. */
export type Tap =
  | { kind: 'key'; key: string }
  | { kind: 'said' | 'heard'; words: string }
  | { kind: 'option'; key: string; label: string }
  | { kind: 'asked-again'; thing: string }
  | { kind: 'hold' | 'transfer' | 'person' }
  | { kind: 'call-end'; how: CallEnd }

/** What is said afterwards of a tap that stands: of being passed on, and of the end. */
export type Answer =
  | { of: 'transfer'; toldWhy?: boolean | null; nextKnew?: boolean | null }
  | { of: 'call-end'; solved: 'yes' | 'partly' | 'no' | null }

/** One change to the steps of a walk. */
export type StepChange = { add: StepDraft } | { set: Step } | { remove: number }

type HoldStep = Extract<Step, { kind: 'hold' }>

/** Whoever is put through, passed on or rung off is on hold no longer. */
const ENDS_HOLD: readonly Step['kind'][] = ['person', 'transfer', 'call-end']

/**
 * What a tap writes. A call that is over takes none. Taps follow each other in time, by a
 * millisecond at least, whatever the clock says: that is how Undo knows which was the last.
 *
 * @param sentSeq steps up to this one were sent: they stay, and others say more
 */
export function changesOfTap(call: Call, tap: Tap, now: number, sentSeq: number): StepChange[] {
  if (call.end !== null) return []
  const at = Math.max(now, lastTimeOf(call) + 1)
  if (tap.kind === 'hold') {
    return call.hold === null ? [{ add: { kind: 'hold', at, ms: 0 } }] : endHold(call, at, sentSeq)
  }
  return [
    ...(ENDS_HOLD.includes(tap.kind) ? endHold(call, at, sentSeq) : []),
    { add: { ...tap, at } as StepDraft },
  ]
}

function endHold({ hold }: Call, at: number, sentSeq: number): StepChange[] {
  if (hold === null) return []
  const ended = { kind: 'hold', at: hold.at, ms: at - hold.at } as const
  return [hold.seq > sentSeq ? { set: { ...ended, seq: hold.seq } } : { add: ended }]
}

/**
 * What Undo writes: the last tap never was, and a hold that it ended runs on. Nothing where
 * nothing was tapped; null where it was sent already.
 */
export function changesOfUndo(call: Call, sentSeq: number): StepChange[] | null {
  const last = lastTapOf(call)
  if (last === undefined) return []
  const ended = call.steps.find(
    (step): step is HoldStep =>
      step.kind === 'hold' && step.ms > 0 && step !== last && timeOf(step) === last.at,
  )
  const changes: StepChange[] = [
    ...(last.kind === 'hold' && last.ms > 0 ? reopen(call, last) : [{ remove: last.seq }]),
    ...(ended !== undefined && ENDS_HOLD.includes(last.kind) ? reopen(call, ended) : []),
  ]
  return changes.some((change) => seqOf(change) <= sentSeq) ? null : changes
}

/** What was tapped last; a hold that is over, where it was its end that was tapped. */
export function lastTapOf(call: Call): Step | undefined {
  return call.steps.reduce<Step | undefined>(
    (found, step) => (found === undefined || timeOf(step) >= timeOf(found) ? step : found),
    undefined,
  )
}

/** Where its beginning was sent before it ended, that still stands. */
function reopen(call: Call, hold: HoldStep): StepChange[] {
  const isTold = call.steps.some(
    (step) => step.kind === 'hold' && step.ms === 0 && step.at === hold.at,
  )
  return [isTold ? { remove: hold.seq } : { set: { ...hold, ms: 0 } }]
}

function seqOf(change: StepChange): number {
  return 'remove' in change ? change.remove : 'set' in change ? change.set.seq : Infinity
}

/** What an answer writes; null where what it is about was sent already. */
export function changesOfAnswer(call: Call, answer: Answer, sentSeq: number): StepChange[] | null {
  const { of, ...said } = answer
  const about = of === 'transfer' ? call.transfers.at(-1) : call.end
  if (about == null) return []
  return about.seq <= sentSeq ? null : [{ set: { ...about, ...said } as Step }]
}

/** When a step was tapped, or, of a hold that is over, when that was. */
function timeOf(step: Step): number {
  return step.kind === 'hold' ? step.at + step.ms : step.at
}

function lastTimeOf(call: Call): number {
  return call.steps.reduce((last, step) => Math.max(last, timeOf(step)), call.dialledAt)
}
