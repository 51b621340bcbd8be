import type { EntryEvent, EntryRow } from '#shared/api/register'
import type { Source } from '#shared/note'

import type { Judgement } from './judgement'

/** What was just changed, in one sentence. */
export function changeInWords(
  before: EntryRow,
  after: EntryRow,
  owners: readonly { id: string; name: string }[],
): string {
  if (after.title !== before.title) return 'Renamed.'
  if (after.titleConfirmed !== before.titleConfirmed) return 'Title confirmed.'
  if (after.impact !== before.impact)
    return after.impact === null ? 'Impact taken off.' : `Impact is ${after.impact} now.`
  if (after.effort !== before.effort)
    return after.effort === null ? 'Effort taken off.' : `Effort is ${after.effort} now.`
  if (after.owner?.id !== before.owner?.id) {
    const name = owners.find((owner) => owner.id === after.owner?.id)?.name
    return name === undefined ? 'Nobody owns it now.' : `${name} owns it now.`
  }
  return 'Nothing changed.'
}

/** The change that takes a change back. */
export function undoOf(before: EntryRow, change: Judgement): Judgement {
  return {
    ...(change.title === undefined ? {} : { title: before.title }),
    ...(change.impact === undefined ? {} : { impact: before.impact }),
    ...(change.effort === undefined ? {} : { effort: before.effort }),
    ...(change.owner === undefined ? {} : { owner: before.owner?.id ?? null }),
  }
}

export const SOURCE_WORDS = {
  walk: 'from a walk',
  shift: 'from a shift',
  told: 'from what somebody told',
  elsewhere: 'from somewhere else',
} as const satisfies Record<Source, string>

/** A line of history: what happened, and who did it in bold. */
export function eventInWords(event: EntryEvent): { words: string; who: string } {
  const who = event.note?.author ?? event.actor ?? 'Wince'
  const from = event.note ? ` ${SOURCE_WORDS[event.note.source]}` : ''
  const { before, after } = event
  switch (event.what) {
    case 'opened':
      return { words: `Opened${from}`, who }
    case 'joined':
      return { words: `Note added${from}`, who }
    case 'reopened':
      return { words: `Reopened by a note${from}`, who }
    case 'taken-back':
      return { words: 'Note taken back', who }
    case 'renamed':
      // The title before was made of a note that was taken back.
      if (before === null) return { words: 'Renamed', who }
      return { words: before === after ? 'Title confirmed' : `Renamed, was “${before}”`, who }
    case 'impact':
      return { words: judgedInWords('Impact', before, after), who }
    case 'effort':
      return { words: judgedInWords('Effort', before, after), who }
    case 'owner':
      return {
        words: after === null ? `${before ?? 'Owner'} no longer owns it` : `Given to ${after}`,
        who,
      }
    default:
      return { words: [event.what, before, after].filter(Boolean).join(', '), who }
  }
}

function judgedInWords(what: string, before: string | null, after: string | null): string {
  if (after === null) return `${what} taken off, was ${before ?? 'not set'}`
  return before === null ? `${what} set to ${after}` : `${what} from ${before} to ${after}`
}
