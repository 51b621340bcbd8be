import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'

import { newNote, pagePlace } from '../../support/ops'
import { brokenTriage } from '../../sim/triage/rules'
import { type Asked, openTriageWorld } from '../../sim/triage/world'

test('a hundred people who merge, split, move and undo the same notes at once end in one state', async () => {
  const world = await openTriageWorld(env.DB)
  const notes = Array.from({ length: 12 }, (_, index) =>
    newNote({ words: '', place: pagePlace({ route: `/${'abc'[index % 3]}` }) }),
  )
  for (const [index, each] of notes.entries()) {
    // oxlint-disable-next-line no-await-in-loop -- notes arrive one after the other
    await world.note(each, index % 3)
  }
  const asked = (index: number): Asked => {
    const noteIds = [notes[index % 12]?.id ?? '', notes[(index * 5) % 12]?.id ?? '']
    switch (index % 5) {
      case 0:
        return { what: 'merge', entry: 1 + (index % 3), into: 1 + ((index + 1) % 3) }
      case 1:
        return { what: 'split', entry: 1 + (index % 3), noteIds: noteIds.slice(0, 1) }
      case 2:
        return { what: 'move', noteIds, entry: 1 + ((index >> 2) % 3) }
      case 3:
        return { what: 'own', noteIds: noteIds.slice(0, 1) }
      default:
        return { what: 'confirm', noteIds }
    }
  }

  const decided = await Promise.all(
    Array.from({ length: 100 }, async (_, index) => {
      const decision = await world.decide(asked(index), { by: index % 2 })
      return index % 7 === 0 && decision.status === 'done' ? world.undo(decision.id) : decision
    }),
  )

  const outcomes = Object.groupBy(decided, ({ status }) => status)
  expect(outcomes.done?.length ?? 0).toBeGreaterThan(5)
  expect(await brokenTriage(world)).toEqual([])
}, 120_000)
