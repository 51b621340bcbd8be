import type { Step } from '#shared/step'
import { cutToBytes } from '#shared/text'

/** How a call ended. */
export type CallEnd = Extract<Step, { kind: 'call-end' }>['how']

/** A call as its steps tell it. Nothing of it is kept anywhere else. All times are Unix ms. */
export interface Call {
  number: string
  why: string | null
  dialledAt: number
  /** What the menu was told, in order: keys, and words in quotes. */
  path: { choice: string; at: number; seq: number }[]
  /** What the menu said, and after how many choices. */
  heard: { words: string; depth: number; at: number }[]
  /** What the menu offered on a key, and after how many choices. */
  offered: { key: string; label: string; depth: number }[]
  /** Waits on the line that are over. */
  holds: { at: number; ms: number }[]
  /** Waiting on the line now. */
  hold: { seq: number; at: number } | null
  /** How often each thing was asked again. */
  askedAgain: ReadonlyMap<string, number>
  transfers: Extract<Step, { kind: 'transfer' }>[]
  /** Each time somebody answered, and after how many choices. */
  persons: { at: number; depth: number }[]
  end: Extract<Step, { kind: 'call-end' }> | null
  /** Its own steps, in order. */
  steps: Step[]
}

const OWN: ReadonlySet<Step['kind']> = new Set<Step['kind']>([
  'key',
  'said',
  'heard',
  'option',
  'hold',
  'asked-again',
  'transfer',
  'person',
  'call-end',
])

/** As much of what was said as a place takes; the quotes take six bytes. */
const SAID_MAX_BYTES = 74

/** Words said to a menu, as part of a path. */
export function spokenChoice(words: string): string {
  return `“${cutToBytes(words.replace(/[“”]/g, '').trim(), SAID_MAX_BYTES) || '?'}”`
}

/** A call that is being read. */
interface Reading extends Call {
  askedAgain: Map<string, number>
}

/** The calls of a timeline in order. What happens on pages meanwhile belongs to none. */
export function callsOf(steps: readonly Step[]): Call[] {
  const calls: Reading[] = []
  for (const step of steps) {
    if (step.kind === 'dial') calls.push(newCall(step))
    const call = calls.at(-1)
    if (call === undefined || call.end !== null || !OWN.has(step.kind)) continue
    call.steps.push(step)
    take(call, step)
  }
  return calls
}

function newCall(dial: Extract<Step, { kind: 'dial' }>): Reading {
  return {
    number: dial.number,
    why: dial.why,
    dialledAt: dial.at,
    path: [],
    heard: [],
    offered: [],
    holds: [],
    hold: null,
    askedAgain: new Map(),
    transfers: [],
    persons: [],
    end: null,
    steps: [],
  }
}

function take(call: Reading, step: Step): void {
  const depth = call.path.length
  switch (step.kind) {
    case 'key':
      call.path.push({ choice: step.key, at: step.at, seq: step.seq })
      break
    case 'said':
      call.path.push({ choice: spokenChoice(step.words), at: step.at, seq: step.seq })
      break
    case 'heard':
      call.heard.push({ words: step.words, depth, at: step.at })
      break
    case 'option':
      call.offered.push({ key: step.key, label: step.label, depth })
      break
    case 'hold':
      // 0 ms is one that still runs. Where that was sent before it ended, another says how long it was.
      if (step.ms > 0) call.holds.push({ at: step.at, ms: step.ms })
      if (step.ms === 0) call.hold = { seq: step.seq, at: step.at }
      else if (call.hold?.at === step.at) call.hold = null
      break
    case 'asked-again':
      call.askedAgain.set(step.thing, (call.askedAgain.get(step.thing) ?? 0) + 1)
      break
    case 'transfer':
      call.transfers.push(step)
      break
    case 'person':
      call.persons.push({ at: step.at, depth })
      break
    case 'call-end':
      if (step.how === 'human') call.persons.push({ at: step.at, depth })
      call.end = step
      break
    default:
  }
}

