import * as v from 'valibot'

import { CloseCode } from '#shared/entry-moves'
import { Day, textUpTo } from '#shared/text'

/**
 * What the team that does the work finds out about an entry, and what it does: cause, actions,
 * measure, and where it stands in the organisation's own tools (R4, R8, R17).
 */

const Line = textUpTo(500)
const Words = textUpTo(4_000)

export const CAUSE_WORDS = {
  process: 'Process',
  people: 'People',
  technology: 'Technology',
  information: 'Information',
  policy: 'Policy',
} as const
const CauseArea = v.picklist(Object.keys(CAUSE_WORDS) as (keyof typeof CAUSE_WORDS)[])

export const WHYS_MAX = 30

const Why = v.strictObject({
  words: v.pipe(Line, v.trim(), v.minLength(1)),
  /** What shows that it is so. */
  evidence: Line,
  /** Place in the list of the answer that this one explains; null for the first of a chain. */
  under: v.nullable(v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
})

export type Why = v.InferOutput<typeof Why>

/** Why it happened, and why that did: a tree as a list, where each answer names the one it explains. */
const Whys = v.pipe(
  v.array(Why),
  v.maxLength(WHYS_MAX),
  v.check(
    (whys) => whys.every(({ under }, index) => under === null || under < index),
    'an answer stands behind the one it explains',
  ),
)

/** What helps today, what mends it, and what changes in how we work so that it stays away. */
export const ACTION_WORDS = { today: 'For today', fix: 'Fix', good: 'For good' } as const
export const ACTIONS_MAX = 20

const Actions = v.pipe(
  v.array(
    v.strictObject({
      kind: v.picklist(Object.keys(ACTION_WORDS) as (keyof typeof ACTION_WORDS)[]),
      words: v.pipe(Line, v.trim(), v.minLength(1)),
      /** Who does it, as the team says it: a role, or a person of theirs. */
      by: textUpTo(120),
      due: v.nullable(Day),
      isDone: v.boolean(),
    }),
  ),
  v.maxLength(ACTIONS_MAX),
)

export const METHOD_WORDS = {
  survey: 'Survey',
  interaction: 'Asked after each contact',
  count: 'Counted',
  manual: 'Looked at by hand',
} as const
const figure = v.nullable(v.pipe(v.number(), v.finite(), v.minValue(-1e12), v.maxValue(1e12)))

/** How it shows that it is better: what it was, what it is to be, what it is. */
const Measure = v.strictObject({
  method: v.picklist(Object.keys(METHOD_WORDS) as (keyof typeof METHOD_WORDS)[]),
  what: v.pipe(Line, v.trim(), v.minLength(1)),
  /** `%`, `minutes`, `calls a week`; empty for a bare number. */
  unit: textUpTo(40),
  baseline: figure,
  target: figure,
  actual: figure,
})

export const LINK_WORDS = {
  incident: 'Incident',
  problem: 'Problem',
  change: 'Change',
  knowledge: 'Knowledge',
} as const
export const LINKS_MAX = 20

/** An address that a browser may open from our page: nothing but http and https. */
const WebAddress = v.pipe(
  textUpTo(2_000),
  v.url('not an address'),
  v.regex(/^https?:\/\//i, 'not a web address'),
)

const Links = v.pipe(
  v.array(
    v.strictObject({
      kind: v.picklist(Object.keys(LINK_WORDS) as (keyof typeof LINK_WORDS)[]),
      words: v.pipe(textUpTo(200), v.trim(), v.minLength(1)),
      url: WebAddress,
    }),
  ),
  v.maxLength(LINKS_MAX),
)

/** Each field as it is written; one that is not named stays as it is. */
export const WORK_FIELDS = {
  howItHappened: Words,
  neverAgain: Words,
  whyObvious: Words,
  whys: Whys,
  causeAreas: v.pipe(v.array(CauseArea), v.maxLength(5)),
  isSystemic: v.boolean(),
  actions: Actions,
  measure: v.nullable(Measure),
  reviewOn: v.nullable(Day),
  links: Links,
  promiseBroken: Line,
  accountable: textUpTo(120),
} as const

export const EntryWork = v.object({
  ...WORK_FIELDS,
  hold: v.object({ reason: v.string(), until: v.nullable(Day), areTold: v.boolean() }),
  closed: v.object({ code: v.nullable(CloseCode), note: v.string() }),
})
export type EntryWork = v.InferOutput<typeof EntryWork>

export const NO_WORK: EntryWork = {
  howItHappened: '',
  neverAgain: '',
  whyObvious: '',
  whys: [],
  causeAreas: [],
  isSystemic: false,
  actions: [],
  measure: null,
  reviewOn: null,
  links: [],
  promiseBroken: '',
  accountable: '',
  hold: { reason: '', until: null, areTold: false },
  closed: { code: null, note: '' },
}
