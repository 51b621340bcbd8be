import type { EntryDetail, EntryEvent } from '#shared/api/entry'
import type { EntryRow } from '#shared/api/register'
import type { Source } from '#shared/note'
import { CLOSE_WORDS } from '#shared/entry-moves'
import { STATE_WORDS } from '#shared/sync'

import { noonOf, toDatedDay } from '../words'
import { recoveryInWords } from '../recovery/recovery-words'
import type { Judgement } from './judgement'
import { FIELD_WORDS } from './work-words'

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
  return 'Saved.'
}

/** The change that takes a change back. Giving an owner back is a hand-off too, and says that it is this. */
export function undoOf({ entry, work }: EntryDetail, change: Judgement): Judgement {
  const before: Judgement = { ...entry, ...work, owner: entry.owner?.id ?? null }
  const named = (Object.keys(FIELD_WORDS) as (keyof typeof FIELD_WORDS)[]).filter(
    (name) => change[name] !== undefined,
  )
  return {
    ...Object.fromEntries(named.map((name) => [name, before[name]])),
    ...(change.owner !== undefined && { reason: 'Taken back' }),
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
  const decided = decidedInWords(event)
  if (decided !== undefined) return { words: decided, who: event.actor ?? 'Wince' }
  const recovered = recoveryInWords(event)
  if (recovered !== undefined) return { words: recovered, who: event.actor ?? 'Wince' }
  const who = event.note?.author ?? event.actor ?? 'Wince'
  const from = event.note ? ` ${SOURCE_WORDS[event.note.source]}` : ''
  const { before, after } = event
  switch (event.what) {
    case 'opened':
      return { words: `Opened${from}`, who }
    case 'opened-by-hand':
      return { words: event.reason === null ? 'Opened by hand' : 'Imported', who }
    case 'joined':
      return { words: `Note added${from}`, who }
    case 'reopened':
      return { words: `It came back: reopened by a note${from}`, who }
    case 'walked-again':
      return { words: 'Walked again after the fix', who }
    case 'second-walk-asked':
      return { words: 'Leaders asked to walk it again', who }
    case 'second-walk-dropped':
      return { words: 'Second walks no longer asked for', who }
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
      return { words: workedInWords(event), who }
  }
}

/** What the team found out, planned and set. */
function workedInWords({ what, before, after }: EntryEvent): string {
  switch (what) {
    case 'hold-until':
      return after === null ? 'Waits' : `Waits until ${dayWords(after)}`
    case 'ended':
      return `Ended: ${(CLOSE_WORDS as Readonly<Record<string, string>>)[after ?? ''] ?? after ?? ''}`
    case 'isSystemic':
      return after === '1' ? 'Called systemic' : 'No longer called systemic'
    case 'due':
    case 'reviewOn':
      return judgedInWords(FIELD_WORDS[what], before && dayWords(before), after && dayWords(after))
    case 'cost':
    case 'accountable':
      return judgedInWords(FIELD_WORDS[what], before, after)
    default: {
      const field = (FIELD_WORDS as Readonly<Record<string, string>>)[what]
      // Without one it was written by a worker that is newer than this page.
      return field === undefined ? 'Changed' : `${field} written`
    }
  }
}

/** What people decided in triage; undefined for anything else. */
function decidedInWords({ what, before, after, note, actor }: EntryEvent): string | undefined {
  const of = note ? ` of ${note.author}` : ''
  switch (what) {
    case 'confirmed':
      return `Note${of} confirmed here`
    case 'unconfirmed':
      return `Confirmation of a note${of} undone`
    case 'moved-in':
      return `Note${of} moved here from #${before ?? ''}`
    case 'moved-out':
      return `Note${of} moved to #${before ?? ''}`
    case 'split':
      return `Split: #${after ?? ''} is an entry of its own now`
    case 'split-from':
      return `Split off #${after ?? ''}`
    case 'merged':
      return `Merged into #${after ?? ''}`
    case 'merged-in':
      return `#${after ?? ''} merged into this`
    case 'merged-out':
      return `#${after ?? ''} taken out again`
    case 'unmerged':
      return `Taken out of #${before ?? ''} again`
    case 'declined':
      return 'Declined'
    case 'shared':
      return 'Shared: the team was thanked'
    case 'rename-undone':
      return 'Renaming undone'
    case 'named-after':
      return 'Named after another of its notes'
    case 'note-service':
      return before === null
        ? 'Service of a note is what was typed'
        : `Service of a note is ${before}`
    case 'service':
      return after === null ? 'Service is what its notes say' : `Service is ${after}`
    case 'state':
      return `${stateWord(before)} → ${stateWord(after)}`
    case 'reopened':
      // A person put an older note here; grouping's own says so as the note's.
      return actor === null ? undefined : 'Reopened'
    default:
      return undefined
  }
}

function dayWords(day: string): string {
  return toDatedDay(noonOf(day))
}

function stateWord(state: string | null): string {
  const words: Readonly<Record<string, string>> = STATE_WORDS
  return words[state ?? ''] ?? state ?? ''
}

function judgedInWords(what: string, before: string | null, after: string | null): string {
  if (after === null) return `${what} taken off, was ${before ?? 'not set'}`
  return before === null ? `${what} set to ${after}` : `${what} from ${before} to ${after}`
}
