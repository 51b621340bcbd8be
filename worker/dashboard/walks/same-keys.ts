import { type Call, timesOf } from '#shared/call'
import { toClock } from '#shared/duration'
import { choiceKey, numberKey } from '#shared/place-key'
import type { Row, PlaybackNote } from '#shared/playback'

/** A call as it was at one moment of its walk. */
export interface CallMoment {
  number: string
  /** What the menu had been told by then. */
  path: readonly string[]
  /** The hold that this moment is in, or ended with, in ms; null without one. */
  holdMs: number | null
}

const AROUND_HOLD_MS = 10_000

/** The call that goes on at this line of the list; null elsewhere. */
export function callAt(
  calls: readonly Call[],
  { at, steps, on }: Pick<Row<PlaybackNote>, 'at' | 'steps' | 'on'>,
): CallMoment | null {
  if (on !== 'phone') return null
  const call = calls.findLast(({ dialledAt }) => dialledAt <= at)
  if (call === undefined) return null
  const reached = Math.max(at, steps.at(-1)?.at ?? at)
  const hold = call.holds.findLast((each) => each.at <= reached)
  const isNear = hold !== undefined && reached <= hold.at + hold.ms + AROUND_HOLD_MS
  return {
    number: call.number,
    path: call.path.filter((choice) => choice.at <= reached).map(({ choice }) => choice),
    holdMs: isNear ? hold.ms : null,
  }
}

const ENDS = {
  human: 'a person',
  'self-served': 'an answer by the menu',
  voicemail: 'voicemail',
  'dead-end': 'a dead end',
  callback: 'a promise to call back',
  'wrong-language': 'the wrong language',
  closed: 'a closed line',
  dropped: 'a dropped call',
  'gave-up': 'giving up',
  'hung-up': 'hanging up',
} as const

/** Where the same keys led on another walk: `a transfer, 6:50 on hold and then a dropped call`; null where nobody pressed them. */
export function sameKeysElsewhere(
  { number, path }: CallMoment,
  others: readonly Call[],
): string | null {
  if (path.length === 0) return null
  const call = others.find(
    (other) =>
      numberKey(other.number) === numberKey(number) &&
      path.every((choice, depth) => isSame(choice, other.path[depth]?.choice)),
  )
  if (call === undefined) return null
  const { longestHoldMs } = timesOf(call, call.steps.at(-1)?.at ?? call.dialledAt)
  const led = [
    ...(longestHoldMs > 0 ? [`${toClock(longestHoldMs)} on hold`] : []),
    ...(call.transfers.length > 0 ? ['a transfer'] : []),
    ...(call.persons.length > 0 && call.end?.how !== 'human' ? ['a person'] : []),
  ]
  const end = call.end === null ? null : ENDS[call.end.how]
  if (end === null) return led.length === 0 ? null : led.join(', ')
  return led.length === 0 ? end : `${led.join(', ')} and then ${end}`
}

function isSame(choice: string, other: string | undefined): boolean {
  return other !== undefined && choiceKey(choice) === choiceKey(other)
}
