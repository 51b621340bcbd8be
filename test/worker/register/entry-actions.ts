import { env } from 'cloudflare:workers'
import fc from 'fast-check'

import type { EntryChange, EntryDetail, EntryMove } from '#shared/api/entry'
import type { Role } from '#shared/people'
import { type EntryState, STATE_WORDS } from '#shared/sync'

import { newId } from '../../support/ops'
import type { Member, Workspace } from '../support/workspace'

/** What people of every role try to do with an entry, in any order. */

/** Drawn by hand from R3 and R6, not from the code. */
export const WAYS: Partial<Record<EntryState, readonly EntryState[]>> = {
  new: ['accepted', 'closed', 'declined'],
  accepted: ['analyse', 'closed', 'declined'],
  analyse: ['progress', 'closed', 'declined'],
  progress: ['hold', 'check', 'closed'],
  hold: ['progress'],
  check: ['progress', 'closed'],
  closed: ['reopened'],
  declined: ['reopened'],
  reopened: ['analyse', 'progress', 'declined'],
}
export const REACHABLE = Object.keys(WAYS) as EntryState[]

const STATES = Object.keys(STATE_WORDS) as EntryState[]
/** Onlookers are a fifth, so that most of what is tried is about the entry. */
const TRIED: readonly Role[] = [
  ...(['owner', 'admin', 'reviewer'] as const),
  ...(['owner', 'admin', 'reviewer', 'reviewer', 'owner'] as const),
  ...(['viewer', 'walker'] as const),
]
/** Roles that may do nothing of this. */
export const ONLOOKERS: readonly Role[] = ['viewer', 'walker']

export type Action =
  | { act: 'change'; values: Omit<EntryChange, 'version'> & { ownerIs?: 'reviewer' | 'nobody' } }
  | { act: 'move' | 'stale'; move: Omit<EntryMove, 'version' | 'to'> & { to: EntryState | number } }
  | { act: 'promise' | 'settle' | 'tell' | 'explain' | 'decline' | 'merge' | 'undo' }
  /** Which of its notes leaves for an entry of its own. */
  | { act: 'split'; which: number }

const day = fc.constantFrom('2026-12-24', '2027-01-15')
const someWords = fc.constantFrom('Search matches whole words', 'Nobody reads it', ' ')
const someValues = fc.record(
  {
    ownerIs: fc.constantFrom('reviewer' as const, 'reviewer' as const, 'nobody' as const),
    reason: fc.constant('It is theirs'),
    impact: fc.constantFrom(1, 2, 3, 4, null),
    effort: fc.constantFrom('S', 'S', 'M', 'XL', null),
    cost: fc.constantFrom(0, 0, 900, null),
    due: fc.option(day),
    monthly: fc.option(fc.record({ customers: fc.nat(900), source: fc.constant('desk') })),
    howItHappened: someWords,
    neverAgain: someWords,
    whyObvious: someWords,
    isSystemic: fc.boolean(),
    reviewOn: fc.option(day),
    actions: fc.constantFrom(
      [],
      [{ kind: 'good' as const, words: 'Monday report', by: '', due: null, isDone: false }],
    ),
    title: fc.constantFrom('Search finds nothing', 'Nobody answers'),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Extract<Action, { act: 'change' }>['values']>
const someMove = fc.record(
  {
    /** One of the ways that there are, or any state at all. */
    to: fc.oneof(
      { weight: 4, arbitrary: fc.nat(2) },
      { weight: 1, arbitrary: fc.constantFrom(...STATES) },
    ),
    reason: fc.constantFrom('The supplier', ' '),
    until: day,
    areTold: fc.constantFrom(true, true, false),
    code: fc.constantFrom('successful', 'unsuccessful', 'cannot-fix'),
    note: fc.constant('Done'),
  },
  { requiredKeys: ['to'] },
)
const anAction: fc.Arbitrary<Action> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ act: fc.constant('change' as const), values: someValues }) },
  { weight: 9, arbitrary: fc.record({ act: fc.constant('move' as const), move: someMove }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('stale' as const), move: someMove }) },
  {
    weight: 3,
    arbitrary: fc.record({
      act: fc.constantFrom('promise', 'settle', 'settle', 'tell', 'explain', 'decline'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('merge' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ act: fc.constant('split' as const), which: fc.nat(1) }),
  },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('undo' as const) }) },
)
export const steps = fc.array(fc.tuple(fc.constantFrom(...TRIED), anAction), {
  minLength: 30,
  maxLength: 50,
  size: 'max',
})

