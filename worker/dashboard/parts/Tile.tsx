import { type Mood, type Wince, WINCE_WORDS } from '#shared/note'

import { Icon } from './Icon'

/** The wince as a digit in a square, liked as smiling eyes in a circle, nothing set as a dash. */
export function Tile({ mood, wince }: { mood: Mood; wince: Wince | null }) {
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
      <span class="tile none">
        <span aria-hidden="true">–</span>
        <span class="vh">Wince not set</span>
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
