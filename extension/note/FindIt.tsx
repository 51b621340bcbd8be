import { createContext } from 'preact'
import { useContext } from 'preact/hooks'

import type { KeptNote } from '../storage/database'
import type { FinderModel } from './finder'
import { placeTitle } from './place-words'

/** Finds elements again on the page in front; null where there is no page in front. */
export const Finder = createContext<FinderModel | null>(null)

/** Shows where a note was pinned, or says honestly that it is not there any more. */
export function FindIt({ note }: { note: KeptNote }) {
  const finder = useContext(Finder)
  if (finder === null || !finder.canFind(note)) return null
  const answer = finder.answer.value?.noteId === note.id ? finder.answer.value.state : null
  return (
    <span class="find">
      <button
        class="link"
        type="button"
        aria-label={`Find it on the page: ${note.words === '' ? placeTitle(note.place) : note.words}`}
        onClick={() => void finder.find(note)}
      >
        Find it on the page
      </button>
      <output class="meta">
        {answer === 'found' && 'Found it'}
        {answer === 'gone' &&
          (note.attachments.length > 0
            ? 'Could not find it any more. Here is the picture.'
            : 'Could not find it any more.')}
      </output>
    </span>
  )
}
