import { beforeEach, expect, test, vi } from 'vitest'

import { listNotes } from '../../../extension/note/notes'
import { WalkingModel } from '../../../extension/walk/walking'
import { appendStep, findActiveWalk, startWalk } from '../../../extension/walk/walks'
import { emptyDevice, listener, surroundingsAt } from '../device'

let surroundings = surroundingsAt()
let database: Awaited<ReturnType<typeof emptyDevice>>
beforeEach(async () => {
  surroundings = surroundingsAt()
  database = await emptyDevice()
})

async function walking() {
  const walk = await startWalk(
    database,
    surroundings,
    { errand: null, persona: null, service: 'Wi-Fi', firstTime: null },
    { tabIds: [], origins: [] },
  )
  const { told, say } = listener()
  return {
    walk,
    told,
    model: new WalkingModel({ database, surroundings, walk, say, tellWalkChanged: async () => {} }),
  }
}

test('one tap on a long wait is a note at the page where it happened', async () => {
  const { walk, told, model } = await walking()
  await appendStep(database, surroundings, walk.id, {
    kind: 'page',
    origin: 'https://help.example.org',
    route: '/requests',
    title: 'Requests',
  })
  await appendStep(database, surroundings, walk.id, { kind: 'wait', ms: 14_000, for: 'Request' })
  await vi.waitFor(() => expect(model.steps.value).toHaveLength(2))
  const wait = model.steps.value[1]
  if (wait?.kind !== 'wait') throw new Error('no wait')

  await model.noteStep(wait)

  expect(await listNotes(database)).toMatchObject([
    {
      kind: 'slow',
      words: 'Waited 14 s for “Request”.',
      service: 'Wi-Fi',
      place: { route: '/requests', title: 'Requests' },
    },
  ])
  await vi.waitFor(() => expect(model.notedAt.value.has(wait.at)).toBe(true))
  told[0]?.undo?.()
  await vi.waitFor(async () => expect(await listNotes(database)).toEqual([]))
})

test('a pause counts for nothing, and is one word on the timeline each way', async () => {
  const { walk, model } = await walking()
  surroundings.pass(60_000)
  await model.togglePause()
  await vi.waitFor(() => expect(model.isPaused.value).toBe(true))
  surroundings.pass(600_000)
  await model.togglePause()
  await vi.waitFor(() => expect(model.isPaused.value).toBe(false))
  surroundings.pass(5_000)
  await model.end()

  expect(await database.get('walk', walk.id)).toMatchObject({ state: 'done' })
  expect(await findActiveWalk(database)).toBeUndefined()
  expect(model.steps.value.map((step) => step.kind)).toEqual(['paused', 'resumed'])
})
