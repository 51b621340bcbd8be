import { useModel } from '@preact/signals'
import { useEffect } from 'preact/hooks'

import { SPLIT_MAX_NOTES, type TriageNote } from '#shared/api/triage'

import { Loading } from '../parts/Loading'
import { Notice } from '../parts/Notice'
import { Sheet } from '../parts/Sheet'
import { Tile } from '../parts/Tile'
import { Trouble } from '../parts/Trouble'
import { count, toLongDay } from '../words'
import { Deciding } from './Deciding'
import type { Desk } from './desk'
import { SplitModel } from './entry-decisions'
import { placeInShort } from './place-words'

interface SplitDialogProps {
  desk: Desk
  note: TriageNote
  onClose: () => void
}

/** Chooses the notes that become an entry of their own, and what it is called. */
export function SplitDialog({ desk, note, onClose }: SplitDialogProps) {
  const split = useModel(() => new SplitModel(desk, note.entry))
  useEffect(() => void split.reload(), [split])
  const state = split.state.value
  return (
    <Sheet title={`Split #${note.entry.number}`} wide onClose={onClose}>
      {state.status === 'loading' && <Loading />}
      {state.status === 'failed' && <Trouble retry={split.reload} />}
      {state.status === 'missing' && <p>There is no entry with this number.</p>}
      {state.status === 'ready' && state.value.entry.notes < 2 && (
        <Notice>
          <p>
            #{state.value.entry.number} has one note, so there is nothing to split. Move the note
            instead.
          </p>
        </Notice>
      )}
      {state.status === 'ready' && state.value.entry.notes >= 2 && (
        <form
          class="fields"
          onSubmit={(event) => {
            event.preventDefault()
            void split.split().then((isDone) => isDone && onClose())
          }}
        >
          <fieldset class="field">
            <legend>Which notes of “{state.value.entry.title}” are about something else?</legend>
            <ul class="pick-notes">
              {state.value.evidence.notes.map((each) => (
                <li key={each.id}>
                  <label>
                    <input
                      type="checkbox"
                      checked={split.ids.value.has(each.id)}
                      onChange={() => split.toggle(each.id)}
                    />
                    <Tile mood={each.mood} wince={each.wince} />
                    <span class="grow">
                      {each.words === '' ? 'A silent moment: no words yet.' : each.words}
                      <span class="meta">
                        {each.author}, {placeInShort(each.place)}, {toLongDay(each.at)}
                      </span>
                    </span>
                  </label>
                </li>
              ))}
            </ul>
            {state.value.evidence.next !== null && (
              <p>
                <button
                  class="btn small"
                  type="button"
                  disabled={split.more.value === 'loading'}
                  onClick={() => void split.showMore()}
                >
                  {split.more.value === 'failed' ? 'Try again' : 'Show more notes'}
                </button>
              </p>
            )}
          </fieldset>
          <div class="field">
            <label htmlFor="split-title">What is their entry called? It can wait.</label>
            <input
              class="input"
              id="split-title"
              value={split.title.value}
              maxLength={120}
              autoComplete="off"
              onInput={(event) => split.setTitle(event.currentTarget.value)}
            />
            <p class="hint">
              Without one it takes the first note’s own words. The halves never join again by
              themselves.{' '}
              {split.ids.value.size > SPLIT_MAX_NOTES &&
                `At most ${SPLIT_MAX_NOTES} notes at once.`}
            </p>
          </div>
          <Deciding
            deciding={split.deciding}
            queue={desk.queue}
            action={`Split off ${count(split.ids.value.size, 'note')}`}
            working="Splitting…"
            isReady={split.canSplit.value}
            onClose={onClose}
          />
        </form>
      )}
    </Sheet>
  )
}
