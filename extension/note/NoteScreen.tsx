import { useEffect } from 'preact/hooks'

import { Screen } from '../panel/Screen'
import { Composer, type ComposerProps } from './Composer'
import { useComposerKeys } from './composer-keys'

/** A note outside of a walk, or one to finish: the composer on a screen of its own. */
export function NoteScreen({ onDone, ...props }: ComposerProps & { onDone(): void }) {
  const { composer } = props
  const isOpen = composer.isOpen.value
  useComposerKeys(composer)
  useEffect(() => {
    // Saved, removed or folded: nothing is left to do here.
    if (!isOpen) onDone()
  }, [isOpen, onDone])
  if (!isOpen) return null
  const back = () => void composer.fold()
  return (
    <Screen title="Your note" back={{ label: 'Back, the draft is kept', go: back }}>
      <Composer {...props} />
    </Screen>
  )
}
