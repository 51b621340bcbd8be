import type { Coverage, Home } from '#shared/api/home'

const SERVICES_SHOWN = 8

/** A service in a month, as its walks and their notes add up. */
export interface SelectedCoverage {
  service: string
  month: string
  worst: 0 | 1 | 2 | 3 | null
  embarrassed: number
  last: number
}

/** Walked last first. A month whose walks embarrassed nobody is a 0, fine. */
export function toCoverage(
  rows: readonly SelectedCoverage[],
): Pick<Home, 'servicesWalked' | 'coverage'> {
  const services = new Map<string, Coverage>()
  for (const { service, month, worst, embarrassed, last } of rows) {
    const row = services.get(service) ?? { service, lastWalkedAt: last, months: [] }
    row.lastWalkedAt = Math.max(row.lastWalkedAt, last)
    row.months.push({ month, worst: embarrassed === 0 ? 0 : worst })
    services.set(service, row)
  }
  const coverage = [...services.values()]
    .toSorted((a, b) => b.lastWalkedAt - a.lastWalkedAt || a.service.localeCompare(b.service))
    .slice(0, SERVICES_SHOWN)
  return { servicesWalked: services.size, coverage }
}
