import { beforeEach, describe, expect, test } from 'vitest'

import { PART_MAX_BYTES, PART_MAX_STEPS } from '#shared/limits'
import type { Step } from '#shared/step'

import type { Pairing } from '../../../extension/storage/database'
import { getMeta } from '../../../extension/storage/meta'
import { parcelOfAll, parcelOfWalk } from '../../../extension/sync/parcels'
import { mintOps, packParcel } from '../../../extension/sync/send'
import {
  appendStep,
  endWalk,
  listSteps,
  setDebrief,
  startWalk,
} from '../../../extension/walk/walks'
import { resumeWalk } from '../../../extension/walk/waiting'
import { emptyDevice, keptNote, pairTo, surroundingsAt } from '../device'

let database: Awaited<ReturnType<typeof emptyDevice>>
let surroundings: ReturnType<typeof surroundingsAt>
beforeEach(async () => {
  database = await emptyDevice()
  surroundings = surroundingsAt()
  await pairTo(database, surroundings)
})
const nothing = { errand: null, persona: null, service: null, firstTime: null }
const newWalk = (start = {}) =>
  startWalk(database, surroundings, { ...nothing, ...start }, { tabIds: [], origins: [] })
const mint = async (parcel: Parameters<typeof mintOps>[3]) =>
  mintOps(database, surroundings, (await getMeta(database, 'pairing')) as Pairing, parcel)
const outbox = async () =>
  (await database.getAll('outbox')).toSorted((one, other) => one.mid - other.mid)
const debrief = { done: 'no', effort: 6, line: 'Never again', fixFirst: null } as const

describe('a walk’s parts', () => {
  test('each Send takes the steps since the one before; nothing is sent twice or skipped', async () => {
    const walk = await newWalk()
    const sent: number[][] = []
    for (let part = 1; part <= 3; part += 1) {
      await appendStep(database, surroundings, walk.id, { kind: 'back' })
      await appendStep(database, surroundings, walk.id, { kind: 'transfer' })
      await keptNote(database, surroundings, { walkId: walk.id })
      const parcel = await parcelOfAll(database, surroundings)
      // A step that comes between preview and Send is the next part's.
      await appendStep(database, surroundings, walk.id, { kind: 'back' })
      await mint(parcel)
      for (const { kind, payload } of parcel.payloads)
        if (kind === 'walk.part') sent.push(payload.steps.map(({ seq }) => seq))
    }

    expect(sent).toEqual([
      [1, 2],
      [3, 4, 5],
      [6, 7, 8],
    ])
    expect(
      (await outbox()).flatMap(({ op }) => (op.kind === 'walk.part' ? [op.payload.part] : [])),
    ).toEqual([1, 2, 3])
  })

  test('a long timeline is cut into parts that the server takes', async () => {
    const walk = await newWalk()
    const count = PART_MAX_STEPS + 500
    const steps = Array.from({ length: count }, (_, index): Step => ({
      kind: 'click',
      role: 'button',
      name: 'x'.repeat(index % 200),
      seq: index + 1,
      at: 1,
    }))

    const { payloads, sentSteps } = packParcel(
      [{ walk, steps, allSteps: steps }],
      [],
      surroundings.now(),
    )

    const parts = payloads.flatMap(({ kind, payload }) => (kind === 'walk.part' ? [payload] : []))
    expect(parts.map(({ part }) => part)).toEqual(parts.map((_, index) => index + 1))
    expect(parts.flatMap((part) => part.steps.map(({ seq }) => seq))).toEqual(
      steps.map(({ seq }) => seq),
    )
    for (const part of parts)
      expect(JSON.stringify(part.steps).length).toBeLessThanOrEqual(PART_MAX_BYTES)
    expect(sentSteps.at(-1)).toMatchObject({ part: parts.length, seq: count })
  })

  test('the end of a walk is sent once, also when everything else of it was sent before', async () => {
    const walk = await newWalk()
    await appendStep(database, surroundings, walk.id, { kind: 'back' })
    await keptNote(database, surroundings, { walkId: walk.id })
    await mint(await parcelOfAll(database, surroundings))

    await endWalk(database, surroundings, walk.id)
    const end = await parcelOfAll(database, surroundings)
    expect(end.payloads).toMatchObject([
      { kind: 'walk.part', payload: { part: 2, steps: [], walk: { state: 'done' } } },
    ])
    await mint(end)
    expect((await parcelOfAll(database, surroundings)).payloads).toEqual([])

    await setDebrief(database, walk.id, debrief)
    const more = await parcelOfAll(database, surroundings)
    expect(more.payloads).toMatchObject([{ payload: { part: 3, debrief } }])
    await mint(more)
    expect((await parcelOfAll(database, surroundings)).payloads).toEqual([])
  })

  test('a debrief that changed since the preview is sent by the next Send', async () => {
    const walk = await newWalk()
    await appendStep(database, surroundings, walk.id, { kind: 'back' })
    await endWalk(database, surroundings, walk.id)
    const parcel = await parcelOfAll(database, surroundings)
    await setDebrief(database, walk.id, debrief)
    await mint(parcel)

    expect((await parcelOfAll(database, surroundings)).payloads).toMatchObject([
      { payload: { part: 2, debrief } },
    ])
  })

  test('a walk that is taken up again ends anew', async () => {
    const walk = await newWalk()
    await appendStep(database, surroundings, walk.id, { kind: 'back' })
    await endWalk(database, surroundings, walk.id)
    await mint(await parcelOfAll(database, surroundings))
    await resumeWalk(database, surroundings, walk.id, [])
    await endWalk(database, surroundings, walk.id)

    expect((await parcelOfAll(database, surroundings)).payloads).toMatchObject([
      { payload: { part: 2, walk: { state: 'done' } } },
    ])
  })

  test('a parcel of one walk holds nothing of another', async () => {
    const one = await newWalk()
    const other = await newWalk()
    await keptNote(database, surroundings, { walkId: one.id })
    await keptNote(database, surroundings, { walkId: other.id })

    const { payloads } = await parcelOfWalk(database, surroundings, one)

    expect(JSON.stringify(payloads)).not.toContain(other.id)
    expect(payloads.map(({ kind }) => kind)).toEqual(['walk.part', 'note.add'])
    expect(await listSteps(database, one.id)).toEqual([])
  })
})
