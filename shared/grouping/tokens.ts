import type { NoteFeatures } from './note-features'
import { aboveKeyOf, keysOf, underKeyOf } from './place-keys'
import { wordsOfService } from './service'

/**
 * What a note is found by: under each of these the index counts the entries' notes. Every token
 * says its sort before the first `|`.
 */
export function tokensOf(note: NoteFeatures): string[] {
  return [
    ...new Set([
      ...keysOf(note.places),
      ...note.stems.map((stem) => `stem|${stem}`),
      ...note.placeStems.map((stem) => `name|${stem}`),
      ...contextTokensOf(note),
    ]),
  ]
}

/** The same, with the places that are one step away, which a note asks for and is not counted under. */
export function askedTokensOf(note: NoteFeatures): string[] {
  const near = [underKeyOf(note.places), aboveKeyOf(note.places)]
  return [...new Set([...tokensOf(note), ...near.filter((key) => key !== null)])]
}

/** For notes of few words and no place: of this kind in this channel, at this service. */
function contextTokensOf({ kind, channel, service, person }: NoteFeatures): string[] {
  const services = service === null ? [] : wordsOfService(service)
  return [
    ...(kind === null ? [] : [`kind|${kind}|${channel ?? ''}`]),
    ...services.flatMap((word) => [
      `service|${word}`,
      ...(kind === null ? [] : [`service|${word}|${kind}`]),
      ...(channel === null ? [] : [`service|${word}|${channel}`]),
    ]),
    ...(person === null ? [] : [`person|${person}`]),
  ]
}
