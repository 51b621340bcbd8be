import * as v from 'valibot'

import { type Call, Nothing, pathPart, toSearch } from '#shared/api/call'
import { Id } from '#shared/id'
import { Day, Ms, textUpTo } from '#shared/text'

/** What is done in the first hour of a failure that one can foresee, over `/app`. */

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

/** More that nobody would find in the first minutes. */
export const PLAYBOOKS_MAX = 200
const STEPS_MAX = 30

const short = v.pipe(textUpTo(200), v.trim())
const named = v.pipe(short, v.minLength(1, 'empty'))

const PlaybookStep = v.strictObject({
  /** A role: "Desk manager". */
  who: named,
  what: v.pipe(textUpTo(1_000), v.trim(), v.minLength(1, 'empty')),
  /** Done by this minute of the first hour. */
  byMinute: v.pipe(count, v.maxValue(60)),
})
export type PlaybookStep = v.InferOutput<typeof PlaybookStep>

const values = {
  /** The failure: "The help line is silent". */
  name: named,
  service: named,
  /** Whoever stands for it, as a role; empty while nobody does. */
  sponsor: short,
  steps: v.pipe(v.array(PlaybookStep), v.maxLength(STEPS_MAX)),
  trainedOn: v.nullable(Day),
  trainedBy: short,
}

export const NewPlaybook = v.strictObject({ id: Id, ...values })
export type NewPlaybook = v.InferOutput<typeof NewPlaybook>

/** Another version than the one that was on screen answers 409. */
export const PlaybookChange = v.strictObject({ version: count, ...values })
export type PlaybookChange = v.InferOutput<typeof PlaybookChange>

export const Playbook = v.object({
  id: Id,
  name: v.string(),
  service: v.string(),
  sponsor: v.string(),
  steps: v.array(v.object({ who: v.string(), what: v.string(), byMinute: count })),
  trainedOn: v.nullable(v.string()),
  trainedBy: v.string(),
  changedBy: v.string(),
  changedAt: Ms,
  version: count,
})
export type Playbook = v.InferOutput<typeof Playbook>

const Playbooks = v.object({ playbooks: v.array(Playbook) })

/** @throws ApiError 404 for a playbook that this workspace does not have */
export function playbookApi(call: Call) {
  return {
    /** All of them, by service and name; of one service where it is said. */
    listPlaybooks: (service?: string) =>
      call({ method: 'GET', path: `/app/playbooks${toSearch({ service })}`, answer: Playbooks }),

    /** @throws ApiError 422 `too-many` where nobody could find one any more */
    addPlaybook: (json: NewPlaybook) =>
      call({ method: 'POST', path: '/app/playbooks', json, answer: Playbook }),

    /** @throws ApiError 409 `changed` when somebody else was faster */
    changePlaybook: (id: string, json: PlaybookChange) =>
      call({ method: 'PUT', path: `/app/playbooks/${pathPart(id)}`, json, answer: Playbook }),

    deletePlaybook: (id: string) =>
      call({ method: 'DELETE', path: `/app/playbooks/${pathPart(id)}`, answer: Nothing }),
  }
}
