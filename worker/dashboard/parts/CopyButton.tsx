import { useModel } from '@preact/signals'

import { CopyModel } from './copy'
import { Icon } from './Icon'

/** Copies a text and says so; where the browser refuses, says that instead. */
export function CopyButton({
  text,
  words,
  small = false,
}: {
  text: string
  words: string
  small?: boolean
}) {
  const copy = useModel(() => new CopyModel((copied) => navigator.clipboard.writeText(copied)))
  const status = copy.status.value
  return (
    <button class={small ? 'btn small' : 'btn'} type="button" onClick={() => void copy.copy(text)}>
      <Icon name={status === 'copied' ? 'check' : 'copy'} small={small} />
      <output>
        {status === 'copied' ? 'Copied' : status === 'refused' ? 'Your browser said no' : words}
      </output>
    </button>
  )
}
