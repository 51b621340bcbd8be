import { useRef } from 'preact/hooks'

import { pictureAddress, type EvidencePicture } from '#shared/api/entry'

import { Icon } from '../parts/Icon'

/** The masked picture, small; a press shows it large. Boxes are part of the picture. */
export function Picture({ picture }: { picture: EvidencePicture }) {
  const dialog = useRef<HTMLDialogElement>(null)
  if (picture.state !== 'stored') {
    return (
      <p class="meta no-picture">
        {picture.state === 'pending'
          ? 'Its picture has not arrived yet.'
          : 'Its picture was refused: it was none.'}
      </p>
    )
  }
  const covered = coveredInWords(picture)
  return (
    <>
      <button
        class="thumb"
        type="button"
        aria-label={`${covered}. Open the picture`}
        onClick={() => dialog.current?.showModal()}
      >
        <img
          class="shot"
          src={pictureAddress(picture.sha256)}
          alt=""
          width={picture.width}
          height={picture.height}
          loading="lazy"
          decoding="async"
        />
        <span class="masked" aria-hidden="true">
          <Icon name="mask" /> {covered}
        </span>
      </button>
      <dialog class="large" ref={dialog} aria-label="Masked picture">
        <div class="line">
          <p class="grow">
            <b>{covered}</b>
            <span class="meta run">
              {' '}
              {picture.uninspected > 0
                ? 'Solid boxes cover fields, patterns, and what could not be looked into.'
                : 'Solid boxes cover fields and patterns.'}
            </span>
          </p>
          <form method="dialog">
            <button class="btn" type="submit">
              <Icon name="close" /> Close
            </button>
          </form>
        </div>
        <img
          src={pictureAddress(picture.sha256)}
          alt={`What the page looked like, ${covered}`}
          width={picture.width}
          height={picture.height}
          loading="lazy"
        />
      </dialog>
    </>
  )
}

function coveredInWords({ covered, uninspected, everythingCovered }: EvidencePicture): string {
  if (everythingCovered) return 'all covered'
  return `${covered + uninspected} covered`
}
