import { useSignal } from '@preact/signals'
import type { TargetedKeyboardEvent } from 'preact'
import { useRef } from 'preact/hooks'

import type { IconName } from '../../shared/style/icons'
import { Icon } from '../panel/Icon'
import type { PictureEditorModel, Tool } from './editor'

const TOOLS: { tool: Tool; icon: IconName; words: string }[] = [
  { tool: 'cover', icon: 'addbox', words: 'Cover' },
  { tool: 'reveal', icon: 'eye', words: 'Reveal' },
  { tool: 'arrow', icon: 'arrow', words: 'Arrow' },
  { tool: 'crop', icon: 'crop', words: 'Crop' },
]
const STEPS: Record<string, (at: number, count: number) => number> = {
  ArrowRight: (at, count) => (at + 1) % count,
  ArrowLeft: (at, count) => (at + count - 1) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
}

/** The tools, undo and redo: one stop for Tab, the arrow keys go from one to the next. */
export function Tools({ editor }: { editor: PictureEditorModel }) {
  const bar = useRef<HTMLDivElement>(null)
  const at = useSignal(0)
  const canReveal = editor.source.value?.canReveal === true
  const tools = TOOLS.filter(({ tool }) => canReveal || tool !== 'reveal')
  const steps = [
    { name: 'Undo', icon: 'undo' as const, words: editor.undoWords.value, go: editor.undo },
    { name: 'Redo', icon: 'redo' as const, words: editor.redoWords.value, go: editor.redo },
  ]
  const stop = Math.min(at.value, tools.length + steps.length - 1)

  function walk(event: TargetedKeyboardEvent<HTMLDivElement>): void {
    const step = STEPS[event.key]
    if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    at.value = step(stop, tools.length + steps.length)
    bar.current?.querySelectorAll('button')[at.value]?.focus()
  }

  return (
    <div
      class="tools"
      role="toolbar"
      aria-label="Picture tools"
      tabIndex={-1}
      ref={bar}
      onKeyDown={walk}
    >
      {tools.map(({ tool, icon, words }, index) => {
        const isOn = editor.tool.value === tool
        return (
          <button
            class="btn"
            type="button"
            key={tool}
            aria-pressed={isOn}
            tabIndex={index === stop ? 0 : -1}
            data-at={`tool-${tool}`}
            onFocus={() => (at.value = index)}
            onClick={(event) => {
              // A key, not a pointer: on a tool that is taken it does what a pointer does on the picture.
              if (isOn && event.detail === 0) editor.placeInMiddle()
              else editor.pick(tool)
            }}
          >
            <Icon name={icon} /> {words}
          </button>
        )
      })}
      {steps.map(({ name, icon, words, go }, index) => (
        <button
          class="btn icon"
          type="button"
          key={name}
          aria-label={words === null ? name : `${name}: ${words}`}
          aria-disabled={words === null}
          tabIndex={tools.length + index === stop ? 0 : -1}
          data-at={name.toLowerCase()}
          onFocus={() => (at.value = tools.length + index)}
          onClick={() => go()}
        >
          <Icon name={icon} />
        </button>
      ))}
    </div>
  )
}
