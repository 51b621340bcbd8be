import * as v from 'valibot'

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
  v.looseObject({ ...common, kind: v.literal('hold'), ms: DurationMs }),
  v.looseObject({ ...common, kind: v.literal('asked-again'), thing: label }),
  v.looseObject({ ...common, kind: v.literal('transfer') }),
  v.looseObject({
    ...common,
    kind: v.literal('call-end'),
    how: v.picklist(['human', 'self-served', 'voicemail', 'dropped', 'gave-up', 'hung-up']),
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
