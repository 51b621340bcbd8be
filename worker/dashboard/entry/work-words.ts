import type { Requirement } from '#shared/entry-moves'
import type { EntryState } from '#shared/sync'

import type { Judgement } from './judgement'

/** What a person calls each value of an entry. */
export const FIELD_WORDS: Record<Exclude<keyof Judgement, 'reason'>, string> = {
  title: 'Title',
  impact: 'Impact',
  effort: 'Effort',
  owner: 'Owner',
  cost: 'Cost',
  due: 'Due',
  monthly: 'Customers a month',
  howItHappened: 'How it happened',
  neverAgain: 'How it never happens again',
  whyObvious: 'Why the cause is obvious',
  whys: 'Whys',
  causeAreas: 'Cause area',
  isSystemic: 'Systemic',
  actions: 'Plan',
  measure: 'Measure',
  reviewOn: 'Review day',
  links: 'Links',
  promiseBroken: 'Promise broken',
  accountable: 'Accountable',
}

/** What a button says that moves an entry; from some states the same move is another thing. */
export function moveInWords(from: EntryState, to: EntryState): string {
  switch (to) {
    case 'accepted':
      return 'Accept'
    case 'analyse':
      return 'Find the cause'
    case 'progress':
      return from === 'hold' ? 'Go on' : from === 'analyse' ? 'Start work' : 'Back to work'
    case 'hold':
      return 'Put on hold'
    case 'check':
      return 'Move to Check'
    case 'closed':
      return 'Close'
    case 'declined':
      return 'Decline'
    case 'reopened':
      return 'Reopen'
    default:
      return 'Move'
  }
}

/** The way that most entries take from a state; null where none is more usual than others. */
export const USUAL_MOVE: Partial<Record<EntryState, EntryState>> = {
  new: 'accepted',
  accepted: 'analyse',
  analyse: 'progress',
  progress: 'check',
  hold: 'progress',
  check: 'closed',
  reopened: 'progress',
}

/** Ids of the parts of the page in which each thing is said. */
export const WHERE_SAID: Partial<Record<Requirement, string>> = {
  owner: 'f-owner',
  service: 'f-service',
  impact: 'f-impact',
  effort: 'f-effort',
  cause: 'rc',
  'process-change': 'pl',
  'review-day': 'pl',
  'what-changed': 'h-tell',
  'why-not': 'h-tell',
  'follow-ups': 'h-promises',
}

/** What is met, said as a fact: `Both questions about the cause are answered`. */
export const MET_WORDS: Partial<Record<Requirement, string>> = {
  owner: 'It has one owner',
  cause: 'The cause is known',
  'review-day': 'There is a day to look whether it worked',
  'process-change': 'It says what changes in how we work',
  'what-changed': 'People can be told what changed',
  'follow-ups': 'No customer waits to hear from us',
}
