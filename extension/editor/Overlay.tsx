import type { Box } from '../picture/paint'
import { coverCaption } from './cover-words'
import type { PictureEditorModel } from './editor'
import { boxBetween } from './geometry'
import { LISTED, isListed } from './listed'
import { boxOf } from './placing'

type PointerListener = (event: PointerEvent & { currentTarget: SVGSVGElement }) => void

interface OverlayProps {
  editor: PictureEditorModel
  onDown: PointerListener
  onMove: PointerListener
  onUp: PointerListener
  onCancel(): void
}

/** A px of the design, which draws pictures 640 px wide, in px of a picture of which this much is shown. */
export function unitOf([, , width, height]: Box): number {
  return Math.max(width, height * 0.8) / 640
}

/** Numbers, captions, what is chosen and what is being drawn; none of it gets into the picture. */
export function Overlay({ editor, onDown, onMove, onUp, onCancel }: OverlayProps) {
  const edited = editor.edited.value
  const source = editor.source.value
  if (edited === null || source === null) return null
  const { crop, marks, uncovered } = edited
  const unit = unitOf(crop)
  const chosen = editor.chosen.value
  const numbered = marks.filter(({ shape }) => shape !== 'arrow')
  return (
    <svg
      class={`marks ${editor.tool.value === null ? '' : 'is-drawing'}`}
      viewBox={crop.join(' ')}
      aria-hidden="true"
      onPointerDown={onDown}
      onPointerMove={onMove}
      onPointerUp={onUp}
      onPointerCancel={onCancel}
    >
      {source.covers.map((cover, index) => {
        const [box] = cover.boxes
        if (box === undefined || index >= LISTED || !isListed(cover, crop)) return null
        const isOff = uncovered.has(index)
        const isChosen = chosen !== null && 'cover' in chosen && chosen.cover === index
        return (
          <g key={index}>
            {isOff && <rect class="off" {...rectOf(box)} />}
            {!isOff && <Caption box={box} words={coverCaption(cover)} unit={unit} />}
            {isChosen && cover.boxes.map((each) => <Selected box={each} key={each.join()} />)}
            <Badge box={box} unit={unit} number={index + 1} />
          </g>
        )
      })}
      {numbered.map((mark, index) => (
        <g key={`mark ${mark.id}`}>
          {mark.shape === 'reveal' && <rect class="off" {...rectOf(boxOf(mark))} />}
          <Badge box={boxOf(mark)} unit={unit} number={source.covers.length + index + 1} />
        </g>
      ))}
      {marks.map((mark) => {
        if (chosen === null || !('mark' in chosen) || chosen.mark !== mark.id) return null
        const box = boxOf(mark)
        return (
          <g key={`chosen ${mark.id}`}>
            <Selected box={box} />
            {mark.shape !== 'arrow' && <Grips box={box} unit={unit} />}
          </g>
        )
      })}
      <Draft editor={editor} crop={crop} />
    </svg>
  )
}

function Badge({ box, unit, number }: { box: Box; unit: number; number: number }) {
  const [x, y, , height] = box
  return (
    <g class="badge" transform={`translate(${x} ${y + height / 2}) scale(${unit})`}>
      <circle r="13" />
      <text y="5.5">{number}</text>
    </g>
  )
}

/** On a cover that has room for it beside its number. */
function Caption({ box, words, unit }: { box: Box; words: string; unit: number }) {
  const [x, y, width, height] = box
  if (width < (words.length * 7 + 44) * unit || height < 16 * unit) return null
  return (
    <text
      class="caption"
      transform={`translate(${x + width / 2} ${y + height / 2}) scale(${unit})`}
      y="4"
    >
      {words}
    </text>
  )
}

function Selected({ box }: { box: Box }) {
  return (
    <>
      <rect class="sel" {...rectOf(box)} />
      <rect class="sel" {...rectOf(box)} />
    </>
  )
}

function Grips({ box, unit }: { box: Box; unit: number }) {
  const [x, y, width, height] = box
  const side = 14 * unit
  return (
    <g class="grip">
      {[x, x + width].flatMap((across) =>
        [y, y + height].map((down) => (
          <rect
            key={`${across} ${down}`}
            x={across - side / 2}
            y={down - side / 2}
            width={side}
            height={side}
          />
        )),
      )}
    </g>
  )
}

/** What is being drawn; around a crop the rest is dimmed. */
function Draft({ editor, crop }: { editor: PictureEditorModel; crop: Box }) {
  const line = editor.draft.value
  if (line === null) return null
  const { from, to } = line
  if (editor.tool.value === 'arrow')
    return (
      <>
        <line class="sel" x1={from[0]} y1={from[1]} x2={to[0]} y2={to[1]} />
        <line class="sel" x1={from[0]} y1={from[1]} x2={to[0]} y2={to[1]} />
      </>
    )
  const box = boxBetween(from, to)
  return (
    <>
      {editor.tool.value === 'crop' && (
        <path class="away" d={`${ringOf(crop)}${ringOf(box)}`} fill-rule="evenodd" />
      )}
      <Selected box={box} />
    </>
  )
}

function ringOf([x, y, width, height]: Box): string {
  return `M${x} ${y}h${width}v${height}h${-width}z`
}

function rectOf([x, y, width, height]: Box) {
  return { x, y, width, height }
}
