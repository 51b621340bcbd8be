import { type CoveredService, type ShiftLog, SMALL_GROUP } from '#shared/api/plan'
import type { Contact } from '#shared/contact'
import { foldService } from '#shared/grouping/service'

/** A name of a service as somebody wrote it, and when it was walked last, Unix ms. */
export interface NamedService {
  service: string
  last: number | null
}

/**
 * One line a service, however its name was written: as the list has it, else as it was written
 * last. What nobody has walked comes first, then what nobody has walked for longest.
 *
 * @param listed names that the workspace gave its services
 */
export function coverageOf(
  walked: readonly NamedService[],
  listed: readonly string[],
): CoveredService[] {
  const services = new Map<string, CoveredService>()
  for (const service of listed) services.set(foldService(service), { service, lastWalkedAt: null })
  const isListed = new Set(services.keys())
  for (const { service, last } of walked.toSorted(
    (one, other) => (one.last ?? 0) - (other.last ?? 0),
  )) {
    const key = foldService(service)
    const name = isListed.has(key) ? (services.get(key)?.service ?? service) : service
    if (key !== '' && last !== null) services.set(key, { service: name, lastWalkedAt: last })
  }
  return [...services.values()].toSorted(
    (one, other) =>
      (one.lastWalkedAt ?? -Infinity) - (other.lastWalkedAt ?? -Infinity) ||
      one.service.localeCompare(other.service),
  )
}

const SERVICES_SHOWN = 12

/** What contacts say together. How people felt is told of five or more. */
export function shiftLogOf(shifts: number, contacts: readonly Contact[]): ShiftLog {
  const solved = { yes: 0, later: 0, no: 0 }
  const treatedWell = { yes: 0, unsure: 0, no: 0 }
  const reactions = { '-2': 0, '-1': 0, '0': 0, '1': 0, '2': 0 }
  const tags = new Map<Contact['tags'][number], number>()
  const services = new Map<string, { service: string; contacts: number }>()
  for (const contact of contacts) {
    if (contact.solved !== null) solved[contact.solved] += 1
    if (contact.treatedWell !== null) treatedWell[contact.treatedWell] += 1
    if (contact.reaction !== null) reactions[contact.reaction] += 1
    for (const tag of new Set(contact.tags)) tags.set(tag, (tags.get(tag) ?? 0) + 1)
    if (contact.service !== null) {
      const key = foldService(contact.service)
      const met = services.get(key) ?? { service: contact.service, contacts: 0 }
      services.set(key, { ...met, contacts: met.contacts + 1 })
    }
  }
  return {
    shifts,
    contacts: contacts.length,
    solved,
    treatedWell: isLargeEnough(treatedWell) ? treatedWell : null,
    reactions: isLargeEnough(reactions) ? reactions : null,
    tags: [...tags]
      .map(([tag, count]) => ({ tag, contacts: count }))
      .toSorted((one, other) => other.contacts - one.contacts || one.tag.localeCompare(other.tag)),
    services: [...services.values()]
      .toSorted(
        (one, other) => other.contacts - one.contacts || one.service.localeCompare(other.service),
      )
      .slice(0, SERVICES_SHOWN),
  }
}

function isLargeEnough(counts: Record<string, number>): boolean {
  return Object.values(counts).reduce((sum, each) => sum + each, 0) >= SMALL_GROUP
}
