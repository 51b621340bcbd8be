import type { CallPlace } from '#shared/place'
import type { Step } from '#shared/step'

/** A call as its steps tell it. Nothing of it is kept anywhere else, so it survives a closed panel. */
export interface CallState {
  number: string
  why: string | null
  /** Unix ms, as all times here. */
  dialledAt: number
  keys: { key: string; at: number; seq: number }[]
  /** Waiting on the line now, since `at`. */
  hold: { seq: number; at: number } | null
  /** All waits on the line that are over, in ms. */
  heldMs: number
  /** How often each thing was asked again. */
  askedAgain: ReadonlyMap<string, number>
  transfers: number
  end: { how: CallEnd; at: number } | null
  /** The last thing tapped on this call; what Undo takes back. */
  last: Step | null
}
export type CallEnd = Extract<Step, { kind: 'call-end' }>['how']

const TAPPED: readonly Step['kind'][] = ['key', 'hold', 'asked-again', 'transfer', 'call-end']

/** The last call of a walk; null where none was begun. A hold of 0 ms is one that is still running. */
export function callOf(steps: readonly Step[]): CallState | null {
  const begun = steps.findLastIndex((step) => step.kind === 'dial')
  const dial = steps[begun]
  if (dial?.kind !== 'dial') return null
  const askedAgain = new Map<string, number>()
  const call: CallState = {
    number: dial.number,
    why: dial.why,
    dialledAt: dial.at,
    keys: [],
    hold: null,
    heldMs: 0,
    askedAgain,
    transfers: 0,
    end: null,
    last: null,
  }
  for (const step of steps.slice(begun + 1)) {
    if (call.end !== null) break
    if (step.kind === 'key') call.keys.push({ key: step.key, at: step.at, seq: step.seq })
    else if (step.kind === 'hold') {
      call.heldMs += step.ms
      if (step.ms === 0) call.hold = { seq: step.seq, at: step.at }
    } else if (step.kind === 'asked-again')
      askedAgain.set(step.thing, (askedAgain.get(step.thing) ?? 0) + 1)
    else if (step.kind === 'transfer') call.transfers += 1
    else if (step.kind === 'call-end') call.end = { how: step.how, at: step.at }
    if (TAPPED.includes(step.kind)) call.last = step
  }
  return call
}

/** Where in the menu one is now. */
export function callPlace(call: CallState): CallPlace {
  return { kind: 'call', number: call.number, keys: call.keys.map(({ key }) => key).slice(-40) }
}
