import type { Home } from '#shared/api/home'

import { Tile } from '../parts/Tile'
import { CHANNEL_WORDS, toDayAndTime } from '../words'

interface NotesCardProps {
  notes: Home['newestNotes']
  now: number
}

export function NotesCard({ notes, now }: NotesCardProps) {
  return (
    <section class="card" aria-labelledby="h-notes">
      <header>
        <h2 id="h-notes">Newest notes</h2>
        <span class="meta">As leaders wrote them</span>
      </header>
      <ul class="newest rows">
        {notes.map((note) => (
          <li key={note.id}>
            <Tile mood={note.mood} wince={note.wince} />
            <div>
              <p class="words">{note.words === '' ? 'A silent moment, no words' : note.words}</p>
              <p class="meta">
                {[
                  note.author,
                  note.service,
                  CHANNEL_WORDS[note.channel],
                  toDayAndTime(note.at, now),
                ]
                  .filter((part) => part !== null)
                  .join(' · ')}
              </p>
            </div>
            {note.entry ? (
              <a
                href={`/register/${note.entry.number}`}
                aria-label={`#${note.entry.number}, ${note.entry.title}`}
              >
                #{note.entry.number}
              </a>
            ) : (
              <span class="meta">being grouped</span>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
