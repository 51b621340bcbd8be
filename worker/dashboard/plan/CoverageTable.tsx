import { useSignal } from '@preact/signals'

import type { CoveredService } from '#shared/api/plan'

import { ScrollBox } from '../parts/ScrollBox'
import { count, toSince } from '../words'

interface CoverageTableProps {
  services: CoveredService[]
  now: number
  planWalk: ((service: string) => void) | null
}

/** As many as the page has room for beside the plan. */
const SHOWN = 20

/** Which services have been walked, and for how long nobody was there. */
export function CoverageTable({ services, now, planWalk }: CoverageTableProps) {
  const showsAll = useSignal(false)
  const shown = showsAll.value ? services : services.slice(0, SHOWN)
  return (
    <section class="card" aria-labelledby="h-covered">
      <header>
        <h2 id="h-covered">Services</h2>
        <span class="meta">Longest without a walk first</span>
      </header>
      {services.length === 0 ? (
        <p class="foot">
          Name your services under <a href="/triage">Triage</a>, or name one when you start a walk.
        </p>
      ) : (
        <ScrollBox label="Services, and when somebody walked them last">
          <table class="table">
            <thead>
              <tr>
                <th scope="col">Service</th>
                <th scope="col">Last walked</th>
                {planWalk && (
                  <th scope="col">
                    <span class="vh">Plan</span>
                  </th>
                )}
              </tr>
            </thead>
            <tbody>
              {shown.map(({ service, lastWalkedAt }) => (
                <tr key={service}>
                  <th scope="row">{service}</th>
                  <td>{lastWalkedAt === null ? <b>never</b> : agoOf(lastWalkedAt, now)}</td>
                  {planWalk && (
                    <td>
                      <button
                        class="btn small"
                        type="button"
                        aria-label={`Plan a walk of ${service}`}
                        onClick={() => planWalk(service)}
                      >
                        Plan a walk
                      </button>
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
      )}
      {shown.length < services.length && (
        <p class="foot">
          <button
            class="btn"
            type="button"
            onClick={() => {
              showsAll.value = true
            }}
          >
            Show all {services.length}
          </button>
        </p>
      )}
      <p class="foot">
        {count(services.length, 'service')}. A walk counts that names the service, and a note on
        one.
      </p>
    </section>
  )
}

function agoOf(at: number, now: number): string {
  const since = toSince(at, now)
  return since === 'today' ? since : `${since} ago`
}
