import { useEffect } from 'preact/hooks'

import type { PlaybackState } from './playback'

const FIELDS = 'input, select, textarea, [contenteditable], dialog'
/** Space presses these by itself. */
const PRESSED = 'a, button, summary'

/** Arrow keys, Home, End and Space move through a walk, wherever on its page the focus is. */
export function usePlaybackKeys(playback: PlaybackState): void {
  useEffect(() => {
    const acts: Record<string, () => void> = {
      ArrowLeft: () => playback.goBy(-1),
      ArrowRight: () => playback.goBy(1),
      Home: () => playback.go(0),
      End: playback.goToEnd,
      ArrowUp: () => playback.goBy(-1),
      ArrowDown: () => playback.goBy(1),
      ' ': playback.togglePlay,
    }
    const press = (event: KeyboardEvent) => {
      const act = acts[event.key]
      if (!act || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
      const { target } = event
      const isElsewhere =
        target instanceof Element &&
        (target.closest(FIELDS) !== null ||
          (event.key === ' ' && target.closest(PRESSED) !== null) ||
          (event.key.startsWith('Arrow') && target.closest('.scroll-x') !== null))
      // Up and down scroll the page, but in the list.
      const isUpOrDown = event.key === 'ArrowUp' || event.key === 'ArrowDown'
      if (isUpOrDown && !(target instanceof Element && target.closest('.lines'))) return
      if (isElsewhere || document.querySelector('dialog[open]') !== null) return
      event.preventDefault()
      act()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [playback])
}
