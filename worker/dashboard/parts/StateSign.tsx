import { type EntryState, STATE_WORDS } from '#shared/sync'

/** A circle that fills and the word, always both. */
export function StateSign({ state }: { state: EntryState }) {
  return (
    <span class="st" data-s={state}>
      {STATE_WORDS[state]}
    </span>
  )
}
