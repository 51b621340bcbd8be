import { useLayoutEffect, useRef } from 'preact/hooks'

import { type Box, paint } from '../picture/paint'
import type { PictureEditorModel } from './editor'
import { type Point, boxBetween, hasPoint } from './geometry'
import { Overlay, unitOf } from './Overlay'

/** Less than this is a tap and no drawing, in CSS px of the screen. */
const STILL = 4

/** What a pointer is doing from where it went down. */
interface Drag {
  from: Point
  screen: Point
  hasMoved: boolean
  /** The box that it moves, or null where it draws. */
  moving: Box | null
  /** The corner that stays where it is while another one is dragged. */
  fixed: Point | null
}

/** The picture as it would be kept, and over it what is only to be seen here. */
export function Stage({ editor, alt }: { editor: PictureEditorModel; alt: string }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const drag = useRef<Drag | null>(null)
  const source = editor.source.value
  const drawing = editor.drawing.value
  useLayoutEffect(() => {
    // The covers are painted on it too: no pixel under one is in the page.
    if (canvas.current && source && drawing) paint(canvas.current, source.bitmap, drawing)
  }, [source, drawing])

  function down(event: PointerEvent & { currentTarget: SVGSVGElement }): void {
    if (event.button !== 0) return
    const from = pointOf(event)
    const held = chosenBox(editor)
    const reach = held === null ? 0 : 12 * unitOf(editor.edited.value?.crop ?? held)
    drag.current = {
      from,
      screen: [event.clientX, event.clientY],
      hasMoved: false,
      moving: held !== null && hasPoint(held, from) ? held : null,
      fixed: held === null ? null : cornerAcross(held, from, reach),
    }
    event.currentTarget.setPointerCapture(event.pointerId)
  }

  function move(event: PointerEvent & { currentTarget: SVGSVGElement }): void {
    const current = drag.current
    if (current === null) return
    const { screen, from, moving, fixed } = current
    const way = Math.hypot(event.clientX - screen[0], event.clientY - screen[1])
    if (!current.hasMoved && way < STILL) return
    current.hasMoved = true
    const to = pointOf(event)
    if (fixed !== null) editor.place(boxBetween(fixed, to))
    else if (moving !== null) {
      const [x, y, width, height] = moving
      editor.place([x + to[0] - from[0], y + to[1] - from[1], width, height])
    } else editor.draw(from, to)
  }

  function up(event: PointerEvent & { currentTarget: SVGSVGElement }): void {
    const current = drag.current
    drag.current = null
    if (current === null) return
    if (!current.hasMoved) editor.tap(current.from)
    else if (current.fixed === null && current.moving === null)
      editor.drawn(current.from, pointOf(event))
  }

  function cancel(): void {
    drag.current = null
    editor.draft.value = null
  }

  return (
    <div class="stage">
      <div class="picture">
        <canvas ref={canvas}>{alt}</canvas>
        <Overlay editor={editor} onDown={down} onMove={move} onUp={up} onCancel={cancel} />
      </div>
    </div>
  )
}

/** The box of what is chosen, where the walker put it there. */
function chosenBox(editor: PictureEditorModel): Box | null {
  const chosen = editor.chosen.value
  if (chosen === null || !('mark' in chosen)) return null
  const mark = editor.edited.value?.marks.find(({ id }) => id === chosen.mark)
  return mark === undefined || mark.shape === 'arrow' ? null : mark.box
}

function cornerAcross([x, y, width, height]: Box, at: Point, reach: number): Point | null {
  for (const [cornerX, cornerY, acrossX, acrossY] of [
    [x, y, x + width, y + height],
    [x + width, y, x, y + height],
    [x, y + height, x + width, y],
    [x + width, y + height, x, y],
  ] as const) {
    if (Math.hypot(at[0] - cornerX, at[1] - cornerY) <= reach) return [acrossX, acrossY]
  }
  return null
}

/** Where in the picture's space a pointer is, at most at the edge of what is shown. */
function pointOf(event: PointerEvent & { currentTarget: SVGSVGElement }): Point {
  const svg = event.currentTarget
  const matrix = svg.getScreenCTM()?.inverse()
  const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix)
  const box = svg.viewBox.baseVal
  return [
    Math.max(box.x, Math.min(x, box.x + box.width)),
    Math.max(box.y, Math.min(y, box.y + box.height)),
  ]
}
