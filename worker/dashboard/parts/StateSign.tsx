import { type EntryState, STATE_WORDS } from '#shared/sync'

interface StateSignProps {
  state: EntryState
  /** How often a new note opened it again; said while it is open again. */
  regressions?: number
}

/** A circle that fills and the word, always both. */
export function StateSign({ state, regressions = 0 }: StateSignProps) {
  return (
    <span class="st" data-s={state}>
      {STATE_WORDS[state]}
      {state === 'reopened' && regressions > 0 && (
        <span class="meta run">
          {' '}
          {regressions}× <span class="vh">by new notes</span>
        </span>
      )}
    </span>
  )
}
