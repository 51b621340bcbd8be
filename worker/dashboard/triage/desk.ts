import type { EntryApi } from '#shared/api/entry'
import type { EntryListApi } from '#shared/api/entry-list'
import type { ServiceApi } from '#shared/api/service'
import type { DecisionOutcome, NewDecisionInput, TriageApi, TriageEntry } from '#shared/api/triage'

import type { DecisionQueue } from './decision-queue'
import type { NoteList } from './note-list'
import type { createUndoStack } from './undo-stack'
import type { createVersions } from './versions'

type WithoutId<Decision> = Decision extends unknown ? Omit<Decision, 'id' | 'expect'> : never
/** A decision before it has an id. */
export type Asked = WithoutId<NewDecisionInput>

export type TriageDeskApi = TriageApi &
  Pick<ServiceApi, 'listServices' | 'addService'> &
  Pick<EntryListApi, 'listEntries'> &
  Pick<EntryApi, 'getEntry' | 'listNotes'>

/** What was said last, and the way on: take it back, or look at the note it is about. */
export interface Said {
  sentence: string
  act: { what: 'undo' } | { what: 'show'; noteId: string } | null
}

/** What everything in triage works with. */
export interface Desk {
  api: TriageDeskApi
  newId(): string
  list: NoteList
  queue: DecisionQueue
  versions: ReturnType<typeof createVersions>
  stack: ReturnType<typeof createUndoStack>
  say(said: Said): void
}

/**
 * Sends a decision behind those that were made before it, and remembers it to be taken back.
 *
 * @param seen entries whose versions it rests on
 * @returns rejects with `ApiError` when it is refused; waits as long as nobody answers
 */
export async function decideInOrder(
  desk: Desk,
  asked: Asked,
  seen: readonly Pick<TriageEntry, 'number' | 'version'>[],
): Promise<DecisionOutcome> {
  const id = desk.newId()
  const expect = desk.versions.seen(seen)
  const outcome = await new Promise<DecisionOutcome>((done, refused) => {
    desk.queue.add({
      id,
      send: () => desk.api.decide({ ...asked, id, expect: expect() }),
      done,
      refused,
    })
  })
  desk.versions.learn(outcome.entries)
  return outcome
}
