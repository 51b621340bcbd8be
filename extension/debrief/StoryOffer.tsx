import { useSignal } from '@preact/signals'

import { saveFile } from '../file/save-file'
import { Icon } from '../panel/Icon'

/** What was just sent, as one page for Monday's meeting: made here and saved here. */
export function StoryOffer({ makeStory }: { makeStory(): Promise<string | undefined> }) {
  const hasFailed = useSignal(false)
  const save = async () => {
    try {
      const html = await makeStory()
      hasFailed.value = html === undefined
      if (html !== undefined) saveFile('walk.html', new Blob([html], { type: 'text/html' }))
    } catch (error) {
      console.error('no story', error)
      hasFailed.value = true
    }
  }
  return (
    <>
      <button class="btn quiet wide" type="button" onClick={() => void save()}>
        <Icon name="tell" /> Show it on Monday
      </button>
      <p class="hint" role={hasFailed.value ? 'alert' : undefined}>
        {hasFailed.value
          ? 'Not saved. What you sent is safe.'
          : 'Saves the walk as one page without names.'}
      </p>
    </>
  )
}
