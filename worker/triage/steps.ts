import * as v from 'valibot'

import { Step, withOwnFields } from '#shared/step'

const Stored = v.pipe(v.string(), v.parseJson(), Step)

/**
 * Steps of a timeline in the order of their times, as the panel shows them. What is no step is
 * left out: a browser sent it.
 *
 * @param json a list of what stands in `step.data`
 */
export function toStepsBefore(json: string): Step[] {
  return v
    .parse(v.pipe(v.string(), v.parseJson(), v.array(v.unknown())), json)
    .flatMap((data) => {
      const step = v.safeParse(Stored, data)
      return step.success ? [withOwnFields(step.output)] : []
    })
    .toSorted((one, other) => one.at - other.at || one.seq - other.seq)
}
