import type { WalkDetail } from '#shared/api/walk'
import { type Call, type PhoneTotals, phoneTotalsOf } from '#shared/call'
import { toClock } from '#shared/duration'

import { doneInWords, winceCount } from './walk-words'

/** A measure of a walk, and how it was on the earlier one. */
export interface Measure {
  name: string
  before: string | null
  now: string
  /** null where there is nothing to compare with, or no number. */
  change: { way: 'less' | 'more' | 'same'; by: string } | null
}

type Measured = Pick<WalkDetail, 'walk' | 'notes'>
type MeasuredCalls = Measured & { calls: readonly Call[] }

const TIMES = [
  ['Start to end', 'elapsedMs'],
  ['Waiting', 'waitingMs'],
] as const
const COUNTS = [
  ['Signed in', 'signIns'],
  ['Asked again', 'askedAgain'],
  ['Transfers', 'transfers'],
] as const

const PHONE_TIMES = [
  ['Listening to the menu', 'listeningMs'],
  ['On hold', 'holdingMs'],
  ['Longest hold', 'longestHoldMs'],
  ['With a person', 'talkingMs'],
] as const

/** What the calls came to, where there are any: time that led on and time that did not. */
function phoneMeasuresOf(now: MeasuredCalls, then: MeasuredCalls | null): Measure[] {
  if (now.calls.length === 0 && (then?.calls.length ?? 0) === 0) return []
  const before = then && phoneTotalsOf(then.calls)
  const after = phoneTotalsOf(now.calls)
  const measure = (
    name: string,
    of: keyof PhoneTotals,
    say: (value: number) => string,
  ): Measure => {
    const [was, is] = [before?.[of] ?? null, after[of]]
    return {
      name,
      before: before && sayOrNobody(before[of], say),
      now: sayOrNobody(is, say),
      change: before && changeOrNot(was, is, say),
    }
  }
  return [
    ...PHONE_TIMES.map(([name, of]) => measure(name, of, toClock)),
    measure('To a person', 'toPersonMs', toClock),
    measure('Keys to a person', 'keysToPerson', String),
    measure('Dead ends', 'deadEnds', String),
  ]
}

/** Nobody then and nobody now is the same; nobody and somebody is another answer. */
function changeOrNot(
  was: number | null,
  is: number | null,
  say: (value: number) => string,
): Measure['change'] {
  if (was === null || is === null) return was === is ? { way: 'same', by: 'same' } : null
  return changeOf(was, is, say)
}

function sayOrNobody(value: number | null, say: (value: number) => string): string {
  return value === null ? 'nobody' : say(value)
}

/** Then and now. Nothing is better or worse here: a smaller number is less. */
export function measuresOf(now: MeasuredCalls, then: MeasuredCalls | null): Measure[] {
  const measure = (
    name: string,
    of: (walk: Measured) => number,
    say: (value: number) => string,
  ) => ({
    name,
    before: then && say(of(then)),
    now: say(of(now)),
    change: then && changeOf(of(then), of(now), say),
  })
  return [
    ...TIMES.map(([name, total]) => measure(name, ({ walk }) => walk.totals[total], toClock)),
    ...COUNTS.map(([name, total]) => measure(name, ({ walk }) => walk.totals[total], String)),
    ...phoneMeasuresOf(now, then),
    measure('Winces of 2 or 3', winceCount, String),
    {
      name: 'Got it done',
      before: then && done(then),
      now: done(now),
      change: then && done(then) === done(now) ? { way: 'same', by: 'same' } : null,
    },
  ]
}

function changeOf(
  before: number,
  after: number,
  say: (value: number) => string,
): Measure['change'] {
  if (say(before) === say(after)) return { way: 'same', by: 'same' }
  return { way: after < before ? 'less' : 'more', by: say(Math.abs(after - before)) }
}

function done({ walk }: Measured): string {
  return walk.done ?? (walk.state === 'done' ? 'not said' : 'not yet')
}

/** `Shorter, and still not done.` */
export function verdictOf(now: Measured, then: Measured): string {
  const [before, after] = [then.walk.totals.elapsedMs, now.walk.totals.elapsedMs]
  const length =
    toClock(before) === toClock(after) ? 'As long' : after < before ? 'Shorter' : 'Longer'
  const isStill = then.walk.done === now.walk.done
  return `${length}, and ${isStill ? 'still ' : ''}${doneInWords(now.walk)}.`
}