/** How a call went, in ms. Listening, holding and talking are its whole length. */
export interface CallTimes {
  lengthMs: number
  /** In the menu: hearing it out, pressing keys. */
  listeningMs: number
  /** On hold, with music or without. */
  holdingMs: number
  /** With a person, less what one was put on hold. */
  talkingMs: number
  longestHoldMs: number
  /** From dialling until somebody first answered; null when nobody did. */
  toPersonMs: number | null
  /** What the menu was told until then; null when nobody answered. */
  keysToPerson: number | null
  askedAgain: number
  /** True for an end that leaves the caller where they were. */
  isDeadEnd: boolean
}

const DEAD_ENDS: readonly CallEnd[] = [
  'voicemail',
  'dead-end',
  'wrong-language',
  'closed',
  'dropped',
  'gave-up',
]

/** True for an end that leaves the caller where they were. */
export function isDeadEnd(how: CallEnd): boolean {
  return DEAD_ENDS.includes(how)
}

/**
 * What a call came to. Times outside of the call, as of a clock that was set, count for nothing.
 *
 * @param until Unix ms to count to while the call goes on
 */
export function timesOf(call: Call, until: number): CallTimes {
  const begin = call.dialledAt
  const end = Math.max(begin, call.end?.at ?? until)
  const holds = [
    ...call.holds.map(({ at, ms }) => ({ from: at, to: at + ms })),
    ...(call.hold === null ? [] : [{ from: call.hold.at, to: end }]),
  ]
  const talks = call.persons.map(({ at }) => ({
    from: at,
    to: call.transfers.find((transfer) => transfer.at >= at)?.at ?? end,
  }))
  const holdingMs = lengthWithin(holds, begin, end)
  const talkingMs = lengthWithin([...holds, ...talks], begin, end) - holdingMs
  const first = call.persons[0]
  return {
    lengthMs: end - begin,
    listeningMs: end - begin - holdingMs - talkingMs,
    holdingMs,
    talkingMs,
    longestHoldMs: holds.reduce(
      (longest, hold) => Math.max(longest, lengthWithin([hold], begin, end)),
      0,
    ),
    toPersonMs: first === undefined ? null : Math.min(Math.max(0, first.at - begin), end - begin),
    keysToPerson: first?.depth ?? null,
    askedAgain: [...call.askedAgain.values()].reduce((sum, each) => sum + each, 0),
    isDeadEnd: call.end !== null && isDeadEnd(call.end.how),
  }
}

interface Span {
  from: number
  to: number
}

/** How much of a stretch of time the spans cover, in ms; what they share counts once. */
function lengthWithin(spans: readonly Span[], begin: number, end: number): number {
  let covered = 0
  let reached = begin
  for (const { from, to } of spans.toSorted((one, other) => one.from - other.from)) {
    const stop = Math.min(to, end)
    covered += Math.max(0, stop - Math.max(from, reached))
    reached = Math.max(reached, stop)
  }
  return covered
}

/** What several calls came to; times in ms. */
export type PhoneTotals = Omit<CallTimes, 'isDeadEnd' | 'askedAgain' | 'lengthMs'> & {
  /** Calls that left the caller where they were. */
  deadEnds: number
}

/**
 * The calls of a walk together. A person counts by the call on which one answered first after
 * dialling; null where nobody ever did. A call of which nobody told the end counts to its last step.
 */
export function phoneTotalsOf(calls: readonly Call[]): PhoneTotals {
  const totals: PhoneTotals = {
    listeningMs: 0,
    holdingMs: 0,
    talkingMs: 0,
    longestHoldMs: 0,
    toPersonMs: null,
    keysToPerson: null,
    deadEnds: 0,
  }
  for (const call of calls) {
    const times = timesOf(call, call.steps.at(-1)?.at ?? call.dialledAt)
    totals.listeningMs += times.listeningMs
    totals.holdingMs += times.holdingMs
    totals.talkingMs += times.talkingMs
    totals.longestHoldMs = Math.max(totals.longestHoldMs, times.longestHoldMs)
    totals.deadEnds += times.isDeadEnd ? 1 : 0
    if (times.toPersonMs !== null && times.toPersonMs < (totals.toPersonMs ?? Infinity)) {
      totals.toPersonMs = times.toPersonMs
      totals.keysToPerson = times.keysToPerson
    }
  }
  return totals
}
