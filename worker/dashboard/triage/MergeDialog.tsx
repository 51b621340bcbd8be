import { useModel } from '@preact/signals'
import { useEffect } from 'preact/hooks'

import type { EntryDetail } from '#shared/api/entry'
import type { TriageEntry, TriageNote } from '#shared/api/triage'

import type { Load } from '../load'
import { Loading } from '../parts/Loading'
import { Sheet } from '../parts/Sheet'
import { StateSign } from '../parts/StateSign'
import { Tile } from '../parts/Tile'
import { Trouble } from '../parts/Trouble'
import { count } from '../words'
import { Deciding } from './Deciding'
import type { Desk } from './desk'
import { MergeModel } from './entry-decisions'
import { EntryPicker, type Thought } from './EntryPicker'

const NOTES_SHOWN = 3

interface MergeDialogProps {
  desk: Desk
  note: TriageNote
  /** Chosen already; null while nobody has. */
  other: TriageEntry | null
  thoughts: readonly Thought[]
  onClose: () => void
}

/** Chooses the other entry, shows both side by side, and asks which one goes on. */
export function MergeDialog({ desk, note, other: known, thoughts, onClose }: MergeDialogProps) {
  const merge = useModel(() => new MergeModel(desk, note))
  useEffect(() => {
    void merge.reload()
    if (known !== null) void merge.chooseOther(known)
  }, [merge, known])
  const other = merge.other.value
  if (other === null) {
    return (
      <Sheet title={`Merge #${note.entry.number} with…`} wide onClose={onClose}>
        <EntryPicker
          api={desk.api}
          mood={note.mood}
          thoughts={thoughts}
          except={note.entry.number}
          choose={(entry) => void merge.chooseOther(entry)}
        />
      </Sheet>
    )
  }
  const isIntoOther = merge.into.value === 'other'
  const source = isIntoOther ? note.entry.number : other.number
  const stays = isIntoOther ? other.number : note.entry.number
  const isReady = merge.own.value.status === 'ready' && merge.target.value.status === 'ready'
  return (
    <Sheet title={`Merge #${source} into #${stays}`} wide onClose={onClose}>
      <form
        class="fields"
        onSubmit={(event) => {
          event.preventDefault()
          void merge.merge().then((isDone) => isDone && onClose())
        }}
      >
        <fieldset class="both">
          <legend class="vh">Which one goes on?</legend>
          <Side
            state={merge.own.value}
            isOn={!isIntoOther}
            choose={() => merge.setInto('own')}
            retry={() => void merge.reload()}
          />
          <Side
            state={merge.target.value}
            isOn={isIntoOther}
            choose={() => merge.setInto('other')}
            retry={() => void merge.chooseOther(other)}
          />
        </fieldset>
        <p class="hint">
          #{source} becomes a pointer: its number leads to #{stays} for ever, and every note goes
          along. Undo takes them apart again.
        </p>
        <p>
          <button class="btn small" type="button" onClick={merge.chooseAgain}>
            Choose another one
          </button>
        </p>
        <Deciding
          deciding={merge.deciding}
          queue={desk.queue}
          action={`Merge #${source} into #${stays}`}
          working="Merging…"
          isReady={isReady}
          onClose={onClose}
        />
      </form>
    </Sheet>
  )
}

interface SideProps {
  state: Load<EntryDetail>
  /** This is the one that goes on. */
  isOn: boolean
  choose: () => void
  retry: () => void
}

function Side({ state, isOn, choose, retry }: SideProps) {
  if (state.status === 'loading') return <Loading />
  if (state.status !== 'ready') return <Trouble retry={retry} />
  const { entry, evidence } = state.value
  return (
    <div class={isOn ? 'card pad on' : 'card pad'}>
      <label class="line">
        <input type="radio" name="into" checked={isOn} onChange={choose} />
        <b>#{entry.number} goes on</b>
        <span class="push">
          <StateSign state={entry.state} />
        </span>
      </label>
      <h3>{entry.title}</h3>
      <p class="meta">
        {count(entry.notes, 'note')}, {count(entry.leaders, 'leader')}
        {entry.worst !== null && `, worst ${entry.worst}`}
        {entry.owner && `, ${entry.owner.name} owns it`}
      </p>
      <ul class="pick-notes">
        {evidence.notes.slice(0, NOTES_SHOWN).map((each) => (
          <li key={each.id} class="line">
            <Tile mood={each.mood} wince={each.wince} />
            <span class="grow">
              {each.words === '' ? 'A silent moment: no words yet.' : each.words}
            </span>
          </li>
        ))}
      </ul>
      {entry.notes > NOTES_SHOWN && (
        <p class="meta">and {count(entry.notes - NOTES_SHOWN, 'more note')}</p>
      )}
    </div>
  )
}
