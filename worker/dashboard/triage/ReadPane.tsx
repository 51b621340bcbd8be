import { placeInWords } from '#shared/grouping/title'
import { KIND_WORDS } from '#shared/note'
import type { TriageNote } from '#shared/api/triage'

import { Picture } from '../entry/Picture'
import { Tile } from '../parts/Tile'
import { toClock, toLongDay } from '../words'
import { StepsBefore } from './StepsBefore'

/** The note that is read, as its leader wrote it, with where it happened and what it looked like. */
export function ReadPane({
  note,
  onService,
}: {
  note: TriageNote
  /** Somebody may say which service it is about. */
  onService: (() => void) | null
}) {
  const isChanged = note.firstWords !== null
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- without focus, no key would scroll it
    <article class="read" aria-label="The note" tabIndex={0}>
      <div class="said">
        <Tile mood={note.mood} wince={note.wince} />
        <blockquote class={note.words === '' ? 'soft' : ''}>
          {note.words === '' ? 'A silent moment: no words yet.' : note.words}
        </blockquote>
        {isChanged && <p class="meta">First worded: “{note.firstWords}”</p>}
        <p class="meta">
          {isChanged ? '' : 'First wording, '}
          <time dateTime={new Date(note.at).toISOString()}>
            {toLongDay(note.at)}, {toClock(note.at)}
          </time>{' '}
          · {note.author}
          {note.walk?.persona && `, as ${note.walk.persona}`}
        </p>
      </div>
      <div class={note.pictures.length > 0 ? 'pic' : 'pic none'}>
        {note.pictures.length > 0 && (
          <div class="pictures">
            {note.pictures.map((picture) => (
              <Picture key={`${note.id} ${picture.sha256}`} picture={picture} />
            ))}
          </div>
        )}
        <dl class="facts">
          {note.walk?.errand && (
            <div>
              <dt>Errand</dt>
              <dd>“{note.walk.errand}”</dd>
            </div>
          )}
          <div>
            <dt>Place</dt>
            <dd>{placeInWords(note.place)}</dd>
          </div>
          {note.expected !== null && note.expected !== '' && (
            <div>
              <dt>{note.kind === 'jargon' ? 'A customer would call it' : 'Expected'}</dt>
              <dd>{note.expected}</dd>
            </div>
          )}
          {note.kind !== null && (
            <div>
              <dt>Kind</dt>
              <dd>{KIND_WORDS[note.kind]}</dd>
            </div>
          )}
          {note.money !== null && (
            <div>
              <dt>Cost</dt>
              <dd>{note.money === 'free' ? 'Free to fix' : 'Needs money'}</dd>
            </div>
          )}
          <div>
            <dt>Service</dt>
            <dd>
              <ServiceOf note={note} />
              {onService && (
                <button
                  class="inline"
                  type="button"
                  aria-label="Change the service"
                  onClick={onService}
                >
                  Change
                </button>
              )}
            </dd>
          </div>
        </dl>
      </div>
      <StepsBefore note={note} />
    </article>
  )
}

/** One of the list, or what the leader typed and what it is taken for. */
function ServiceOf({ note: { service, serviceId, serviceMeans } }: { note: TriageNote }) {
  if (service === null) return <span class="no">not named</span>
  if (serviceId !== null || service === serviceMeans) return service
  if (serviceMeans === null)
    return (
      <>
        {service}
        <span class="meta run"> as typed</span>
      </>
    )
  return (
    <>
      {serviceMeans}
      <span class="meta run"> typed “{service}”</span>
    </>
  )
}
