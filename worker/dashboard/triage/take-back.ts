import { ApiError } from '#shared/api/call'
import type { DecisionOutcome } from '#shared/api/triage'

import { sentenceOf } from '../load'
import type { Desk } from './desk'
import { undoneInWords } from './triage-words'
import type { Undoable } from './undo-stack'

/** So many notes are read anew one by one; of more, the list is. */
const FEW = 5

/** Takes back what was decided last, here or on an earlier visit. Never rejects. */
export async function takeBackLast(desk: Desk): Promise<void> {
  const last = desk.stack.pop() ?? (await findLast(desk))
  if (last) takeBack(desk, last)
}

async function findLast({ api, say }: Desk): Promise<Undoable | undefined> {
  try {
    const { decisions } = await api.listMyDecisions()
    const last = decisions.find(({ undoes, undoneAt }) => undoes === null && undoneAt === null)
    if (last) return { decisionIds: [last.id], taken: [] }
    say({ sentence: 'There is nothing to undo.', act: null })
  } catch (error) {
    say({ sentence: sentenceOf(error), act: null })
  }
  return undefined
}

function takeBack(desk: Desk, { decisionIds, taken }: Undoable): void {
  const { list, queue } = desk
  const sent = decisionIds.filter((id) => !queue.callOff(id))
  list.putBack(taken)
  const [first] = taken
  if (first) list.choose(first.note.id)
  if (sent.length === 0) {
    desk.say({ sentence: 'Undone.', act: null })
    return
  }
  for (const id of sent.toReversed()) {
    queue.add({
      id: desk.newId(),
      send: () => desk.api.undoDecision(id),
      done: (outcome) => void finish(desk, outcome, taken.length === 0),
      refused: (error) => {
        desk.say({ sentence: `Not undone: ${sentenceOf(error)}`, act: null })
        void list.refresh()
      },
    })
  }
}

/** What came back is shown as it is by now: its entry may have moved on. */
async function finish(desk: Desk, outcome: DecisionOutcome, isUnlisted: boolean): Promise<void> {
  const { api, list, versions } = desk
  versions.learn(outcome.entries)
  list.patch(outcome.entries)
  desk.say({ sentence: undoneInWords(outcome), act: null })
  if (isUnlisted || outcome.done.length > FEW || outcome.failed.length > 0) {
    await list.refresh()
    const back = outcome.done.find((id) => list.peek()?.notes.some((note) => note.id === id))
    if (back !== undefined) list.choose(back)
    return
  }
  await Promise.all(
    outcome.done.map(async (id) => {
      try {
        list.replace(await api.getTriageNote(id))
      } catch (error) {
        if (!(error instanceof ApiError)) console.error('shown as it was', error)
      }
    }),
  )
}
