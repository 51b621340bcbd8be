import { useEffect, useRef } from 'preact/hooks'

import { Icon } from '../panel/Icon'
import { countOf } from '../panel/time-words'
import { MaskedPicture, pictureAlt } from '../note/MaskedPicture'
import { WinceTile } from '../note/WinceTile'
import { placeTitle, placeWords } from '../note/place-words'
import { refusalWords } from '../note/refusal-words'
import type { KeptNote } from '../storage/database'
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
      <details class="unfold" open={open}>
        <summary>Look at each note, leave some out</summary>
        <ul class="out">
          {all.map((note) => (
            <Choice note={note} key={note.id} onLeaveOut={(out) => form.leaveOut(note.id, out)} />
          ))}
        </ul>
      </details>
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
      {parcel !== null && (
        <details class="unfold">
          <summary>See every byte</summary>
          <Payloads parcel={parcel} />
        </details>
      )}
      <Ledger form={form} />
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

/** What goes along, what is covered, what was never there. */
function Ledger({ form }: { form: SendFormModel }) {
  const payloads = form.parcel.value?.payloads ?? []
  const parts = payloads.flatMap((each) => (each.kind === 'walk.part' ? [each.payload] : []))
  const steps = parts.reduce((sum, part) => sum + part.steps.length, 0)
  const attachments = form.chosen.value.flatMap((note) => note.attachments)
  const covered = attachments.reduce((sum, each) => sum + each.covered + each.uninspected, 0)
  const blind = attachments.reduce((sum, each) => sum + each.uninspected, 0)
  return (
    <ul class="ledger">
      {parts.length > 0 && (
        <li>
          <Icon name="send" />
          <span>
            <b>Also sent:</b> your answers about {parts.length === 1 ? 'the walk' : 'the walks'} and{' '}
            {countOf(steps, 'step')}, as page names and button labels.
          </span>
        </li>
      )}
      <li>
        <Icon name="mask" />
        <span>
          <b>Covered:</b>{' '}
          {attachments.length === 0
            ? 'no pictures go along.'
            : `${countOf(covered, 'thing')} in ${countOf(attachments.length, 'picture')}.`}
          {blind > 0 &&
            ` ${countOf(blind, 'part')} could not be inspected and ${blind === 1 ? 'is' : 'are'} covered whole.`}
        </span>
      </li>
      <li>
        <Icon name="lock" />
        <span>
          <b>Never kept:</b> what you typed, the call itself, pictures without their covers.
        </span>
      </li>
      <li>
        <Icon name="eye" />
        <span>Covers fields and patterns, not every name: look before you send.</span>
      </li>
    </ul>
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
