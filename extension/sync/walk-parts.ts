import { PART_MAX_BYTES, PART_MAX_STEPS } from '#shared/limits'
import type { Step } from '#shared/step'
import { utf8Length } from '#shared/text'

/**
 * Cuts a timeline into parts that the server takes, in order. With no steps there is still one
 * part, because the walk itself (its state, its debrief) has to arrive.
 */
export function partsOf(steps: readonly Step[]): Step[][] {
  const parts: Step[][] = [[]]
  let bytes = 2
  for (const step of steps) {
    const size = utf8Length(JSON.stringify(step)) + 1
    let part = parts.at(-1) ?? []
    if (part.length >= PART_MAX_STEPS || (part.length > 0 && bytes + size > PART_MAX_BYTES)) {
      part = []
      parts.push(part)
      bytes = 2
    }
    part.push(step)
    bytes += size
  }
  return parts
}
