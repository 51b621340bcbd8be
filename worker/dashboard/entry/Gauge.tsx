import type { EntryWork } from '#shared/work'

import { GAUGE_WIDTH, marksOf } from './gauge-shape'

const NAME_WORDS = { baseline: 'baseline', now: 'now', target: 'target' } as const

/** What it was, what it is and what it is to be, on one line; the same as a list for who cannot see it. */
export function Gauge({ measure }: { measure: NonNullable<EntryWork['measure']> }) {
  const marks = marksOf(measure)
  if (marks.length === 0) return null
  const say = (value: number) => `${value}${measure.unit === '' ? '' : ` ${measure.unit}`}`
  return (
    <div class="gauge">
      <svg viewBox={`0 0 ${GAUGE_WIDTH} 62`} aria-hidden="true">
        <path class="rail" d={`M0 30H${GAUGE_WIDTH}`} />
        {marks.map(({ name, value, x }) => (
          <g key={name} text-anchor="middle" class={name}>
            {name === 'now' ? <circle cx={x} cy="30" r="7" /> : <path d={`M${x} 18V42`} />}
            <text x={x} y="12" class="b">
              {say(value)}
            </text>
            <text x={x} y="58">
              {NAME_WORDS[name]}
            </text>
          </g>
        ))}
      </svg>
      <dl class="vh">
        {marks.map(({ name, value }) => (
          <div key={name}>
            <dt>{NAME_WORDS[name]}</dt>
            <dd>{say(value)}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
