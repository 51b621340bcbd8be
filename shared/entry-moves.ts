import * as v from 'valibot'

import type { Effort, Impact } from '#shared/entry'
import type { EntryState } from '#shared/sync'

/** All that decides where an entry of the register may go. Empty texts say nothing. */
export interface EntryFacts {
  state: EntryState
  owner: string | null
  service: string | null
  impact: Impact | null
  effort: Effort | null
  /** In whole units of the workspace's money; 0 is free. */
  cost: number | null
  /** How did it happen, and how do we make sure that it never does again? */
  howItHappened: string
  neverAgain: string
  /** Why the two questions need no answer: the cause is obvious. */
  whyObvious: string
  /** The cause is in how we work, and comes back elsewhere. */
  isSystemic: boolean
  /** What changes in how we work, so that it stays away. */
  processChange: string
  /** Days without a time zone. */
  reviewOn: string | null
  holdUntil: string | null
  holdReason: string
  /** The customers who wait were told that it is on hold. */
  areTold: boolean
  closeCode: CloseCode | null
  closeNote: string
  whatChanged: string
  /** Why it cannot be fixed, in words for customers. */
  whyNot: string
  declineReason: string
  reopenReason: string
  /** Promises to customers that are neither kept nor exempt. */
  openFollowUps: number
}

/** How an entry was closed. What cannot be fixed is explained, never dropped. */
export const CloseCode = v.picklist(['successful', 'unsuccessful', 'cannot-fix'])
export type CloseCode = v.InferOutput<typeof CloseCode>

export const CLOSE_WORDS: Record<CloseCode, string> = {
  successful: 'It is better now',
  unsuccessful: 'We tried, and it did not help',
  'cannot-fix': 'We can’t fix it, and explain why',
}

/** What a move asks for, with the sentence that says how to meet it. */
export const REQUIREMENT_WORDS = {
  owner: 'Give it one owner',
  service: 'Say which service it is about',
  impact: 'Say what it costs customers',
  effort: 'Say how long a fix would take',
  free: 'Only what costs nothing and takes a day closes at once',
  'cannot-fix': 'Without a look whether it worked, only what cannot be fixed closes from here',
  cause: 'Answer both questions about the cause, or say why it is obvious',
  'process-change': 'Say what changes in how we work: it is systemic, or costs customers hours',
  'review-day': 'Set the day on which you look whether it worked',
  'hold-reason': 'Say why it waits',
  'hold-until': 'Say until when it waits',
  'customers-told': 'Tell the customers who wait for it',
  'close-code': 'Say how it ended',
  'close-note': 'Say in a line what was done',
  'what-changed': 'Say what changed, in words for customers',
  'why-not': 'Explain to customers why it cannot be fixed',
  'follow-ups': 'Settle what customers were promised first',
  reason: 'Say why',
} as const
export type Requirement = keyof typeof REQUIREMENT_WORDS

/** Where a person may move an entry. Merging, taking back and thanking are not moves of this kind. */
const MOVES: Partial<Record<EntryState, readonly EntryState[]>> = {
  new: ['accepted', 'closed', 'declined'],
  accepted: ['analyse', 'closed', 'declined'],
  analyse: ['progress', 'closed', 'declined'],
  progress: ['hold', 'check', 'closed'],
  hold: ['progress'],
  check: ['closed', 'progress'],
  closed: ['reopened'],
  declined: ['reopened'],
  reopened: ['analyse', 'progress', 'declined'],
}

export function movesFrom(state: EntryState): readonly EntryState[] {
  return MOVES[state] ?? []
}

/** From here on impact is high: hours, or work and care. Such is asked for a change in how we work. */
const HIGH_IMPACT: Impact = 3

/**
 * What is still missing for a move; none where it may be made. Null for a move that there is not.
 *
 * @see the register's states and what each asks for: R3, R4 and R6
 */
export function missingFor(entry: EntryFacts, to: EntryState): Requirement[] | null {
  if (!movesFrom(entry.state).includes(to)) return null
  return requirementsOf(entry, to).flatMap(([requirement, isMet]) => (isMet ? [] : [requirement]))
}

/** States whose entries keep what they were let in for. */
const JUDGED_STATES: readonly EntryState[] = ['accepted', 'analyse', 'progress', 'hold', 'check']
const CAUSE_STATES: readonly EntryState[] = ['progress', 'hold', 'check']

