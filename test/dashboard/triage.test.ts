import { expect, test } from 'vitest'

import { ApiError } from '#shared/api/call'
import type {
  DecisionOutcome,
  NewDecisionInput,
  TriageNote,
  TriageQueryInput,
} from '#shared/api/triage'

import { DecisionQueueModel } from '../../worker/dashboard/triage/decision-queue'
import { noSelection } from '../../worker/dashboard/triage/selection'
import { TriageModel } from '../../worker/dashboard/triage/triage'
import { newEntry, newWaiting, OUTCOME } from '../support/triage-notes'

const settled = () => new Promise(setImmediate)

test('decisions are sent one after the other, in their order; a refused one stops nobody', async () => {
  const queue = new DecisionQueueModel()
  const log: string[] = []
  const job = (id: string, answer: () => Promise<DecisionOutcome>) => ({
    id,
    send: () => {
      log.push(`send ${id}`)
      return answer()
    },
    done: () => void log.push(`done ${id}`),
    refused: ({ code }: ApiError) => void log.push(`${code} ${id}`),
  })

  queue.add(job('a', async () => OUTCOME))
  queue.add(job('b', () => Promise.reject(new ApiError(422, 'itself', 'No.'))))
  queue.add(job('c', async () => OUTCOME))
  await settled()

  expect(log).toEqual(['send a', 'done a', 'send b', 'itself b', 'send c', 'done c'])
  expect(queue.status.value).toBe('resting')
})

test.each([
  { what: 'no network', why: new TypeError('no network') },
  { what: 'a server that is busy', why: new ApiError(429, 'too-many-requests', 'Wait a minute.') },
])(
  'with $what everything waits in its order, and what was never sent can be called off',
  async ({ why }) => {
    const queue = new DecisionQueueModel()
    const sent: string[] = []
    let isOnline = false
    const job = (id: string) => ({
      id,
      send: () => {
        sent.push(id)
        if (isOnline) return Promise.resolve(OUTCOME)
        return Promise.reject(why)
      },
      done: () => undefined,
      refused: () => undefined,
    })
    for (const id of ['a', 'b', 'c']) queue.add(job(id))
    await settled()

    expect([queue.status.value, queue.waiting.value]).toEqual(['offline', 3])
    // The first may have arrived.
    expect(queue.callOff('a')).toBe(false)
    expect(queue.callOff('b')).toBe(true)
    isOnline = true
    await queue.again()

    expect(sent).toEqual(['a', 'a', 'c'])
    expect([queue.status.value, queue.waiting.value]).toEqual(['resting', 0])
  },
)

/** Triage over a server that holds notes, all of them in #7. */
function newTriage(
  change: { decide?: (decision: NewDecisionInput) => Promise<DecisionOutcome> } = {},
) {
  const held = new Map(['a', 'b', 'c'].map((id) => [id, newWaiting(id)]))
  const asked: unknown[] = []
  let ids = 0
  const api = {
    listTriage: async (query: TriageQueryInput = {}) => {
      asked.push(query.show)
      return {
        notes: [...held.values()],
        next: null,
        counts: { all: held.size, sure: held.size, asked: 0 },
      }
    },
    getTriageNote: async (id: string) =>
      held.get(id) ?? Promise.reject(new ApiError(404, 'not-found', 'Not here.')),
    decide: async (decision: NewDecisionInput) => {
      asked.push(decision)
      if (change.decide) return change.decide(decision)
      if ('noteIds' in decision) for (const id of decision.noteIds ?? []) held.delete(id)
      return OUTCOME
    },
    undoDecision: async (id: string) => {
      asked.push(`undo ${id}`)
      held.set('a', newWaiting('a'))
      return { ...OUTCOME, done: ['a'] }
    },
    snapshotTriage: async () => ({ ids: [...held.keys()], more: false }),
    listMyDecisions: async () => ({ decisions: [], next: null }),
  }
  const triage = new TriageModel({
    api: api as never,
    newId: () => {
      ids += 1
      return `id-${ids}`
    },
  })
  return { triage, asked, held }
}

const shownIds = ({ triage }: Pick<ReturnType<typeof newTriage>, 'triage'>): string[] | undefined =>
  triage.list.peek()?.notes.map(({ id }: TriageNote) => id)

test('an accepted note leaves at once, the next one is read, and undo brings it back to its place', async () => {
  const { triage, asked } = newTriage()
  await triage.show('all')

  triage.accept()
  expect(shownIds({ triage })).toEqual(['b', 'c'])
  expect(triage.list.chosen.value?.id).toBe('b')
  expect(triage.waiting.value).toBe(2)
  await settled()
  expect(triage.said.value).toEqual({
    sentence: 'Note stays in #7. 2 left.',
    act: { what: 'undo' },
  })
  await triage.undo()
  await settled()

  expect(asked.slice(1)).toEqual([
    { what: 'confirm', noteIds: ['a'], id: 'id-1', expect: [{ entry: 7, version: 1 }] },
    'undo id-1',
  ])
  expect(shownIds({ triage })).toEqual(['a', 'b', 'c'])
  expect(triage.list.chosen.value?.id).toBe('a')
})

