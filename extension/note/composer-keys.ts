import { useKeys } from '../panel/keys'
import type { ComposerModel } from './composer'

/** Ctrl+Enter saves, Esc folds, E and L choose the mood, 1 to 3 the wince. */
export function useComposerKeys(composer: ComposerModel): void {
  useKeys((key) => {
    const note = composer.note.peek()
    if (!composer.isOpen.peek() || note === null) return false
    switch (key) {
      case 'Ctrl+Enter':
        void composer.save()
        return true
      case 'Escape':
        void composer.fold()
        return true
      case 'e':
      case 'E':
        composer.change({ mood: 'embarrassed' })
        return true
      case 'l':
      case 'L':
        composer.change({ mood: 'liked' })
        return true
      case '1':
      case '2':
      case '3':
        if (note.mood === 'embarrassed')
          composer.change({ wince: key === '1' ? 1 : key === '2' ? 2 : 3 })
        return true
      default:
        return false
    }
  })
}
