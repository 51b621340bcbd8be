import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import * as v from 'valibot'

import { type NoteFeatures, noteFeaturesOf } from '#shared/grouping/note-features'
import type { Weights } from '#shared/grouping/weights'
import { Kind, Mood } from '#shared/note'
import { Channel, type Place, PhoneKey } from '#shared/place'
import { toRoute } from '#shared/route'

import { seededRandom } from '../../support/seeded'

/** What is missing or makes no sense is as good as not said: no line is refused for it. */
const maybe = <Schema extends v.GenericSchema>(schema: Schema) =>
  v.fallback(v.nullable(v.optional(schema, null as never)), null as never)

/** A line of the note format or of the short-text format. */
const Line = v.object({
  id: v.string(),
  text: v.fallback(v.string(), ''),
  group: v.string(),
  at: maybe(v.string()),
  walker: maybe(v.string()),
  walk: maybe(v.string()),
  mood: v.fallback(v.optional(Mood, 'embarrassed'), 'embarrassed'),
  kind: maybe(Kind),
  service: maybe(v.string()),
  channel: maybe(Channel),
  expected: maybe(v.string()),
  context: maybe(v.object({ service: maybe(v.string()) })),
  place: maybe(
    v.object({
      url: maybe(v.string()),
      title: maybe(v.string()),
      element: maybe(v.object({ role: v.string(), name: maybe(v.string()) })),
      call: maybe(v.object({ number: v.string(), path: v.array(PhoneKey) })),
    }),
  ),
})
type Line = v.InferOutput<typeof Line>

/** A note whose right group is known. */
export interface LabelledNote {
  id: string
  group: string
  /** Whose it is: its walker, or where nobody is named the file's name. Never fitted and measured at once. */
  unit: string
  features: NoteFeatures
}

/** A walker's notes are ranked with weights that never saw one of them. */
export type WeightsFor = (note: LabelledNote) => Weights

export function readNotes(path: string): LabelledNote[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => toLabelled(v.parse(Line, JSON.parse(line)), basename(path)))
}

function toLabelled(line: Line, file: string): LabelledNote {
  const at = Date.parse(line.at ?? '')
  const features = noteFeaturesOf({
    mood: line.mood,
    kind: line.mood === 'liked' ? null : line.kind,
    service: line.service ?? line.context?.service ?? null,
    place: toPlace(line),
    channel: line.channel,
    words: line.text,
    expected: line.expected,
    walk: line.walk,
    person: line.walker,
    at: Number.isNaN(at) ? 0 : at,
  })
  return { id: line.id, group: line.group, unit: line.walker ?? file, features }
}

/** The place as a browser would have recorded it: no query, ids as placeholders. */
function toPlace({ place }: Line): Place | null {
  if (place?.call) return { kind: 'call', number: place.call.number, keys: place.call.path }
  if (!place?.url || !URL.canParse(place.url)) return null
  const { origin, pathname } = new URL(place.url)
  const anchor = place.element && { ...place.element, selectors: [] }
  return { kind: 'page', origin, route: toRoute(pathname), title: place.title, anchor }
}

/** As they happened; notes without a time keep the file's order. */
export function inTimeOrder(notes: readonly LabelledNote[]): LabelledNote[] {
  return notes.toSorted((one, other) => one.features.at - other.features.at)
}

/** Fisher–Yates; the same seed, the same order. */
export function inRandomOrder<Item>(items: readonly Item[], seed: number): Item[] {
  const random = seededRandom(seed)
  const shuffled = [...items]
  for (let last = shuffled.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1))
    const [one, two] = [shuffled[last], shuffled[other]]
    if (one !== undefined && two !== undefined) [shuffled[last], shuffled[other]] = [two, one]
  }
  return shuffled
}