test('a refused decision brings its note back, with the reason beside it', async () => {
  const { triage } = newTriage({
    decide: () => Promise.reject(new ApiError(422, 'decided', 'Somebody was faster.')),
  })
  await triage.show('all')

  triage.accept()
  await settled()

  expect(shownIds({ triage })).toEqual(['a', 'b', 'c'])
  expect(triage.said.value).toEqual({
    sentence: 'A note came back. Somebody was faster.',
    act: { what: 'show', noteId: 'a' },
  })
  triage.list.choose('a')
  expect(triage.problem.value).toEqual({ status: 'refused', sentence: 'Somebody was faster.' })
})

test('whoever was overtaken sees what changed, and may use mine or theirs', async () => {
  let refusals = 1
  const setting = newTriage({
    decide: async () => {
      refusals -= 1
      if (refusals >= 0) throw new ApiError(409, 'changed', 'Changed.')
      return OUTCOME
    },
  })
  const { triage, held, asked } = setting
  await triage.show('all')
  held.set('a', newWaiting('a', { entry: newEntry(7, { title: 'Theirs', version: 4 }) }))

  triage.accept()
  await settled()

  triage.list.choose('a')
  expect(triage.problem.value).toMatchObject({ status: 'changed', was: { entry: { version: 1 } } })
  const shown = triage.list.chosen.value
  if (shown) triage.decisions.decideAnyway(shown)
  await settled()
  expect(asked.at(-1)).toMatchObject({ what: 'confirm', expect: [{ entry: 7, version: 4 }] })
  expect(shownIds(setting)).toEqual(['b', 'c'])
})

test('where only more notes came in, the decision is sent again by itself', async () => {
  let refusals = 1
  const setting = newTriage({
    decide: async () => {
      refusals -= 1
      if (refusals >= 0) throw new ApiError(409, 'changed', 'Changed.')
      return OUTCOME
    },
  })
  const { triage, held, asked } = setting
  await triage.show('all')
  held.set('a', newWaiting('a', { entry: newEntry(7, { notes: 2, version: 2 }) }))

  triage.accept()
  await settled()

  expect(asked.at(-1)).toMatchObject({ expect: [{ entry: 7, version: 2 }] })
  expect(shownIds(setting)).toEqual(['b', 'c'])
  expect(triage.problem.value).toBeNull()
})

test('many at once: what failed stays chosen, and one undo takes all of it back', async () => {
  const { triage, asked } = newTriage({
    decide: async () => ({
      ...OUTCOME,
      decision: { ...OUTCOME.decision, id: 'bulk' },
      done: ['a', 'c'],
      failed: [{ noteId: 'b', entry: null, code: 'gone', message: 'It is gone.' }],
    }),
  })
  await triage.show('all')
  await triage.bulk.chooseAll('all')

  await triage.bulk.act({ act: 'confirm', target: null, reason: '' })

  expect(asked[1]).toMatchObject({ what: 'confirm', noteIds: ['a', 'b', 'c'] })
  expect(triage.bulk.status.value).toEqual({
    status: 'done',
    act: 'confirm',
    done: 2,
    notDone: [{ message: 'It is gone.', notes: 1 }],
  })
  expect(triage.bulk.selection.value.ids).toEqual(['b'])
  await triage.undo()
  await settled()
  expect(asked).toContain('undo bulk')
})

test('another view lets go of what was chosen in the one before, and says so', async () => {
  const { triage } = newTriage()
  await triage.show('all')
  triage.bulk.toggle('a')
  triage.bulk.toggle('b')

  await triage.show('sure')

  expect(triage.bulk.selection.value).toEqual(noSelection('sure'))
  expect(triage.said.value?.sentence).toBe('2 chosen notes were let go: another view is shown.')
})

test('a note that was put behind, and then decided about, is not shown again by an older answer', async () => {
  let isSlow = false
  const waits: (() => void)[] = []
  const setting = newTriage({
    decide: (decision) =>
      new Promise((done) => {
        const settle = () => done({ ...OUTCOME, done: 'noteIds' in decision ? ['a'] : [] })
        if (isSlow) waits.push(settle)
        else settle()
      }),
  })
  const { triage } = setting
  await triage.show('all')
  triage.putBehind()
  await settled()
  expect(shownIds(setting)).toEqual(['b', 'c', 'a'])
  isSlow = true
  triage.list.choose('a')
  triage.accept()
  await settled()

  // The server does not know of it yet, and is asked for the list.
  await triage.list.refresh()

  expect(shownIds(setting)).toEqual(['b', 'c'])
})
