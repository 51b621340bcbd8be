import * as v from 'valibot'

import { CONTACT_FIELDS } from '#shared/contact'
import { Channel, Origin, PhoneKey, Route } from '#shared/place'
import { DurationMs, Ms, textUpTo, utf8Length } from '#shared/text'

const common = {
  /** Counts from 1 within the walk; the only order of steps. */
  seq: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  at: Ms,
}
const label = textUpTo(200)
const Breadcrumb = v.pipe(
  v.array(label),
  v.maxLength(5),
  v.check(
    (labels) => labels.reduce((sum, each) => sum + utf8Length(each), 0) <= 200,
    'longer than 200 bytes together',
  ),
)

/** Something that happened on a walk: recorded or tapped, never judged. Labels, never values. */
export const Step = v.variant('kind', [
  v.looseObject({
    ...common,
    kind: v.literal('page'),
    origin: Origin,
    route: Route,
    title: v.nullable(textUpTo(300)),
    /** The way to it as the page itself says; null where it says none or it is withheld. */
    breadcrumb: v.optional(v.nullable(Breadcrumb)),
  }),
  v.looseObject({ ...common, kind: v.literal('click'), role: label, name: v.nullable(label) }),
  v.looseObject({ ...common, kind: v.literal('wait'), ms: DurationMs, for: v.nullable(label) }),
  v.looseObject({
    ...common,
    kind: v.literal('error'),
    status: v.nullable(v.pipe(v.number(), v.safeInteger())),
    message: v.nullable(label),
  }),
  v.looseObject({ ...common, kind: v.literal('sign-in'), origin: Origin }),
  v.looseObject({ ...common, kind: v.literal('back') }),
  v.looseObject({ ...common, kind: v.literal('unseen'), origin: v.nullable(Origin) }),
  v.looseObject({
    ...common,
    kind: v.literal('dial'),
    number: textUpTo(60),
    why: v.nullable(label),
  }),
  v.looseObject({ ...common, kind: v.literal('key'), key: PhoneKey }),
  /** Words said to the menu, where it takes words. */
  v.looseObject({ ...common, kind: v.literal('said'), words: label }),
  /** What the menu says here, as short as the caller wrote it. Never a recording. */
  v.looseObject({ ...common, kind: v.literal('heard'), words: textUpTo(300) }),
  /** What the menu offers here on a key. */
  v.looseObject({ ...common, kind: v.literal('option'), key: PhoneKey, label }),
  v.looseObject({ ...common, kind: v.literal('hold'), ms: DurationMs }),
  v.looseObject({ ...common, kind: v.literal('asked-again'), thing: label }),
  v.looseObject({
    ...common,
    kind: v.literal('transfer'),
    toldWhy: v.optional(v.nullable(v.boolean())),
    /** Whether who came next knew what it was about. */
    nextKnew: v.optional(v.nullable(v.boolean())),
  }),
  /** Somebody answers; the call goes on. */
  v.looseObject({ ...common, kind: v.literal('person') }),
  v.looseObject({
    ...common,
    kind: v.literal('call-end'),
    /** `human` is of older timelines: a person answered, and the rest was not written down. */
    how: v.picklist([
      'human',
      'self-served',
      'voicemail',
      'dead-end',
      'callback',
      'wrong-language',
      'closed',
      'dropped',
      'gave-up',
      'hung-up',
    ]),
    /** Whether the call did what it was made for. */
    solved: v.optional(v.nullable(v.picklist(['yes', 'partly', 'no']))),
  }),
  v.looseObject({ ...common, kind: v.literal('paused') }),
  v.looseObject({ ...common, kind: v.literal('resumed') }),
  /** The errand waits for them; its clock runs on. */
  v.looseObject({ ...common, kind: v.literal('waiting') }),
  /** They answered: from which system and about what, ids in it replaced. Never the text itself. */
  v.looseObject({
    ...common,
    kind: v.literal('answer'),
    channel: Channel,
    system: v.nullable(textUpTo(120)),
    subject: v.nullable(textUpTo(300)),
  }),
  /** A customer at the desk. Its time is its shift's start: no clock says who it was. */
  v.looseObject({ ...common, kind: v.literal('contact'), ...CONTACT_FIELDS }),
])
export type Step = v.InferOutput<typeof Step>
export type StepKind = Step['kind']

/** The step with its own fields and nothing beside them: the schema lets others through. */
export function withOwnFields(step: Step): Step {
  const { entries } = Step.options.find((each) => each.entries.kind.literal === step.kind) ?? {}
  return Object.fromEntries(
    Object.entries(step).filter(([field]) => Object.hasOwn(entries ?? {}, field)),
  ) as Step
}
