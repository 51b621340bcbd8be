import type { Nearby } from '#shared/grouping/nearby'
import type { NearbyEntry } from '#shared/nearby'

import type { KeptNote } from '../storage/database'

/** An entry that a note may join, in words. Never a colleague's: their title only once a reviewer confirmed it. */
export interface Offer {
  entryId: string
  number: number
  /** `Others winced here`, `Two others noted this button`. */
  lead: string
  title: string | null
  reason: string
}

export function offerOf(
  note: Pick<KeptNote, 'mood' | 'place'>,
  { row, at, reason }: Nearby<NearbyEntry>,
): Offer {
  const { id, number, title, closed } = row
  return {
    entryId: id,
    number,
    lead: title === null ? unnamedLead(note, row.others, at) : namedLead(note, row.others, at),
    title,
    reason: closed ? `${reason} It was fixed; your note would open it again.` : reason,
  }
}

function namedLead({ mood }: Pick<KeptNote, 'mood'>, others: number, at: Nearby['at']): string {
  const who = others === 1 ? 'Another leader' : 'Others'
  if (mood === 'liked') return `${who} liked this`
  return at === null ? `${who} winced at this` : `${who} winced here`
}

function unnamedLead(
  { mood, place }: Pick<KeptNote, 'mood' | 'place'>,
  others: number,
  at: Nearby['at'],
): string {
  return `${numberOfOthers(others)} ${mood === 'liked' ? 'liked' : 'noted'} ${thingAt(place, at)}`
}

const NUMBERS = ['Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten']

function numberOfOthers(others: number): string {
  return others === 1 ? 'Another leader' : `${NUMBERS[others - 2] ?? others} others`
}

function thingAt(place: KeptNote['place'], at: Nearby['at']): string {
  switch (at) {
    case 'element':
      return `this ${(place.kind === 'page' && place.anchor?.role) || 'element'}`
    case 'page':
      return 'this page'
    case 'node':
      return 'this point of the menu'
    case 'message':
      return 'this message'
    case 'reason':
      return 'the same at the desk'
    case null:
      return 'something like it'
  }
}
