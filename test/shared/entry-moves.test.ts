import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import {
  type EntryFacts,
  REQUIREMENT_WORDS,
  lostBy,
  missingFor,
  movesFrom,
} from '#shared/entry-moves'
import { type EntryState, STATE_WORDS } from '#shared/sync'

const FRESH: EntryFacts = {
  state: 'new',
  owner: null,
  service: null,
  impact: null,
  effort: null,
  cost: null,
  howItHappened: '',
  neverAgain: '',
  whyObvious: '',
  isSystemic: false,
  processChange: '',
  reviewOn: null,
  holdUntil: null,
  holdReason: '',
  areTold: false,
  closeCode: null,
  closeNote: '',
  whatChanged: '',
  whyNot: '',
  declineReason: '',
  reopenReason: '',
  openFollowUps: 0,
}
const JUDGED: Partial<EntryFacts> = { owner: 'p', service: 'Wi-Fi', impact: 3, effort: 'M' }
const ENDED: Partial<EntryFacts> = {
  closeCode: 'successful',
  closeNote: 'The form has the customers’ name',
  whatChanged: 'You said, we did',
}
const missing = (to: EntryState, ...known: Partial<EntryFacts>[]) =>
  missingFor(Object.assign({}, FRESH, ...known) as EntryFacts, to)

describe('an entry', () => {
  test('is accepted with one owner, a service, its impact and its effort', () => {
    expect(missing('accepted')).toEqual(['owner', 'service', 'impact', 'effort'])
    expect(missing('accepted', JUDGED)).toEqual([])
  })

  test('that is free to fix closes at once, and no other does', () => {
    const free: Partial<EntryFacts> = { owner: 'p', cost: 0, effort: 'S' }
    expect(missing('closed', free, ENDED)).toEqual([])
    expect(missing('closed', { state: 'accepted' }, free, ENDED)).toEqual([])
    expect(missing('closed', free, ENDED, { cost: 1 })).toEqual(['free'])
    expect(missing('closed', free, ENDED, { cost: null })).toEqual(['free'])
    expect(missing('closed', free, ENDED, { effort: 'M' })).toEqual(['free'])
    expect(missing('closed', free, ENDED, { owner: null })).toEqual(['owner'])
  })

  test('is worked on once both questions are answered, or the cause is obvious', () => {
    const analysed: Partial<EntryFacts> = { state: 'analyse', ...JUDGED }
    expect(missing('progress', analysed, { howItHappened: 'Nobody asked' })).toEqual(['cause'])
    expect(
      missing('progress', analysed, { howItHappened: 'Nobody asked', neverAgain: 'We ask' }),
    ).toEqual([])
    expect(missing('progress', analysed, { whyObvious: ' ' })).toEqual(['cause'])
    expect(missing('progress', analysed, { whyObvious: 'A typo' })).toEqual([])
  })

  test('waits with a reason, a day, and customers who know', () => {
    expect(missing('hold', { state: 'progress' })).toEqual([
      'hold-reason',
      'hold-until',
      'customers-told',
    ])
  })

  test('that is systemic or costs hours asks for a change in how we work', () => {
    const fixed: Partial<EntryFacts> = { state: 'progress', reviewOn: '2026-12-24' }
    expect(missing('check', fixed, { impact: 2 })).toEqual([])
    expect(missing('check', fixed, { impact: 3 })).toEqual(['process-change'])
    expect(missing('check', fixed, { isSystemic: true })).toEqual(['process-change'])
    expect(missing('check', fixed, { isSystemic: true, processChange: 'We ask' })).toEqual([])
    expect(missing('check', fixed, { reviewOn: null })).toEqual(['review-day'])
  })

  test('closes only once every promise is settled, and what cannot be fixed is explained', () => {
    const checked: Partial<EntryFacts> = { state: 'check' }
    expect(missing('closed', checked, ENDED)).toEqual([])
    expect(missing('closed', checked, ENDED, { openFollowUps: 1 })).toEqual(['follow-ups'])
    expect(missing('closed', checked, ENDED, { closeCode: 'cannot-fix' })).toEqual(['why-not'])
    expect(missing('closed', checked)).toEqual(['close-code', 'close-note', 'what-changed'])
  })

  test('that turns out not to be fixable closes without a check, and nothing else does', () => {
    const begun: Partial<EntryFacts> = { state: 'progress', ...ENDED }
    expect(missing('closed', begun)).toEqual(['cannot-fix'])
    expect(missing('closed', begun, { closeCode: 'cannot-fix', whyNot: 'The law' })).toEqual([])
    expect(missing('closed', begun, { state: 'analyse', closeCode: 'cannot-fix' })).toEqual([
      'why-not',
    ])
  })

  test('that comes back is judged and its cause known, however it was closed', () => {
    const back: Partial<EntryFacts> = { state: 'reopened' }
    expect(missing('progress', back, { owner: 'p' })).toEqual([
      'service',
      'impact',
      'effort',
      'cause',
    ])
    expect(missing('analyse', back, JUDGED)).toEqual([])
    expect(missing('reopened', { state: 'declined' })).toEqual(['reason'])
  })

  test('keeps what it was let in for', () => {
    const begun: EntryFacts = { ...FRESH, state: 'progress', ...JUDGED, whyObvious: 'A typo' }
    expect(lostBy(begun, { ...begun, owner: null, whyObvious: '' })).toEqual(['owner', 'cause'])
    expect(lostBy(begun, { ...begun, impact: 1, owner: 'q' })).toEqual([])
    expect(lostBy(FRESH, { ...FRESH, owner: null })).toEqual([])
    expect(lostBy({ ...begun, effort: null }, { ...begun, effort: null })).toEqual([])
    const checked: EntryFacts = { ...begun, state: 'check', impact: 2, reviewOn: '2026-12-24' }
    expect(lostBy(checked, { ...checked, impact: 4 })).toEqual(['process-change'])
  })

  test('goes nowhere else: no step is skipped', () => {
    expect(missing('progress', JUDGED)).toBeNull()
    expect(missing('new', { state: 'closed' })).toBeNull()
    expect(missing('accepted', { state: 'merged' })).toBeNull()
    expect(missing('shared', { state: 'kept' })).toBeNull()
  })
})

