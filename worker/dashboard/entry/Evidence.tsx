import type { EntryDetail } from '#shared/api/entry'

import { Notice } from '../parts/Notice'
import { count, toSpan } from '../words'
import type { More } from './entry'
import { EvidenceItem } from './EvidenceItem'
import { WhyTogether } from './WhyTogether'

interface EvidenceProps {
  detail: EntryDetail
  more: More
  showMore: () => void
}

export function Evidence({ detail, more, showMore }: EvidenceProps) {
  const { entry, evidence, firstNoteAt, lastNoteAt } = detail
  return (
    <section aria-labelledby="ev">
      <div class="sechead">
        <h2 id="ev">Evidence</h2>
        <span class="meta">
          {[
            count(entry.notes, 'note'),
            count(entry.leaders, 'leader'),
            firstNoteAt === null || lastNoteAt === null ? null : toSpan(firstNoteAt, lastNoteAt),
          ]
            .filter((part) => part !== null)
            .join(', ')}
        </span>
        {evidence.next !== null && (
          <span class="meta push">
            {evidence.notes.length} of {entry.notes} shown
          </span>
        )}
      </div>
      {evidence.notes.length === 0 ? (
        <Notice>
          <p>No note is here any more. They were moved or taken back.</p>
        </Notice>
      ) : (
        <ul class="ev">
          {evidence.notes.map((note) => (
            <EvidenceItem key={note.id} note={note} />
          ))}
        </ul>
      )}
      {evidence.next !== null && (
        <p>
          <button
            class="btn"
            type="button"
            disabled={more === 'loading'}
            aria-busy={more === 'loading'}
            onClick={showMore}
          >
            {more === 'loading' ? 'Loading…' : 'Show more notes'}
          </button>
          {more === 'failed' && (
            <span class="meta run"> We could not load more. Nothing is lost.</span>
          )}
        </p>
      )}
      <WhyTogether notes={evidence.notes} />
    </section>
  )
}
