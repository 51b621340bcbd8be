import { type TraceMark, traceWords } from './trace-shape'

const WIDTH = 368
const RISE = { 1: 9, 2: 15, 3: 25 } as const
/** Narrow marks stay wide enough to be seen and, at the edges, whole. */
const EDGE = 3

interface TraceProps {
  marks: readonly TraceMark[]
  ms: number
  /** While the walk goes on the line stays open at its right end. */
  goesOn: boolean
}

/** The seismograph of a walk. Beside it there is always a list or a table. */
export function Trace({ marks, ms, goesOn }: TraceProps) {
  const end = goesOn ? WIDTH - 28 : WIDTH
  const x = (fraction: number) =>
    Math.round(Math.min(end - EDGE, Math.max(EDGE, fraction * end)) * 10) / 10
  return (
    <svg class="trace" viewBox={`0 0 ${WIDTH} 40`} role="img" aria-label={traceWords(marks, ms)}>
      <defs>
        <pattern
          id="hatch"
          width="4"
          height="4"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <path class="hatch-line" d="M0 0V4" />
        </pattern>
      </defs>
      <path class="base" d={`M0 28.5H${end}`} />
      {goesOn && <path class="base" stroke-dasharray="2 4" d={`M${end + 4} 28.5H${WIDTH}`} />}
      {marks.map((mark, index) => {
        switch (mark.kind) {
          case 'wait':
            return (
              <rect
                class="wait"
                key={index}
                x={x(mark.from)}
                y="25"
                width={Math.max(4, Math.min(mark.length * end, end - x(mark.from)))}
                height="7"
              />
            )
          case 'wince':
            return (
              <path
                class={`tick w${mark.wince}`}
                key={index}
                d={`M${x(mark.at)} 28V${28 - RISE[mark.wince]}`}
              />
            )
          case 'liked':
            return <path class="tick ok" key={index} d={`M${x(mark.at)} 29V37`} />
          case 'channel':
            return (
              <path class="base" key={index} stroke-dasharray="2 3" d={`M${x(mark.at)} 28.5V40`} />
            )
        }
      })}
      {goesOn && <circle class="now" cx={end} cy="28.5" r="4" />}
    </svg>
  )
}