const by = (to: EntryState, said: object = {}): [Role, Action] => [
  'reviewer',
  { act: 'move', move: { to, ...said } },
]
const setting = (values: Extract<Action, { act: 'change' }>['values']): [Role, Action] => [
  'reviewer',
  { act: 'change', values },
]
const ENDED = { code: 'successful', note: 'Done' }
/** Through every state once, so that none is left to luck. */
export const WHOLE_WAY: [Role, Action][] = [
  ['viewer', { act: 'move', move: { to: 'accepted' } }],
  by('accepted'),
  by('hold'),
  setting({ ownerIs: 'reviewer', impact: 2, effort: 'M', whyObvious: 'A typo' }),
  by('accepted'),
  by('analyse'),
  by('progress'),
  setting({ ownerIs: 'nobody' }),
  setting({ impact: null }),
  by('hold', { reason: 'The supplier', until: '2026-12-24', areTold: true }),
  by('progress'),
  setting({ reviewOn: '2027-01-15' }),
  ['reviewer', { act: 'stale', move: { to: 'check' } }],
  by('check'),
  ['reviewer', { act: 'tell' }],
  by('closed', ENDED),
  ['reviewer', { act: 'merge' }],
  by('reopened', { reason: 'It is back' }),
  ['reviewer', { act: 'undo' }],
  by('reopened', { reason: 'It is back' }),
  ['viewer', { act: 'split', which: 0 }],
  ['reviewer', { act: 'split', which: 0 }],
  ['reviewer', { act: 'undo' }],
  ['owner', { act: 'decline' }],
  ['reviewer', { act: 'undo' }],
  ['owner', { act: 'decline' }],
  by('reopened', { reason: 'It is back' }),
  by('declined', { reason: 'Not ours' }),
  ['reviewer', { act: 'undo' }],
]

/** An entry with its place, another one beside it, and who may own it. */
export interface Scene {
  problem: { id: string; number: number }
  beside: { id: string; number: number }
  /** Of the problem, the oldest first. */
  noteIds: readonly string[]
  workspace: Workspace
  reviewer: Member
  /** What was decided and not taken back, the last one last. */
  decided: Decided[]
}

/** A decision, and how both entries were before it. */
export interface Decided {
  id: string
  what: 'merge' | 'split' | 'decline'
  before: EntryDetail
  beside: EntryDetail
  /** The entry went somewhere by itself since. */
  hasMoved: boolean
}

/** One thing that one person tries, through the real door where there is one. */
export async function run(
  { problem: { number, id }, beside, noteIds, workspace, reviewer, decided }: Scene,
  { client }: Member,
  action: Action,
  { version, state }: EntryDetail['entry'],
): Promise<unknown> {
  switch (action.act) {
    case 'change': {
      const { ownerIs, ...values } = action.values
      const owner =
        ownerIs === undefined ? {} : { owner: ownerIs === 'nobody' ? null : reviewer.id }
      return client.changeEntry(number, { version, ...values, ...owner })
    }
    case 'move':
    case 'stale': {
      const { to, ...said } = action.move
      const ways = WAYS[state] ?? STATES
      const known = action.act === 'stale' ? version - 1 : version
      return client.moveEntry(number, {
        version: known,
        to: typeof to === 'number' ? (ways[to % ways.length] ?? 'new') : to,
        ...said,
      })
    }
    case 'decline':
      return client.decide({
        id: newId(),
        what: 'decline-entry',
        entry: number,
        reason: 'Not ours',
      })
    case 'merge':
      return client.decide({ id: newId(), what: 'merge', entry: number, into: beside.number })
    case 'split':
      return client.decide({
        id: newId(),
        what: 'split',
        entry: number,
        noteIds: [noteIds[action.which % noteIds.length] ?? ''],
      })
    case 'undo':
      return client.undoDecision(decided.at(-1)?.id ?? newId())
    case 'promise':
      return write(
        `INSERT INTO follow_up (id, workspace_id, entry_id, person_id, since, due_at) VALUES (?1, ?2, ?3, ?4, 1, 1)`,
        newId(),
        workspace.id,
        id,
        workspace.owner.id,
      )
    case 'settle':
      return write(
        `UPDATE follow_up SET settled_at = 2, due_at = NULL, outcome = 'satisfied' WHERE entry_id = ?1`,
        id,
      )
    case 'tell':
    case 'explain':
      return write(
        `INSERT INTO message (id, workspace_id, entry_id, kind, version, you_said, words, by, at)
         SELECT ?1, ?2, ?3, ?4, 1 + count(*), 'You said', 'We did', ?5, 1 FROM message WHERE entry_id = ?3 AND kind = ?4`,
        newId(),
        workspace.id,
        id,
        action.act === 'tell' ? 'changed' : 'explanation',
        workspace.owner.id,
      )
  }
}

async function write(statement: string, ...parameters: string[]) {
  await env.DB.prepare(statement)
    .bind(...parameters)
    .run()
}
