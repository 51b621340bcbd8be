import { type Clock, dueAfterDay } from '#shared/clock'

/**
 * The promise to one customer: first contact within 24 hours of the complaint, and asked and
 * settled within 24 hours of the fix. Only facts are kept; where it stands follows from them.
 * Times are Unix ms.
 */
export interface FollowUpFacts {
  /** When the customer complained. */
  since: number
  /** When they last said that it is not solved; from then on all begins anew. */
  saidNoAt: number | null
  firstContactAt: number | null
  fixedAt: number | null
  settledAt: number | null
  /** What they last said; on an open promise only a no. */
  outcome: Outcome | null
  onTheSpot: boolean
}

export const OUTCOMES = ['satisfied', 'not-satisfied', 'exempt'] as const
type Outcome = (typeof OUTCOMES)[number]

/** Where a promise stands: first contact, the fix, asking whether it is solved, and the end. */
type Stage = 'waiting' | 'fix' | 'check' | 'settled'

export function stageOf({ settledAt, firstContactAt, fixedAt }: FollowUpFacts): Stage {
  if (settledAt !== null) return 'settled'
  if (firstContactAt === null) return 'waiting'
  return fixedAt === null ? 'fix' : 'check'
}

/** First contact, from the complaint or from the customer's last no. */
export function contactClock(facts: FollowUpFacts, runsOnWeekends: boolean): Clock {
  const startedAt = facts.saidNoAt ?? facts.since
  return {
    startedAt,
    dueAt: dueAfterDay(startedAt, runsOnWeekends),
    doneAt: facts.firstContactAt,
  }
}

/** Asked and settled, from the fix; null while there is none. */
export function fixClock(facts: FollowUpFacts, runsOnWeekends: boolean): Clock | null {
  const { fixedAt, settledAt } = facts
  if (fixedAt === null) return null
  return { startedAt: fixedAt, dueAt: dueAfterDay(fixedAt, runsOnWeekends), doneAt: settledAt }
}

/** The clock that runs out first; null where none runs. */
export function dueAtOf(facts: FollowUpFacts, runsOnWeekends: boolean): number | null {
  if (facts.settledAt !== null) return null
  const running = [contactClock(facts, runsOnWeekends), fixClock(facts, runsOnWeekends)].flatMap(
    (clock) => (clock === null || clock.doneAt !== null ? [] : [clock.dueAt]),
  )
  return running.length === 0 ? null : Math.min(...running)
}

/** What is done about a promise, at a time that may be past but not to come. */
export type Act =
  | { what: 'contact'; at: number }
  | { what: 'satisfied'; at: number }
  | { what: 'not-satisfied'; at: number }
  | { what: 'exempt'; at: number }
  /** Put right while the customer was still there. */
  | { what: 'recovered'; at: number }

/** Why something cannot be done about a promise, with the sentence that says so. */
export const REFUSAL_WORDS = {
  settled: 'This promise is settled already.',
  contacted: 'They have heard from us already.',
  'not-fixed': 'Nothing was fixed yet that they could say no to.',
  'too-early': 'That was before they complained.',
  'to-come': 'That is still to come.',
} as const
export type ActRefusal = keyof typeof REFUSAL_WORDS

/**
 * The promise after an act, or why it cannot be done. A no opens a promise again, a settled one
 * too, with a fresh clock: they hear from us within 24 hours of it, and of the next fix.
 */
export function afterAct(
  facts: FollowUpFacts,
  act: Act,
  now: number,
): FollowUpFacts | { refused: ActRefusal } {
  if (act.at > now) return { refused: 'to-come' }
  if (act.at < (facts.saidNoAt ?? facts.since)) return { refused: 'too-early' }
  const { what, at } = act
  if (what === 'not-satisfied') {
    if (facts.fixedAt === null && facts.settledAt === null) return { refused: 'not-fixed' }
    return {
      ...facts,
      saidNoAt: at,
      firstContactAt: null,
      fixedAt: null,
      settledAt: null,
      outcome: 'not-satisfied',
      onTheSpot: false,
    }
  }
  if (facts.settledAt !== null) return { refused: 'settled' }
  switch (what) {
    case 'contact':
      return facts.firstContactAt === null
        ? { ...facts, firstContactAt: at }
        : { refused: 'contacted' }
    case 'exempt':
      return { ...facts, settledAt: at, outcome: 'exempt' }
    case 'satisfied':
    case 'recovered':
      return {
        ...facts,
        // Whoever was asked has heard from us.
        firstContactAt: facts.firstContactAt ?? at,
        settledAt: at,
        outcome: 'satisfied',
        onTheSpot: what === 'recovered',
      }
  }
}

/** Fewer answers than this show no rate. */
const RATE_MIN = 5

/**
 * The share of customers who were asked and whose last answer is that it is solved: a fraction of
 * 1. Exempt promises asked nobody. Null where fewer than five answered.
 */
export function recoveredRate({ satisfied, asked }: { satisfied: number; asked: number }) {
  return asked < RATE_MIN ? null : satisfied / asked
}
