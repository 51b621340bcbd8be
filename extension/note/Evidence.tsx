import type { KeptNote } from '../storage/database'
import { Icon } from '../panel/Icon'
import { FindIt } from './FindIt'
import { MaskedPicture, coverWords, pictureAlt } from './MaskedPicture'
import { type PictureTakerModel, whyNoPicture } from './picture-taker'
import { anchorWords, placeTitle, placeWords } from './place-words'

interface EvidenceProps {
  note: KeptNote
  pictures: PictureTakerModel
  shortcut: string
  onShow(sha256: string): void
  onRemoveNote(): void
}

/** The picture, or why there is none, and the place. */
export function Evidence({ note, pictures, shortcut, onShow, onRemoveNote }: EvidenceProps) {
  const [attachment] = note.attachments
  const { place } = note
  const anchor = place.kind === 'page' ? place.anchor : null
  const attempt = pictures.attempt.value?.noteId === note.id ? pictures.attempt.value : null
  return (
    <>
      <div class="proof">
        {attachment !== undefined ? (
          <button
            class="thumb"
            type="button"
            aria-label={`${coverWords(attachment)}. Look at the masked picture`}
            onClick={() => onShow(attachment.sha256)}
          >
            <MaskedPicture
              attachment={attachment}
              alt={pictureAlt(attachment, placeTitle(place))}
            />
            <span class="masked" aria-hidden="true">
              <Icon name="mask" /> {coverWords(attachment)}
            </span>
          </button>
        ) : (
          <span class="thumb none">
            {attempt?.state === 'covering' ? (
              'covering…'
            ) : place.kind === 'call' ? (
              <Icon name="phone" />
            ) : (
              'no picture'
            )}
          </span>
        )}
        <p class="place grow">
          <b class="cut">{anchor === null ? placeTitle(place) : anchorWords(anchor)}</b>
          {place.kind !== 'desk' && <span class="cut">{placeWords(place)}</span>}
          <FindIt note={note} />
        </p>
        <button
          class="btn quiet icon"
          type="button"
          aria-label="Remove this note"
          onClick={onRemoveNote}
        >
          <Icon name="close" />
        </button>
      </div>
      {attachment === undefined && attempt?.state === 'none' && (
        <p class="hint why-none">{whyNoPicture(attempt.reason, shortcut)}</p>
      )}
    </>
  )
}
