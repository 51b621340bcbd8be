import * as v from 'valibot'

import { Id } from '#shared/id'
import { NEARBY_MAX_ROWS, NEARBY_MAX_TOKENS } from '#shared/limits'
import { Mood } from '#shared/note'
import { textUpTo } from '#shared/text'

const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const hash = v.pipe(whole, v.maxValue(0xffff_ffff))
const seq = whole
const MOST_KINDS = 32
const MOST_SERVICES = 64
const MOST_WORDS = 32

/** Hashes and how many notes have each, one after the other: `[hash, notes, hash, notes…]`. */
const hashedCounts = (most: number) => v.pipe(v.array(hash), v.maxLength(2 * most))

/**
 * An entry of the register as any walker's device may know it: enough to tell whether a note fits
 * it, and nothing that anybody wrote but a title that a reviewer confirmed. Every token is hashed
 * (`tokenHasher`). Keys that this version does not know are dropped: they are not for this disk.
 */
export const NearbyEntry = v.object({
  type: v.literal('nearby'),
  id: Id,
  seq,
  number: v.pipe(whole, v.minValue(1)),
  mood: Mood,
  /** Only a title that a reviewer confirmed; null until then. */
  title: v.nullable(textUpTo(2_000)),
  /** Its fix is done; a new note opens it again. */
  closed: v.boolean(),
  notes: v.pipe(whole, v.minValue(1)),
  /** People who noted it, without the one who asks. */
  others: whole,
  /** Some of its notes have a place. */
  placed: v.boolean(),
  /** What its notes are counted under; the most frequent. */
  tokens: hashedCounts(NEARBY_MAX_TOKENS),
  kinds: hashedCounts(MOST_KINDS),
  channels: hashedCounts(MOST_KINDS),
  /** Services by name, each with the telling words of its name. */
  services: v.pipe(
    v.array(
      v.object({
        name: hash,
        notes: whole,
        words: v.pipe(v.array(hash), v.maxLength(MOST_WORDS)),
      }),
    ),
    v.maxLength(MOST_SERVICES),
  ),
})
export type NearbyEntry = v.InferOutput<typeof NearbyEntry>

/** An entry that is nothing to join any more: merged, declined, taken back. */
const NearbyGone = v.object({ type: v.literal('gone'), id: Id, seq })

/** `GET /v1/sync/nearby`: what changed since the cursor among the entries that may be joined. */
export const NearbyResponse = v.looseObject({
  rows: v.pipe(v.array(v.variant('type', [NearbyEntry, NearbyGone])), v.maxLength(NEARBY_MAX_ROWS)),
  /** Opaque: bound to workspace, epoch and scope. */
  cursor: v.string(),
  more: v.boolean(),
  epoch: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
})
export type NearbyResponse = v.InferOutput<typeof NearbyResponse>
