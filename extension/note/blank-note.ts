import type { Place } from '#shared/place'

import type { KeptNote } from '../storage/database'
import { type Surroundings, newId } from '../storage/device'

/** A note that says nothing yet: embarrassed, ungraded, at a place, now. */
export function blankNote(
  surroundings: Surroundings,
  walkId: string | null,
  service: string | null,
  place: Place,
): KeptNote {
  const at = surroundings.now()
  return {
    id: newId(surroundings),
    walkId,
    source: 'walk',
    at,
    mood: 'embarrassed',
    kind: null,
    wince: null,
    money: null,
    words: '',
    firstWords: null,
    expected: null,
    service,
    place,
    attachments: [],
    state: 'draft',
    refusedCode: null,
    leftOut: false,
    savedAt: at,
  }
}
