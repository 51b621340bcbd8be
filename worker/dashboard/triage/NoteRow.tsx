import type { TriageNote } from '#shared/api/triage'

import { Icon } from '../parts/Icon'
import { Tile } from '../parts/Tile'
import { toClock } from '../words'
import { placeInShort } from './place-words'
import type { Problem } from './note-decisions'

interface NoteRowProps {
  note: TriageNote
  isRead: boolean
  /** Among those that one action will be about; null for somebody who decides nothing. */
  isChosen: boolean | null
  problem: Problem | undefined
  read: () => void
  choose: () => void
  /** Everything from the note chosen last to this one. */
  chooseUpTo: () => void
}

export function NoteRow({
  note,
  isRead,
  isChosen,
  problem,
  read,
  choose,
  chooseUpTo,
}: NoteRowProps) {
  const words = note.words === '' ? 'A silent moment: no words yet.' : note.words
  return (
    <li class={isChosen ? 'on' : ''}>
      <button
        class="row"
        type="button"
        data-note={note.id}
        {...(isRead && { 'aria-current': 'true' as const })}
        onClick={(event) => {
          if (event.shiftKey && isChosen !== null) chooseUpTo()
          else read()
        }}
      >
        <Tile mood={note.mood} wince={note.wince} />
        <span class={note.words === '' ? 'words soft' : 'words'}>{words}</span>
        <span class="meta">
          {placeInShort(note.place)}, {toClock(note.at)} · <Placed note={note} />
        </span>
        {problem && (
          <span class="pill late">
            <Icon name="warn" /> came back
          </span>
        )}
      </button>
      {isChosen !== null && (
        <input
          type="checkbox"
          checked={isChosen}
          aria-label={`Choose: ${words.slice(0, 60)}`}
          onClick={(event) => {
            if (event.shiftKey) chooseUpTo()
            else choose()
          }}
        />
      )}
    </li>
  )
}

function Placed({ note: { entry, proposal, why, placedByPerson } }: { note: TriageNote }) {
  if (proposal !== null) return <>same as #{proposal.entry.number}?</>
  if (placedByPerson || why?.decision === 'join') return <>in #{entry.number}</>
  return <>new, #{entry.number}</>
}
