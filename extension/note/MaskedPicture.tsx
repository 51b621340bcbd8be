import { useModel } from '@preact/signals'

import type { Attachment } from '#shared/attachment'

import { countOf } from '../panel/time-words'
import { MaskedPictureModel } from './masked-picture'

/** What is covered on a picture, in words: `5 covered`, `everything covered`. */
export function coverWords({ everythingCovered, covered, uninspected }: Attachment): string {
  if (everythingCovered) return 'everything covered'
  return covered + uninspected === 0 ? 'nothing to cover' : `${covered + uninspected} covered`
}

/** The masked picture itself, from this device. Its raw bytes were never kept. */
export function MaskedPicture(props: { attachment: Attachment; alt: string }) {
  return <Shown {...props} key={props.attachment.sha256} />
}

function Shown({ attachment, alt }: { attachment: Attachment; alt: string }) {
  const { address } = useModel(() => new MaskedPictureModel(attachment.sha256))
  if (address.value === null) return null
  return (
    <img
      class="shot"
      src={address.value}
      alt={alt}
      width={attachment.width}
      height={attachment.height}
    />
  )
}

/** Alternative text of a picture: what it is of, and how much of it is covered. */
export function pictureAlt(attachment: Attachment, title: string): string {
  const blind =
    attachment.uninspected > 0
      ? `, ${countOf(attachment.uninspected, 'part')} could not be inspected`
      : ''
  return `Masked picture of ${title}: ${coverWords(attachment)}${blind}`
}
