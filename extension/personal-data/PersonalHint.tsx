import { useSignal } from '@preact/signals'
import { useContext } from 'preact/hooks'

import { Icon } from '../panel/Icon'
import { type PersonalData, coverPersonal, findPersonal } from '#shared/personal-data'
import { OwnWords } from './own-words'

interface PersonalHintProps {
  text: string
  /** What the field is for, so that nobody is warned of it. */
  fine?: PersonalData['what']
  onCover(text: string): void
}

/**
 * A quiet word under a field while somebody writes: on this device, never in the way, one tap to
 * cover. What was said to be fine is not asked about again here.
 */
export function PersonalHint({ text, fine, onCover }: PersonalHintProps) {
  const saidFine = useSignal<readonly string[]>([])
  const findOwn = useContext(OwnWords)?.value
  const found = findPersonal(text, findOwn).find(
    ({ what, words }) => what !== fine && !saidFine.value.includes(words),
  )
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
            onClick={() => (saidFine.value = [...saidFine.value, found.words])}
          >
            It’s fine
          </button>
        </p>
      )}
    </div>
  )
}
