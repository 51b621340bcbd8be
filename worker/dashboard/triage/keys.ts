/** What a key of triage does. */
export type TriageAct =
  | 'next'
  | 'before'
  | 'accept'
  | 'own'
  | 'decline'
  | 'move'
  | 'split'
  | 'merge'
  | 'rename'
  | 'later'
  | 'choose'
  | 'undo'
  | 'keys'

export interface TriageKey {
  /** As the browser names it, in lower case. */
  key: string
  act: TriageAct
  words: string
}

/** Every single key of triage, in the order of the sheet that shows them. */
export const TRIAGE_KEYS: readonly TriageKey[] = [
  { key: 'j', act: 'next', words: 'Next note' },
  { key: 'k', act: 'before', words: 'Note before' },
  { key: '1', act: 'accept', words: 'Accept: it is right where Wince put it' },
  { key: '2', act: 'own', words: 'New entry, and never with that one again' },
  { key: '3', act: 'decline', words: 'Decline, and say why' },
  { key: 'm', act: 'move', words: 'Move to another entry' },
  { key: 's', act: 'split', words: 'Split its entry' },
  { key: 'g', act: 'merge', words: 'Merge its entry with another' },
  { key: 'r', act: 'rename', words: 'Rename its entry' },
  { key: 'h', act: 'later', words: 'Later: behind everything that waits' },
  { key: 'x', act: 'choose', words: 'Choose it, to act on many at once' },
  { key: 'z', act: 'undo', words: 'Undo what was decided last' },
  { key: '?', act: 'keys', words: 'All keys' },
]

/** `J`; a key cap shows capitals. */
export function capOf(act: TriageAct): string {
  return TRIAGE_KEYS.find((each) => each.act === act)?.key.toUpperCase() ?? ''
}
