import { useLayoutEffect, useRef } from 'preact/hooks'

interface TextAreaProps {
  id: string
  label: string
  value: string
  hint?: string
  /** Takes the focus when it appears. */
  first?: boolean
  put: (value: string) => void
}

/** As many characters as surely fit 4,000 bytes. */
const MOST = 1_300

export function TextArea({ id, label, value, hint, first = false, put }: TextAreaProps) {
  const field = useRef<HTMLTextAreaElement>(null)
  // Before the next key is pressed, or its letter is lost.
  useLayoutEffect(() => {
    if (first) field.current?.focus()
  }, [first])
  return (
    <div class="field">
      <label htmlFor={id}>{label}</label>
      <textarea
        class="input"
        id={id}
        ref={field}
        rows={2}
        maxLength={MOST}
        value={value}
        onInput={(event) => put(event.currentTarget.value)}
      />
      {hint !== undefined && <p class="hint">{hint}</p>}
    </div>
  )
}