const fact = fc.record<Partial<EntryFacts>>(
  {
    owner: fc.constantFrom('p', null),
    service: fc.constantFrom('Wi-Fi', null),
    impact: fc.constantFrom(1, 3, 4, null),
    effort: fc.constantFrom('S', 'M', null),
    cost: fc.constantFrom(0, 100, null),
    howItHappened: fc.constantFrom('', 'how'),
    neverAgain: fc.constantFrom('', 'never'),
    whyObvious: fc.constantFrom('', 'obvious'),
    isSystemic: fc.boolean(),
    processChange: fc.constantFrom('', 'change'),
    reviewOn: fc.constantFrom('2026-12-24', null),
    holdUntil: fc.constantFrom('2026-12-24', null),
    holdReason: fc.constantFrom('', 'parts'),
    areTold: fc.boolean(),
    closeCode: fc.constantFrom('successful', 'unsuccessful', 'cannot-fix', null),
    closeNote: fc.constantFrom('', 'note'),
    whatChanged: fc.constantFrom('', 'what'),
    whyNot: fc.constantFrom('', 'why'),
    declineReason: fc.constantFrom('', 'reason'),
    reopenReason: fc.constantFrom('', 'reason'),
    openFollowUps: fc.constantFrom(0, 2),
  },
  { requiredKeys: [] },
)
const STATES = Object.keys(STATE_WORDS) as EntryState[]

test('whatever is tried in whatever order, no requirement is skipped', () => {
  const tried = fc.array(fc.tuple(fact, fc.constantFrom(...STATES)), { maxLength: 60 })
  fc.assert(
    fc.property(tried, (steps) => {
      let entry = FRESH
      for (const [change, to] of steps) {
        entry = { ...entry, ...change }
        const lacks = missingFor(entry, to)
        expect(lacks === null).toBe(!movesFrom(entry.state).includes(to))
        for (const each of lacks ?? []) expect(REQUIREMENT_WORDS[each]).not.toBe('')
        if (lacks === null || lacks.length > 0) continue
        // What holds of it wherever it came from.
        if (to === 'accepted') expect(entry.owner && entry.impact && entry.effort).toBeTruthy()
        if (to === 'closed') expect(entry.openFollowUps).toBe(0)
        if (to === 'closed' && ['new', 'accepted'].includes(entry.state)) {
          expect(entry.cost).toBe(0)
        }
        if (to === 'progress') expect(entry.owner && entry.impact && entry.effort).toBeTruthy()
        if (to === 'closed') expect(entry.whatChanged + entry.whyNot).not.toBe('')
        entry = { ...entry, state: to }
      }
    }),
    { numRuns: 3_000 },
  )
})

test('of whom everything is known, every state can be reached, and closed ones come back', () => {
  const known: EntryFacts = {
    ...FRESH,
    ...JUDGED,
    ...ENDED,
    whyObvious: 'A typo',
    processChange: 'We ask',
    reviewOn: '2026-12-24',
    holdUntil: '2026-12-24',
    holdReason: 'Parts',
    areTold: true,
    declineReason: 'Another team has it',
    reopenReason: 'It is back',
  }
  const reached = new Set<EntryState>(['new'])
  for (const from of reached)
    for (const to of movesFrom(from))
      if (missingFor({ ...known, state: from }, to)?.length === 0) reached.add(to)

  expect([...reached].toSorted()).toEqual([
    'accepted',
    'analyse',
    'check',
    'closed',
    'declined',
    'hold',
    'new',
    'progress',
    'reopened',
  ])
})
