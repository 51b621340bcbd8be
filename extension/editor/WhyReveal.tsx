import { useRef } from 'preact/hooks'

import { capitalised } from '../panel/time-words'
import type { PictureEditorModel } from './editor'

const REASONS = ['it is a label, not data', 'it is mine', 'needed to understand']

/** Asks why a cover may come off. Without a reason it stays on. */
export function WhyReveal({ editor, name }: { editor: PictureEditorModel; name: string }) {
  const words = useRef<HTMLInputElement>(null)
  return (
    <form
      class="why"
      aria-label={`Why show ${name}?`}
      onSubmit={(event) => {
        event.preventDefault()
        editor.uncover(words.current?.value ?? '')
      }}
    >
      <p class="label" aria-hidden="true">
        Why show it?
      </p>
      <div class="wrap">
        {REASONS.map((reason, index) => (
          <button
            class="chip"
            type="button"
            key={reason}
            data-at={index === 0 ? 'why' : undefined}
            onClick={() => editor.uncover(reason)}
          >
            {capitalised(reason)}
          </button>
        ))}
      </div>
      <div class="line">
        <input
          class="input grow"
          ref={words}
          maxLength={200}
          required
          aria-label="In other words"
          placeholder="In other words"
        />
        <button class="btn small" type="submit">
          Reveal
        </button>
      </div>
      <p class="line">
        <span class="meta grow">Your reason stays on this device, beside the picture.</span>
        <button class="link" type="button" onClick={() => editor.drop()}>
          Keep it covered
        </button>
      </p>
    </form>
  )
}
