import type { Counts, EntryStats } from './entry-stats'
import type { FeatureValues } from './features'
import type { NoteFeatures } from './note-features'
import { wordsOfService } from './service'

type ContextValues = Pick<
  FeatureValues,
  | 'kind'
  | 'channel'
  | 'service'
  | 'serviceWords'
  | 'serviceOther'
  | 'serviceSpan'
  | 'walk'
  | 'person'
  | 'size'
  | 'recency'
>

/** How common one kind, one channel is anywhere: about one of eleven, one of four. */
const SHARE_OF_A_KIND = 0.09
const SHARE_OF_A_CHANNEL = 0.25
const SMOOTHING = 2
const FORTNIGHT_MS = 14 * 86_400_000

/** How all but place and words fits an entry. */
export function matchContext(note: NoteFeatures, entry: EntryStats): ContextValues {
  const { service } = note
  const relation = relateServices(service, entry.services)
  const other = relation === 'other'
  return {
    kind: lift(note.kind, entry.kinds, SHARE_OF_A_KIND),
    channel: lift(note.channel, entry.channels, SHARE_OF_A_CHANNEL),
    service: service === null ? 0 : (entry.services.get(service) ?? 0) / entry.size,
    serviceWords: relation === 'words' ? 1 : 0,
    serviceOther: other ? 1 : 0,
    serviceSpan: other ? Math.log(entry.services.size) : 0,
    walk: note.walk !== null && entry.walks.has(note.walk) ? 1 : 0,
    person: note.person !== null && entry.persons.has(note.person) ? 1 : 0,
    size: Math.log(entry.size),
    recency:
      note.at === 0 || entry.newestAt === 0
        ? 0
        : Math.exp(-Math.max(0, note.at - entry.newestAt) / FORTNIGHT_MS),
  }
}

/** `words`: they share a telling word, as "IT desk" and "student IT" do. */
export type ServiceRelation = 'unknown' | 'same' | 'words' | 'other'

export function relateServices(service: string | null, services: Counts<string>): ServiceRelation {
  if (service === null || services.size === 0) return 'unknown'
  const own = wordsOfService(service)
  if (own.length === 0) return services.has(service) ? 'same' : 'unknown'
  let shares = services.has(service)
  for (const each of services.keys()) {
    if (shares) break
    shares = wordsOfService(each).some((word) => own.includes(word))
  }
  return shares ? 'words' : 'other'
}

/** Log of how much likelier the key is here than anywhere; 0 where either side has none. */
function lift(key: string | null, counts: Counts<string>, share: number): number {
  if (key === null || counts.size === 0) return 0
  let all = 0
  for (const each of counts.values()) all += each
  return Math.log(((counts.get(key) ?? 0) + SMOOTHING * share) / (all + SMOOTHING) / share)
}
