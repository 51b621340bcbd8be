import { KIND_WORDS } from '#shared/note'

import { type Corpus, shareOf } from './corpus'
import type { EntryStats } from './entry-stats'
import type { NoteFeatures } from './note-features'

const MAX_WORDS = 4

interface Reason {
  reason: string
  number: number
}

/** Why a note may belong to an entry: "Same button on the same page (9 of 11). Similar words: wifi." */
export function reasonFor(note: NoteFeatures, entry: EntryStats, corpus: Corpus): string {
  const parts = [placeReason(note, entry), wordReason(note, entry, corpus)].filter(
    (part) => part !== null,
  )
  if (parts.length > 0) return parts.join(' ')
  return contextReason(note, entry) ?? 'Little in common.'
}

/** The whole of it, for the decision that was taken. */
export function sentenceFor(
  decision: 'join' | 'propose' | 'open',
  [best, next]: readonly Reason[],
): string {
  if (best === undefined) return 'Nothing like it yet.'
  if (decision === 'open') return `Nothing like it yet. Nearest: #${best.number}.`
  return next === undefined ? best.reason : `${best.reason} Next best: #${next.number}.`
}

/** The narrowest that fits, and how many of the entry's notes are there. */
function placeReason({ places }: NoteFeatures, entry: EntryStats): string | null {
  const isCall = places.page?.startsWith('page|call|') ?? false
  const widths: [string | null, string][] = [
    [places.exact, exactInWords(places.exact)],
    [places.page, isCall ? 'Same point in the voice menu' : 'Same page'],
    [places.element, 'Same element on another page'],
    [places.parent, isCall ? 'Next to it in the same voice menu' : 'Next to it on the same site'],
  ]
  for (const [key, words] of widths) {
    const here = key === null ? 0 : (entry.places.get(key) ?? 0)
    if (here > 0) return entry.size === 1 ? `${words}.` : `${words} (${here} of ${entry.size}).`
  }
  return null
}

/** @param key `exact|page|…`, and so on for the other kinds of place */
function exactInWords(key: string | null): string {
  const kind = key?.split('|', 2)[1]
  if (kind === 'call') return 'Same point in the voice menu'
  if (kind === 'reply') return 'Same message'
  if (kind === 'desk') return 'Same reason at the desk'
  const role = /\|([\p{L}\p{M} -]+)[:@][^|]*$/u.exec(key ?? '')?.[1] ?? 'element'
  return `Same ${role} on the same page`
}

/** The rarest words that they share. */
function wordReason(note: NoteFeatures, entry: EntryStats, corpus: Corpus): string | null {
  const shared = note.stems
    .filter((stem) => entry.stems.has(stem))
    .map((stem) => ({ word: note.wordOf.get(stem) ?? stem, share: shareOf(corpus, stem) }))
    .toSorted((one, other) => one.share - other.share)
    .slice(0, MAX_WORDS)
  return shared.length === 0 ? null : `Similar words: ${shared.map(({ word }) => word).join(', ')}.`
}

/** For notes that share neither place nor words. */
function contextReason({ kind, service }: NoteFeatures, entry: EntryStats): string | null {
  const sameKind = kind !== null && entry.kinds.has(kind) ? `“${KIND_WORDS[kind]}”` : null
  const sameService = service !== null && entry.services.has(service)
  if (sameKind !== null) return `Also ${sameKind}${sameService ? ', at the same service' : ''}.`
  return sameService ? 'At the same service.' : null
}
