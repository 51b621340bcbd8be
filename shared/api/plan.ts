import * as v from 'valibot'

import { type Call, Nothing, pathPart, toSearch } from '#shared/api/call'
import { TAG_WORDS } from '#shared/contact'
import { Id } from '#shared/id'
import { Day, Ms, textUpTo } from '#shared/text'

/** Who walks what by when, what has been walked, and what desk shifts met, over `/app`. */

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

/** Open lines of one plan: more is no plan. */
export const PLAN_MAX_LINES = 200
/** Fewer answers than this would tell whose they are. */
export const SMALL_GROUP = 5

export const PlanKind = v.picklist(['errand', 'call', 'shift'])
export type PlanKind = v.InferOutput<typeof PlanKind>

/** Something that somebody is to walk. */
export const NewPlanLine = v.strictObject({
  personId: Id,
  kind: PlanKind,
  /** The errand in a customer's words, or the number to call; empty for a shift. */
  what: textUpTo(2_000),
  service: v.nullable(textUpTo(200)),
  due: Day,
})
export type NewPlanLine = v.InferOutput<typeof NewPlanLine>

const PlanLine = v.object({
  ...NewPlanLine.entries,
  id: Id,
  personName: v.string(),
})
export type PlanLine = v.InferOutput<typeof PlanLine>

const Plan = v.object({
  /** Open ones, what is due first comes first. */
  lines: v.array(PlanLine),
})

const CoveredService = v.object({
  service: v.string(),
  /** null: nobody has walked it. */
  lastWalkedAt: v.nullable(Ms),
})
export type CoveredService = v.InferOutput<typeof CoveredService>

/** `GET /app/coverage`. */
const CoverageList = v.object({
  /** What nobody has walked for longest comes first. */
  services: v.array(CoveredService),
})

/** What one person walked, by service; for that person and the owner. */
const OwnWalks = v.object({
  services: v.array(v.object({ service: v.string(), walks: count, lastWalkedAt: Ms })),
})
export type OwnWalks = v.InferOutput<typeof OwnWalks>

const ContactTag = v.picklist(Object.keys(TAG_WORDS) as (keyof typeof TAG_WORDS)[])

/** What the last shifts at the desk met, together; never by shift, desk or person. */
export const ShiftLog = v.object({
  shifts: count,
  contacts: count,
  solved: v.object({ yes: count, later: count, no: count }),
  /** null where fewer than five contacts say it. */
  treatedWell: v.nullable(v.object({ yes: count, unsure: count, no: count })),
  reactions: v.nullable(v.object({ '-2': count, '-1': count, '0': count, '1': count, '2': count })),
  /** Those noticed most first. */
  tags: v.array(v.object({ tag: ContactTag, contacts: count })),
  /** Those met most first. */
  services: v.array(v.object({ service: v.string(), contacts: count })),
})
export type ShiftLog = v.InferOutput<typeof ShiftLog>

/** @throws ApiError 404 for a line or person that this workspace does not have */
export function planApi(call: Call) {
  return {
    readPlan: () => call({ method: 'GET', path: '/app/plan', answer: Plan }),

    /** @throws ApiError 422 `too-many` for a plan that is full */
    addToPlan: (line: NewPlanLine) =>
      call({ method: 'POST', path: '/app/plan', json: line, answer: PlanLine }),

    dropFromPlan: (id: string) =>
      call({ method: 'DELETE', path: `/app/plan/${pathPart(id)}`, answer: Nothing }),

    readCoverage: () => call({ method: 'GET', path: '/app/coverage', answer: CoverageList }),

    readWalksOf: (personId: string) =>
      call({
        method: 'GET',
        path: `/app/coverage/own${toSearch({ person: personId })}`,
        answer: OwnWalks,
      }),

    readShiftLog: () => call({ method: 'GET', path: '/app/coverage/shifts', answer: ShiftLog }),
  }
}

/** Where a calendar takes the plan from: everybody's, or one's own. */
export function calendarAddress(of: 'all' | 'mine'): string {
  return `/app/plan/calendar.ics${toSearch({ of })}`
}
