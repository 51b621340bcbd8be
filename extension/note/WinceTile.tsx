import { type Mood, WINCE_WORDS, type Wince } from '#shared/note'

import { Icon } from '../panel/Icon'

/** A digit in a square, or smiling eyes in a circle; the eyes of the mark where nothing was graded. */
export function WinceTile({ mood, wince }: { mood: Mood; wince: Wince | null }) {
  if (mood === 'liked') {
    return (
      <span class="tile is-liked">
        <Icon name="eyes" />
        <span class="vh">Liked</span>
      </span>
    )
  }
  if (wince === null) {
    return (
      <span class="tile is-open">
        <Icon name="mark" />
        <span class="vh">Embarrassing, not graded</span>
      </span>
    )
  }
  return (
    <span class="tile" data-w={wince}>
      <span class="vh">Wince </span>
      {wince}
      <span class="vh"> of 3, {WINCE_WORDS[wince]}</span>
    </span>
  )
}
