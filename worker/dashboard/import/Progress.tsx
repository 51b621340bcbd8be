interface ProgressProps {
  words: string
  done: number
  of: number
}

/** How far something is that takes a while. */
export function Progress({ words, done, of }: ProgressProps) {
  return (
    <label class="progress">
      <output>
        {words}: {done} of {of}
      </output>
      <progress value={done} max={Math.max(1, of)} aria-label={words} />
    </label>
  )
}
