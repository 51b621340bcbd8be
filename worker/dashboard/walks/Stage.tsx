import { toClock } from '#shared/duration'

import { Icon } from '../parts/Icon'
import { ScrollBox } from '../parts/ScrollBox'
import type { PlaybackState, Shown } from './playback'
import { type Lane, STAGE, stageInWords, stageOf, type StageShape } from './stage-shape'
import { TraceTable } from './TraceTable'
import { onInWords } from './walk-words'

const RISE = { 1: 12, 2: 24, 3: 36 } as const

/** Both walks on one time line, with what moves through the first. */
export function Stage({ playback, shown }: { playback: PlaybackState; shown: Shown }) {
  const beside = playback.other.value
  const other = beside.status === 'ready' ? beside.value : null
  const shape = stageOf(shown, other, toClock)
  return (
    <section
      class="card stage"
      aria-label={other === null ? 'The walk on a time line' : 'Both walks on one time line'}
    >
      <ScrollBox label="Time line">
        <svg
          class="trace"
          viewBox={`0 0 1120 ${shape.height}`}
          role="img"
          aria-label={stageInWords(shown, other)}
        >
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
          <Ticks shape={shape} />
          <Cursor playback={playback} shape={shape} />
          {shape.lanes.map((lane) => (
            <LaneDrawing key={lane.base} lane={lane} />
          ))}
        </svg>
      </ScrollBox>
      <Bar playback={playback} />
      <TraceTable shown={shown} other={other} />
    </section>
  )
}

/** One row of labels where nothing is folded; else each walk has its own. */
function Ticks({ shape: { lanes, height } }: { shape: StageShape }) {
  const isOne = lanes.every(({ folds }) => folds.length === 0)
  const [first] = lanes
  if (first === undefined) return null
  if (isOne) {
    const last = first.ticks.at(-1)
    return (
      <>
        <path
          class="axis"
          d={first.ticks.map(({ x }) => `M${x} ${STAGE.top}V${height - 30}`).join('')}
        />
        <g text-anchor="middle">
          {first.ticks.map((tick) => (
            <text key={tick.x} x={tick.x} y={height - 8}>
              {tick === last ? `${tick.words} min` : tick.words}
            </text>
          ))}
        </g>
      </>
    )
  }
  return (
    <>
      {lanes.map(({ ticks, base }) => (
        <path
          key={base}
          class="axis"
          d={ticks.map(({ x }) => `M${x} ${base - 40}V${base + 38}`).join('')}
        />
      ))}
      <text x={STAGE.left} y={height - 8}>
        Lines are {first.ticks[1]?.words ?? '1'} minutes apart, from the start and behind each gap.
      </text>
    </>
  )
}

function LaneDrawing({ lane }: { lane: Lane }) {
  const { base } = lane
  return (
    <g>
      <text class="who" x="0" y={base - 4.5}>
        {lane.day}
      </text>
      <text x="0" y={base + 13.5}>
        {lane.went}
      </text>
      {lane.spans.map((span, index) => (
        <g key={index}>
          <rect
            class={span.on === 'phone' ? 'lane phone' : 'lane'}
            x={span.x}
            y={base + 17.5}
            width={Math.max(1, span.width - 4)}
            height="20"
          />
          <text x={span.x + 8} y={base + 31.5}>
            {span.words}
          </text>
        </g>
      ))}
      <path class="base" d={`M${STAGE.left} ${base}H${lane.right}`} />
      {lane.waits.map(({ x, width }, index) => (
        <rect class="wait" key={index} x={x} y={base - 3.5} width={width} height="7" />
      ))}
      {lane.folds.map(({ x, width, words }) => (
        <g key={x}>
          <rect class="gap" x={x} y={base - 7} width={width} height="14" />
          <path class="fold" d={`M${x - 3} ${base + 7}l6 -14M${x + width - 3} ${base + 7}l6 -14`} />
          <text class="halo" x={x + width / 2} y={base - 13} text-anchor="middle">
            {words}
          </text>
        </g>
      ))}
      {lane.marks.map((mark, index) => (
        <MarkDrawing key={index} mark={mark} base={base} />
      ))}
    </g>
  )
}

function MarkDrawing({
  mark: { x, rise, digit },
  base,
}: {
  mark: Lane['marks'][number]
  base: number
}) {
  if (rise === null) return <path class="tick ok" d={`M${x} ${base + 0.5}V${base + 13.5}`} />
  const top = base - 0.5 - RISE[rise]
  return (
    <>
      <path class={`tick w${rise}`} d={`M${x} ${base - 0.5}V${top}`} />
      {digit !== '' && (
        <text class="strong halo" x={x} y={top - 5} text-anchor="middle">
          {digit}
        </text>
      )}
    </>
  )
}

/** The one part that is drawn anew with every step. */
function Cursor({ playback, shape }: { playback: PlaybackState; shape: StageShape }) {
  const row = playback.row.value
  if (row === undefined) return null
  const x = shape.toX(row.drawn)
  const foot = shape.height - 29
  return (
    <>
      <path class="head-line" d={`M${x} ${STAGE.top + 22}V${foot}`} />
      <path class="head-foot" d={`M${x - 7} ${foot + 11}L${x} ${foot}L${x + 7} ${foot + 11}Z`} />
    </>
  )
}

function Bar({ playback }: { playback: PlaybackState }) {
  const isPlaying = playback.isPlaying.value
  const row = playback.row.value
  return (
    <div class="steer">
      <button
        class="btn icon"
        type="button"
        aria-label="Step before, left arrow"
        onClick={() => playback.goBy(-1)}
      >
        <Icon name="back" />
      </button>
      <button
        class="btn icon"
        type="button"
        aria-label={isPlaying ? 'Pause, space' : 'Play, space'}
        onClick={playback.togglePlay}
      >
        <Icon name={isPlaying ? 'pause' : 'play'} />
      </button>
      <button
        class="btn icon"
        type="button"
        aria-label="Next step, right arrow"
        onClick={() => playback.goBy(1)}
      >
        <Icon name="next" />
      </button>
      <p class="where" aria-live={isPlaying ? 'off' : 'polite'}>
        {row === undefined ? (
          <span class="soft">Nothing was recorded.</span>
        ) : (
          <>
            <b class="at">{toClock(row.sinceMs)}</b>
            <span class="soft">
              Step {playback.chosen.value + 1} of {playback.rows.value.length}, {onInWords(row.on)}
            </span>
          </>
        )}
      </p>
      <span class="grow" />
      <p class="meta">Hatched: waiting. Up: winces. Down: liked.</p>
    </div>
  )
}
