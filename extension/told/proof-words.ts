import { countOf, joined } from '../panel/time-words'
import type { PictureProof } from '../picture/proof'

type Kind = Exclude<keyof PictureProof['covered'], 'uninspected'>

const KINDS: Record<Kind, [one: string, many: string]> = {
  field: ['form field', 'form fields'],
  pattern: ['text that looks like data', 'texts that look like data'],
  marked: ['part marked as private', 'parts marked as private'],
  picture: ['picture', 'pictures'],
}

/** What was covered in one picture, and what its walker changed about that, in plain sentences. */
export function proofSentences(proof: PictureProof): string[] {
  const { covered, everythingCovered, uncovered, parts, added, cropped } = proof
  const kinds = (Object.keys(KINDS) as Kind[]).flatMap((kind) => {
    const count = covered[kind] ?? 0
    return count === 0 ? [] : [countOf(count, ...KINDS[kind])]
  })
  const blind = covered.uninspected ?? 0
  const sentences = [
    everythingCovered
      ? 'Everything was covered.'
      : kinds.length === 0
        ? 'Nothing had to be covered.'
        : `Covered: ${joined(kinds)}.`,
  ]
  if (!everythingCovered && blind > 0)
    sentences.push(`${countOf(blind, 'part')} could not be inspected: covered whole.`)
  if (added > 0) sentences.push(`You added ${countOf(added, 'box', 'boxes')}.`)
  for (const { what, reason } of uncovered)
    sentences.push(`You uncovered ${what}: ${reason}${/[.!?…]$/.test(reason) ? '' : '.'}`)
  if (parts > 0) sentences.push(`Of all covered, you showed ${countOf(parts, 'part')}.`)
  if (cropped) sentences.push('You cropped it.')
  return sentences
}
