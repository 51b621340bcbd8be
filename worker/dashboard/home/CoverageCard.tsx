import type { Coverage } from '#shared/api/home'

import { ScrollBox } from '../parts/ScrollBox'
import { Tile } from '../parts/Tile'
import { count, toMonth, toSince } from '../words'
import { monthsUpTo } from './home'

const MONTHS = 6

interface CoverageCardProps {
  coverage: Coverage[]
  servicesWalked: number
  now: number
}

/** Services as rows, months as columns, the worst wince in each: a table, so it needs no other. */
export function CoverageCard({ coverage, servicesWalked, now }: CoverageCardProps) {
  const months = monthsUpTo(now, MONTHS)
  return (
    <section class="card" aria-labelledby="h-cov">
      <header>
        <h2 id="h-cov">Walked by leaders</h2>
        <span class="meta">{count(servicesWalked, 'service')} in six months</span>
      </header>
      {coverage.length === 0 ? (
        <p class="foot">No walk has named a service yet.</p>
      ) : (
        <ScrollBox label="Services by month">
          <table class="cov">
            <thead>
              <tr>
                <th scope="col">
                  <span class="vh">Service</span>
                </th>
                {months.map((month) => (
                  <th scope="col" key={month}>
                    {toMonth(month)}
                  </th>
                ))}
                <th scope="col">Last</th>
              </tr>
            </thead>
            <tbody>
              {coverage.map((service) => (
                <tr key={service.service}>
                  <th scope="row">
                    <span class="cut">{service.service}</span>
                  </th>
                  {months.map((month) => {
                    const walked = service.months.find((each) => each.month === month)
                    return (
                      <td key={month}>
                        {walked ? <Tile mood="embarrassed" wince={walked.worst} /> : <NotWalked />}
                      </td>
                    )
                  })}
                  <td>{toSince(service.lastWalkedAt, now)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
      )}
      <p class="foot">
        The digit is the worst wince that month, 0 is fine.{' '}
        {servicesWalked > coverage.length && `The ${coverage.length} walked last are shown. `}
        <a href="/walks/plan">Plan the next walk</a>
      </p>
    </section>
  )
}

function NotWalked() {
  return (
    <span class="no">
      <span aria-hidden="true">–</span>
      <span class="vh">not walked</span>
    </span>
  )
}
