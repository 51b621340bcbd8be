import { Icon } from '../panel/Icon'
import { countOf } from '../panel/time-words'
import type { KeptNote } from '../storage/database'
import type { Parcel } from '../sync/send'

export interface ParcelCounts {
  walks: number
  steps: number
  /** Of those, contacts at the desk. */
  contacts: number
  pictures: number
  covered: number
  /** Of those covered: parts that could not be inspected. */
  blind: number
}

/** How much of what is in a parcel, and how much of its pictures is covered. */
export function countParcel(parcel: Parcel | null, chosen: readonly KeptNote[]): ParcelCounts {
  const parts = (parcel?.payloads ?? []).flatMap((each) =>
    each.kind === 'walk.part' ? [each.payload] : [],
  )
  const attachments = chosen.flatMap((note) => note.attachments)
  return {
    walks: parts.length,
    steps: parts.reduce((sum, part) => sum + part.steps.length, 0),
    contacts: parts.flatMap(({ steps }) => steps.filter(({ kind }) => kind === 'contact')).length,
    pictures: attachments.length,
    covered: attachments.reduce((sum, each) => sum + each.covered + each.uninspected, 0),
    blind: attachments.reduce((sum, each) => sum + each.uninspected, 0),
  }
}

/** The ledger in one breath, beside the pictures. */
export function gistWords({ walks, steps, contacts, pictures, covered }: ParcelCounts): string {
  const covers =
    pictures === 0 ? 'No pictures.' : `${covered} covered, but not every name: look first.`
  return walks === 0
    ? covers
    : `${covers} Your answers and ${stepsWords(steps, contacts)} go along.`
}

function stepsWords(steps: number, contacts: number): string {
  if (contacts === 0) return countOf(steps, 'step')
  const others = steps === contacts ? '' : `${countOf(steps - contacts, 'step')} and `
  return `${others}${countOf(contacts, 'contact')} without clock times`
}

/** What goes along, what is covered, what was never there. */
export function Ledger({ counts }: { counts: ParcelCounts }) {
  const { walks, steps, contacts, pictures, covered, blind } = counts
  return (
    <ul class="ledger">
      {walks > 0 && (
        <li>
          <Icon name="send" />
          <span>
            <b>Also sent:</b> your answers about {walks === 1 ? 'the walk' : 'the walks'} and{' '}
            {stepsWords(steps, contacts)}
            {steps > contacts && ', as page names and button labels'}.
          </span>
        </li>
      )}
      <li>
        <Icon name="mask" />
        <span>
          <b>Covered:</b>{' '}
          {pictures === 0
            ? 'no pictures go along.'
            : `${countOf(covered, 'thing')} in ${countOf(pictures, 'picture')}.`}
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
