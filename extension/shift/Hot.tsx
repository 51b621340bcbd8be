import { singleKeys } from '../panel/single-keys'

interface HotProps {
  letter: string
  /** The words that the letter is underlined in; without them it stands in the corner. */
  words?: string
}

/** The key that says the same outside of fields; to readers of the screen its control names it. */
export function Hot({ letter, words }: HotProps) {
  if (words !== undefined) {
    const at = singleKeys.value ? words.toUpperCase().indexOf(letter) : -1
    return at < 0 ? (
      <span>{words}</span>
    ) : (
      <span>
        {words.slice(0, at)}
        <u>{words.slice(at, at + 1)}</u>
        {words.slice(at + 1)}
      </span>
    )
  }
  return singleKeys.value ? (
    <kbd class="hot" aria-hidden="true">
      {letter}
    </kbd>
  ) : null
}