/** What a change would take away that the entry needs to be where it is; none where it may be made. */
export function lostBy(before: EntryFacts, after: EntryFacts): Requirement[] {
  const kept = new Set(heldIn(before).flatMap(([requirement, isMet]) => (isMet ? requirement : [])))
  return heldIn(after).flatMap(([requirement, isMet]) =>
    !isMet && kept.has(requirement) ? requirement : [],
  )
}

function heldIn(entry: EntryFacts): Asked[] {
  const { state } = entry
  return [
    ...(JUDGED_STATES.includes(state) ? judged(entry) : []),
    ...(CAUSE_STATES.includes(state) ? [['cause', isCauseKnown(entry)] as const] : []),
    ...(state === 'check' ? checked(entry) : []),
  ]
}

/** What is to be done before it closes, met or not, whatever way it takes there from where it is. */
export function beforeClosing(entry: EntryFacts): { requirement: Requirement; isMet: boolean }[] {
  const told = isSaid(entry.whatChanged) || isSaid(entry.whyNot)
  const isShort =
    ['new', 'accepted'].includes(entry.state) && entry.cost === 0 && entry.effort === 'S'
  const asked: Asked[] = [
    ['owner', entry.owner !== null],
    ...(isShort
      ? []
      : [
          ['cause', isCauseKnown(entry)] as const,
          ['review-day', entry.reviewOn !== null] as const,
          ...(asksForProcessChange(entry)
            ? [['process-change', isSaid(entry.processChange)] as const]
            : []),
        ]),
    ['what-changed', told],
    ['follow-ups', entry.openFollowUps === 0],
  ]
  return asked.map(([requirement, isMet]) => ({ requirement, isMet }))
}

type Asked = readonly [requirement: Requirement, isMet: boolean]

function requirementsOf(entry: EntryFacts, to: EntryState): Asked[] {
  switch (to) {
    case 'accepted':
    case 'analyse':
      return judged(entry)
    // What came back, from a hold or a check too, is not let in for less than the first time.
    case 'progress':
      return [...judged(entry), ['cause', isCauseKnown(entry)]]
    case 'hold':
      return [
        ['hold-reason', isSaid(entry.holdReason)],
        ['hold-until', entry.holdUntil !== null],
        ['customers-told', entry.areTold],
      ]
    case 'check':
      return checked(entry)
    case 'closed':
      return [...short(entry), ...ended(entry)]
    case 'declined':
      return [['reason', isSaid(entry.declineReason)]]
    case 'reopened':
      return [['reason', isSaid(entry.reopenReason)]]
    default:
      return []
  }
}

function checked(entry: EntryFacts): Asked[] {
  return [
    ['review-day', entry.reviewOn !== null],
    ['process-change', !asksForProcessChange(entry) || isSaid(entry.processChange)],
  ]
}

function judged({ owner, service, impact, effort }: EntryFacts): Asked[] {
  return [
    ['owner', owner !== null],
    ['service', service !== null],
    ['impact', impact !== null],
    ['effort', effort !== null],
  ]
}

/** What is free to fix closes without analysis; what turns out not to be fixable, without a check. */
function short({ state, owner, cost, effort, closeCode }: EntryFacts): Asked[] {
  switch (state) {
    case 'new':
    case 'accepted':
      return [
        ['owner', owner !== null],
        ['free', cost === 0 && effort === 'S'],
      ]
    case 'analyse':
    case 'progress':
      return [['cannot-fix', closeCode === 'cannot-fix']]
    default:
      return []
  }
}

function ended(entry: EntryFacts): Asked[] {
  const { closeCode, closeNote, whatChanged, whyNot, openFollowUps } = entry
  const told: Asked =
    closeCode === 'cannot-fix' ? ['why-not', isSaid(whyNot)] : ['what-changed', isSaid(whatChanged)]
  return [
    ['close-code', closeCode !== null],
    ['close-note', isSaid(closeNote)],
    told,
    ['follow-ups', openFollowUps === 0],
  ]
}

function isCauseKnown({ howItHappened, neverAgain, whyObvious }: EntryFacts): boolean {
  return (isSaid(howItHappened) && isSaid(neverAgain)) || isSaid(whyObvious)
}

function asksForProcessChange({ isSystemic, impact }: EntryFacts): boolean {
  return isSystemic || (impact ?? 0) >= HIGH_IMPACT
}

function isSaid(text: string): boolean {
  return text.trim() !== ''
}
