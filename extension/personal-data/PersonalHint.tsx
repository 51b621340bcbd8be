import { useSignal } from '@preact/signals'
import { useContext } from 'preact/hooks'

import { Icon } from '../panel/Icon'
import { coverPersonal, findPersonal } from './find-personal'
import { OwnWords } from './own-words'

interface PersonalHintProps {
  text: string
  onCover(text: string): void
}

/**
 * A quiet word under a field while somebody writes: on this device, never in the way, one tap to
 * cover. What was said to be fine is not asked about again here.
 */
export function PersonalHint({ text, onCover }: PersonalHintProps) {
  const fine = useSignal<readonly string[]>([])
  const findOwn = useContext(OwnWords)?.value
  const found = findPersonal(text, findOwn).find(({ words }) => !fine.value.includes(words))
  return (
    <div class="personal" aria-live="polite">
      {found !== undefined && (
        <p class="hint">
          <Icon name="mask" />
          <span class="grow">
            “{found.words}” looks like {found.looksLike}.
          </span>
          <button class="link" type="button" onClick={() => onCover(coverPersonal(text, found))}>
            Cover it
          </button>
          <button
            class="link"
            type="button"
            aria-label={`It’s fine: “${found.words}”`}
            onClick={() => (fine.value = [...fine.value, found.words])}
          >
            It’s fine
          </button>
        </p>
      )}
    </div>
  )
}
