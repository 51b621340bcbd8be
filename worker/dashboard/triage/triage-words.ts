import type { DecisionOutcome, TriageNote, TriageShow } from '#shared/api/triage'

import { count } from '../words'

/** How triage says what was done. */

export const SHOW_WORDS = {
  all: 'All',
  sure: 'Sure',
  asked: 'Asked',
} as const satisfies Record<TriageShow, string>

/** True for a view as an address names it. */
export function isTriageShow(text: string | undefined): text is TriageShow {
  return text !== undefined && Object.hasOwn(SHOW_WORDS, text)
}

/** What a person decided about one note. */
export type NoteAct = 'confirm' | 'suggest' | 'own' | 'decline' | 'move' | 'later'

/** `Note joined #7, now 11 notes.` */
export function noteDoneInWords(
  act: NoteAct,
  note: TriageNote,
  { entries }: Pick<DecisionOutcome, 'entries'>,
  target: number | null,
): string {
  const number = target ?? note.proposal?.entry.number ?? note.entry.number
  const row = entries.find((entry) => entry.number === number)
  const holds = row === undefined ? '' : `, now ${count(row.notes, 'note')}`
  switch (act) {
    case 'confirm':
      return note.proposal === null
        ? `Note stays in #${number}.`
        : `Note joined #${number}${holds}.`
    case 'suggest':
    case 'move':
      return number === note.entry.number
        ? `Note stays in #${number}.`
        : `Note moved to #${number}${holds}.`
    case 'own':
      return `Note has its own entry, #${ownOf(note, entries)}.`
    case 'decline':
      return `Declined as #${ownOf(note, entries)}.`
    case 'later':
      return 'Note put behind the others.'
  }
}

/** The number of a new entry is higher than every one before it; alone, a note stays where it was. */
function ownOf(note: TriageNote, entries: DecisionOutcome['entries']): number {
  const known = new Set([note.entry.number, note.proposal?.entry.number])
  const opened = entries.map(({ number }) => number).filter((number) => !known.has(number))
  return opened.length === 0 ? note.entry.number : Math.max(...opened)
}

/** `188 left.` */
export function leftInWords(left: number): string {
  return left === 0 ? 'Nothing left.' : `${left} left.`
}

export function undoneInWords({ done, failed }: DecisionOutcome): string {
  const [first] = failed
  if (first !== undefined && done.length === 0) return `Not undone: ${first.message}`
  const left = failed.length === 0 ? '' : ` ${failed.length} moved on since and stay.`
  return `Undone.${left}`
}

/** What acts on many notes. */
export type BulkAct = 'confirm' | 'move' | 'decline' | 'later'

/** The button, with its count: `Accept 37 notes`. */
export function bulkInWords(act: BulkAct, notes: number): string {
  const many = count(notes, 'note')
  switch (act) {
    case 'confirm':
      return `Accept ${many}`
    case 'move':
      return `Move ${many}`
    case 'decline':
      return `Decline ${many}`
    case 'later':
      return `Put ${many} behind`
  }
}

export function bulkDoneInWords(act: BulkAct, done: number): string {
  const many = count(done, 'note')
  switch (act) {
    case 'confirm':
      return `${many} accepted.`
    case 'move':
      return `${many} moved.`
    case 'decline':
      return `${many} declined.`
    case 'later':
      return `${many} put behind the others.`
  }
}

/** `from Sure`, so that nobody acts on another list than the one meant. */
export function fromInWords(show: TriageShow): string {
  return `from “${SHOW_WORDS[show]}”`
}

const UP_TO_FIVE = ['', '', 'two ', 'three ', 'four ', 'five ']

/** `The five steps before`. */
export function stepsBeforeInWords(steps: number): string {
  return steps === 1 ? 'The step before' : `The ${UP_TO_FIVE[steps] ?? ''}steps before`
}

/** A reason as single sentences, without the one that names the runner-up: that has a place of its own. */
export function reasonsOf(sentence: string): string[] {
  return sentence
    .split(/(?<=\.)\s+(?=\p{Lu})/u)
    .map((part) => part.trim().replace(/\.$/, ''))
    .filter((part) => part !== '' && !/^(Next best|Nearest): #\d+$/.test(part))
}
