import { computed, createModel, signal } from '@preact/signals'

import type { Box } from '../picture/paint'
import { coverName } from './cover-words'
import { type Mark, editWords, idAfter } from './edits'
import { type Point, boxBetween, middleOf, moved, movedPoint, partIn, resized } from './geometry'
import { type Chosen, findAt, middleMark, tappedMark } from './placing'
import { PictureWorkModel, type PictureWorkDeps } from './work'

export type Tool = 'cover' | 'reveal' | 'arrow' | 'crop'

export interface Line {
  from: Point
  to: Point
}

/** A picture before it is used: what is covered, what the walker changes about that, and undo. */
export const PictureEditorModel = createModel((deps: PictureWorkDeps) => {
  const work = new PictureWorkModel(deps)
  const { source, history, edited, apply } = work
  const tool = signal<Tool | null>('cover')
  const chosen = signal<Chosen | null>(null)
  /** The cover of which the walker is asked why it may come off. */
  const asking = signal<number | null>(null)
  /** From where to where something is being drawn, or a crop that is not made yet. */
  const draft = signal<Line | null>(null)
  /** For screen readers. */
  const said = signal('')
  /** What is to have the focus next, by its `data-at`. */
  const focus = signal<string | null>(null)
  const takeId = () => idAfter(history.peek())

  function add(mark: Mark | undefined, words: string): boolean {
    if (mark === undefined || !apply({ do: 'add', mark })) return false
    chosen.value = { mark: mark.id }
    said.value = words
    if (mark.shape === 'arrow') tool.value = null
    return true
  }

  function crop(box: Box): void {
    draft.value = null
    tool.value = null
    if (apply({ do: 'crop', box })) said.value = 'Cropped'
  }

  function ask(cover: number): void {
    const from = source.peek()
    if (from?.covers[cover] === undefined || !from.canReveal) return
    chosen.value = { cover }
    asking.value = cover
    focus.value = 'why'
  }

  /** What is chosen, as it is now; undefined where that is no mark. */
  function chosenMark(): Mark | undefined {
    const current = chosen.peek()
    if (current === null || !('mark' in current)) return undefined
    return edited.peek()?.marks.find(({ id }) => id === current.mark)
  }

  const shapeOfTool = () => (tool.peek() === 'reveal' ? 'reveal' : 'cover')

  return {
    source,
    history,
    edited,
    drawing: work.drawing,
    counts: work.counts,
    space: work.space,
    status: work.status,
    use: work.use,
    tool,
    chosen,
    asking,
    draft,
    said,
    focus,
    undoWords: computed(() => {
      const last = history.value?.done.at(-1)
      return last === undefined ? null : editWords(last)
    }),
    redoWords: computed(() => {
      const next = history.value?.undone.at(-1)
      return next === undefined ? null : editWords(next)
    }),

    /** Takes a tool, or lays it down. */
    pick(next: Tool): void {
      const isOn = tool.peek() !== next
      tool.value = isOn ? next : null
      draft.value = null
      said.value = isOn ? TOOL_WORDS[next] : ''
      const current = chosen.peek()
      const everything = edited.peek()?.everything === true
      if (isOn && next === 'reveal' && !everything && current !== null && 'cover' in current)
        ask(current.cover)
    },

    /** The tool does its work in the middle of the picture, for whoever draws with keys. */
    placeInMiddle(): void {
      const now = edited.peek()
      const current = tool.peek()
      if (now === null || current === null) return
      if (current === 'crop') {
        draft.value = lineOf(middleOf(now.crop, 0.8, 0.8))
        focus.value = 'crop'
        return
      }
      if (current === 'reveal' && !now.everything) {
        said.value = 'Choose Reveal beside what is to be shown'
        return
      }
      const mark = middleMark(current, takeId(), now.crop)
      if (add(mark, 'Added in the middle. Arrow keys move it, with Shift they resize it.'))
        focus.value = `mark-${mark.id}`
    },

    /** A pointer is drawing. */
    draw(from: Point, to: Point): void {
      if (tool.peek() !== null) draft.value = { from, to }
    },

    /** A pointer has drawn. */
    drawn(from: Point, to: Point): void {
      draft.value = null
      const now = edited.peek()
      const current = tool.peek()
      if (now === null || current === null) return
      const box = partIn(boxBetween(from, to), now.crop)
      if (current === 'arrow') add({ id: takeId(), shape: 'arrow', from, to }, 'Arrow drawn')
      else if (box === undefined) return
      else if (current === 'crop') crop(box)
      else add({ id: takeId(), shape: shapeOfTool(), box }, 'Added')
    },

    /** A pointer pressed and moved nowhere: what is there is chosen, or the tool does its work there. */
    tap(at: Point): void {
      const from = source.peek()
      const now = edited.peek()
      const current = tool.peek()
      if (from === null || now === null) return
      const found = findAt(at, now, from.covers)
      if (current === 'reveal' && found !== null && 'cover' in found) ask(found.cover)
      else if (found !== null || current === null || current === 'crop') chosen.value = found
      else if (current !== 'reveal' || now.everything)
        add(tappedMark(current, takeId(), at, now.crop), 'Added')
    },

    choose(next: Chosen | null): void {
      chosen.value = next
    },

    /** Moves what is chosen, or resizes it: of an arrow that is its tip. */
    nudge(by: Point, isResize: boolean): void {
      const area = edited.peek()?.crop
      const mark = chosenMark()
      if (area === undefined || mark === undefined) return
      if (mark.shape !== 'arrow') {
        const box = isResize ? resized(mark.box, by, area) : moved(mark.box, by, area)
        apply({ do: 'change', mark: { ...mark, box } })
        return
      }
      const to = movedPoint(mark.to, by, area)
      const from = isResize ? mark.from : movedPoint(mark.from, by, area)
      apply({ do: 'change', mark: { ...mark, from, to } })
    },

    /** Puts what is chosen into a box, as a pointer drags it there. */
    place(box: Box): void {
      const mark = chosenMark()
      if (mark !== undefined && mark.shape !== 'arrow')
        apply({ do: 'change', mark: { ...mark, box } })
    },

    remove(id: number): void {
      if (!apply({ do: 'remove', id })) return
      chosen.value = null
      said.value = 'Removed'
      focus.value = 'tool-cover'
    },

    ask,

    /** @param reason why it may be shown, in words; without any nothing happens */
    uncover(reason: string): void {
      const cover = asking.peek()
      if (cover === null || !apply({ do: 'uncover', cover, reason })) return
      asking.value = null
      const shown = source.peek()?.covers[cover]
      said.value = shown ? `${coverName(shown)} is shown` : ''
      focus.value = `act-${cover}`
    },

    recover(cover: number): void {
      if (apply({ do: 'recover', cover })) said.value = 'Covered again'
    },

    coverEverything(): void {
      asking.value = null
      if (apply({ do: 'everything' })) said.value = 'Everything is covered'
    },

    /** Moves or resizes a crop that is not made yet. */
    nudgeDraft(by: Point, isResize: boolean): void {
      const area = edited.peek()?.crop
      const line = draft.peek()
      if (area === undefined || line === null) return
      const box = boxBetween(line.from, line.to)
      draft.value = lineOf(isResize ? resized(box, by, area) : moved(box, by, area))
    },

    makeCrop(): void {
      const line = draft.peek()
      if (line === null) return
      crop(boxBetween(line.from, line.to))
      focus.value = 'tool-crop'
    },

    /** Esc: the question, the draft or the tool goes. @returns false where there was nothing */
    drop(): boolean {
      const cover = asking.peek()
      if (cover !== null) {
        asking.value = null
        focus.value = `act-${cover}`
      } else if (draft.peek() !== null) {
        draft.value = null
        focus.value = `tool-${tool.peek()}`
      } else if (tool.peek() !== null) tool.value = null
      else if (chosen.peek() !== null) chosen.value = null
      else return false
      said.value = ''
      return true
    },

    undo(): void {
      const last = history.peek()?.done.at(-1)
      if (last === undefined || !work.undo()) return
      asking.value = null
      said.value = `Undone: ${editWords(last)}`
    },

    redo(): void {
      const next = history.peek()?.undone.at(-1)
      if (next !== undefined && work.redo()) said.value = `Done again: ${editWords(next)}`
    },
  }
})
export type PictureEditorModel = InstanceType<typeof PictureEditorModel>

function lineOf([x, y, width, height]: Box): Line {
  return { from: [x, y], to: [x + width, y + height] }
}

const TOOL_WORDS: Record<Tool, string> = {
  cover: 'Cover: draw a box, or press Enter again for one in the middle',
  reveal: 'Reveal: choose a cover on the picture or in the list',
  arrow: 'Arrow: draw one, or press Enter again for one in the middle',
  crop: 'Crop: draw what is to stay, or press Enter again to set it by keys',
}
