import { useModel } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'

import { coverWords, pictureAlt } from '../note/MaskedPicture'
import { Icon } from '../panel/Icon'
import { useKeys } from '../panel/keys'
import { Screen } from '../panel/Screen'
import { CoverList } from './CoverList'
import { PictureEditorModel } from './editor'
import { byOf } from './keys'
import { Stage } from './Stage'
import { Tools } from './Tools'
import type { PictureWorkDeps } from './work'

interface PictureEditorProps extends PictureWorkDeps {
  /** What the picture is of. */
  title: string
  onBack(): void
  onLeaveOut(): void
}

/** The picture of a note that was not sent: covers, arrow and crop, until it is used. */
export function PictureEditor({ title, onBack, onLeaveOut, ...deps }: PictureEditorProps) {
  const editor = useModel(() => new PictureEditorModel(deps))
  const root = useRef<HTMLDivElement>(null)
  const counts = editor.counts.value
  const next = editor.focus.value
  const history = editor.history.value
  useEffect(() => {
    if (next !== null) {
      root.current?.querySelector<HTMLElement>(`[data-at="${next}"]`)?.focus()
      editor.focus.value = null
    } else if (document.activeElement === document.body) {
      // What had the focus is undone.
      root.current?.querySelector<HTMLElement>('[data-at="undo"]')?.focus({ preventScroll: true })
    }
  }, [next, history, editor])
  useUndoKeys(editor)
  useKeys((key) => {
    if (key === 'Escape') return editor.drop()
    if (key !== 'z' && key !== 'Z') return false
    if (editor.undoWords.peek() === null) return false
    editor.undo()
    return true
  })
  const canReveal = editor.source.value?.canReveal === true
  const isKeeping = editor.status.value === 'keeping'
  return (
    <Screen
      title="Picture for your note"
      aside={<p class="meta">{coverWords(counts)}</p>}
      back={{ label: 'Back to the note', go: onBack }}
      dock={
        <div class="pair">
          <Trouble editor={editor} />
          <button class="btn" type="button" onClick={onLeaveOut}>
            Leave it out
          </button>
          <button
            class="btn primary"
            type="button"
            aria-busy={isKeeping}
            aria-disabled={editor.source.value === null}
            onClick={() => void editor.use()}
          >
            {isKeeping ? 'Covering…' : 'Use this picture'}
          </button>
        </div>
      }
    >
      <div class="editor" ref={root}>
        <Stage editor={editor} alt={pictureAlt(counts, title)} />
        <Tools editor={editor} />
        <CropDraft editor={editor} />
        <CoverList editor={editor} />
        <p class="notice mem">
          <Icon name="lock" />
          <span>
            {canReveal
              ? 'The uncovered picture is only in memory while this is open. After “Use this picture” the covers cannot be taken off.'
              : 'What is under the covers was never kept, so it cannot be shown later.'}
          </span>
        </p>
        <output class="vh">{editor.said.value}</output>
      </div>
    </Screen>
  )
}

/** Ctrl+Z and Ctrl+Y, as everywhere else. */
function useUndoKeys({ undo, redo }: PictureEditorModel): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const isTyping = event.target instanceof HTMLInputElement
      if (isTyping || !(event.ctrlKey || event.metaKey) || event.altKey) return
      const key = event.key.toLowerCase()
      if (key === 'y' || (key === 'z' && event.shiftKey)) redo()
      else if (key === 'z') undo()
      else return
      event.preventDefault()
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [undo, redo])
}

/** A crop that is being set by keys. */
function CropDraft({ editor }: { editor: PictureEditorModel }) {
  if (editor.tool.value !== 'crop' || editor.draft.value === null) return null
  return (
    <div class="head2">
      <p class="meta grow" id="crop-keys">
        Arrow keys move it, with Shift they resize it
      </p>
      <button
        class="btn small"
        type="button"
        data-at="crop"
        aria-describedby="crop-keys"
        onClick={() => editor.makeCrop()}
        onKeyDown={(event) => {
          const by = byOf(event)
          if (by === null) return
          editor.nudgeDraft(by, event.shiftKey)
          event.preventDefault()
        }}
      >
        <Icon name="crop" /> Crop to this
      </button>
    </div>
  )
}

function Trouble({ editor }: { editor: PictureEditorModel }) {
  switch (editor.status.value) {
    case 'editing':
    case 'keeping':
      return null
    case 'no-room':
      return (
        <p class="hint is-late" role="alert">
          Not kept: this device has no room. The picture is as it was.
        </p>
      )
    case 'failed':
      return (
        <p class="hint is-late" role="alert">
          That did not work. The picture is as it was; try again.
        </p>
      )
    case 'gone':
      return (
        <p class="hint is-late" role="alert">
          The note was sent or removed meanwhile. Its picture is as it was.
        </p>
      )
  }
}
