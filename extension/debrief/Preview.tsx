import { useEffect, useRef } from 'preact/hooks'

import { Icon } from '../panel/Icon'
import { countOf } from '../panel/time-words'
import { MaskedPicture, pictureAlt } from '../note/MaskedPicture'
import { WinceTile } from '../note/WinceTile'
import { placeTitle, placeWords } from '../note/place-words'
import { refusalWords } from '../note/refusal-words'
import type { KeptNote } from '../storage/database'
import { Ledger, countParcel, gistWords } from './Ledger'
import { Payloads } from './Payloads'
import { noteLine } from './payload-fields'
import type { SendFormModel } from './send-form'

interface PreviewProps {
  form: SendFormModel
  /** Unfolded from the start. */
  open: boolean
  onShowPicture(noteId: string, sha256: string): void
}

/** What will leave this device: counts and pictures, and behind them every byte. */
export function Preview({ form, open, onShowPicture }: PreviewProps) {
  const parcel = form.parcel.value
  const all = form.choices.value
  const chosen = form.chosen.value
  const pictures = chosen.flatMap((note) =>
    note.attachments.map((attachment) => ({ note, attachment })),
  )
  const section = useSeen(() => form.cameIntoView())
  return (
    <section class="leave" aria-labelledby="leave" ref={section}>
      <header>
        <h2 id="leave" class="grow">
          What will leave this device
        </h2>
        <span class="meta">
          {chosen.length === all.length
            ? countOf(all.length, 'note')
            : `${chosen.length} of ${countOf(all.length, 'note')}`}
        </span>
      </header>
      <div class="gist">
        {pictures.length > 0 && (
          <ul class="strip" aria-label="Pictures that will leave">
            {pictures.map(({ note, attachment }) => (
              <li key={attachment.sha256}>
                <button
                  class="thumb"
                  type="button"
                  aria-label={`Look at it: ${pictureAlt(attachment, placeTitle(note.place))}`}
                  onClick={() => onShowPicture(note.id, attachment.sha256)}
                >
                  <MaskedPicture attachment={attachment} alt="" />
                </button>
              </li>
            ))}
          </ul>
        )}
        <p class="meta">{gistWords(countParcel(parcel, chosen))}</p>
      </div>
      {parcel !== null && parcel.unfit.length > 0 && (
        <output class="notice late">
          <Icon name="warn" />
          <span>
            {countOf(parcel.unfit.length, 'thing')} no server would take as{' '}
            {parcel.unfit.length === 1 ? 'it is' : 'they are'}.{' '}
            {parcel.unfit.length === 1 ? 'It stays' : 'They stay'} on this device: shorten the
            words, or save them as a file.
          </span>
        </output>
      )}
      <div class="unfolds">
        <details class="unfold" open={open}>
          <summary>Look at each note</summary>
          <ul class="out">
            {all.map((note) => (
              <Choice note={note} key={note.id} onLeaveOut={(out) => form.leaveOut(note.id, out)} />
            ))}
          </ul>
          <Ledger counts={countParcel(parcel, chosen)} />
        </details>
        {parcel !== null && (
          <details class="unfold">
            <summary>See every byte</summary>
            <Payloads parcel={parcel} />
          </details>
        )}
      </div>
    </section>
  )
}

function Choice({ note, onLeaveOut }: { note: KeptNote; onLeaveOut(out: boolean): void }) {
  const [attachment] = note.attachments
  return (
    <li>
      <label>
        <input
          type="checkbox"
          checked={!note.leftOut}
          onChange={(event) => onLeaveOut(!event.currentTarget.checked)}
        />
        <WinceTile mood={note.mood} wince={note.wince} />
        <span class="words">
          <b>{noteLine(note)}</b>
          <span class="meta">
            {note.leftOut ? 'Left out, stays on this device' : placeWords(note.place)}
          </span>
          {note.state === 'refused' && (
            <span class="pill late">
              <Icon name="warn" /> {refusalWords(note.refusedCode)}
            </span>
          )}
        </span>
        {attachment !== undefined && (
          <span class="thumb">
            <MaskedPicture
              attachment={attachment}
              alt={pictureAlt(attachment, placeTitle(note.place))}
            />
          </span>
        )}
      </label>
    </li>
  )
}

/** Calls back once when enough of the element was on the screen. */
function useSeen(onSeen: () => void) {
  const section = useRef<HTMLElement>(null)
  const latest = useRef(onSeen)
  latest.current = onSeen
  useEffect(() => {
    if (section.current === null) return undefined
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) latest.current()
      },
      { threshold: [0, 0.2] },
    )
    observer.observe(section.current)
    return () => observer.disconnect()
  }, [])
  return section
}
