import { expect, test } from 'vitest'

import { ApiError } from '#shared/api/call'
import type { WalkDetail, WalkNote } from '#shared/api/walk'
import { callsOf } from '#shared/call'
import { totalsOf } from '#shared/walk'

import { measuresOf, verdictOf } from '../../worker/dashboard/walks/compare'
import { PACE_MS, PlaybackModel } from '../../worker/dashboard/walks/playback'
import { callAt, sameKeysElsewhere } from '../../worker/dashboard/walks/same-keys'
import { stageInWords, stageOf } from '../../worker/dashboard/walks/stage-shape'
import { walkInWords } from '../../worker/dashboard/walks/walk-words'
import { juneWalk, longWalk, type PlayedWalk, wifiWalk } from '../support/played-walk'

/** A walk as the door tells it. */
function detailOf({ walk, steps, notes }: PlayedWalk, same: readonly PlayedWalk[]): WalkDetail {
  return {
    walk: {
      ...walk,
      leader: null,
      done: 'no',
      totals: totalsOf(walk, steps, walk.startedAt),
      notes: notes.length,
      worst: 3,
    },
    debrief: null,
    notes: notes.map((note): WalkNote => ({
      ...note,
      firstWords: null,
      wordedAt: null,
      pictures: [],
      entry: { number: 117, title: 'On hold', state: 'progress' },
    })),
    steps: steps.length,
    sameErrand: same.map(({ walk: { id, startedAt } }) => ({ id, startedAt, done: 'no' })),
  }
}

/** A door that knows these walks, and a clock that a test turns. */
function newPlayback(played: PlayedWalk, others: readonly PlayedWalk[] = []) {
  const ticking = new Set<() => void>()
  const all = [played, ...others]
  const find = (id: string) => {
    const found = all.find(({ walk }) => walk.id === id)
    if (found === undefined) throw new ApiError(404, 'not-found', 'There is nothing here.')
    return found
  }
  const model = new PlaybackModel({
    api: {
      getWalk: async (id) => detailOf(find(id), id === played.walk.id ? others : []),
      listSteps: async (id, after) => {
        const steps = find(id).steps.filter(({ seq }) => seq > after)
        const page = steps.slice(0, 10)
        return { steps: page, next: steps.length > 10 ? (page.at(-1)?.seq ?? null) : null }
      },
    },
    clock: {
      now: () => 0,
      every: (ms, act) => {
        expect(ms).toBe(PACE_MS)
        ticking.add(act)
        return () => ticking.delete(act)
      },
    },
    walkId: played.walk.id,
    readsRegister: true,
  })
  return { model, tick: () => ticking.forEach((act) => act()), ticking }
}

test('a walk opens with all of its steps, at its worst moment, beside the newest earlier one', async () => {
  const { model } = newPlayback(wifiWalk(), [juneWalk()])

  await model.reload()

  const rows = model.rows.value
  expect(rows.flatMap(({ steps }) => steps)).toHaveLength(21)
  expect(model.row.value?.notes.map(({ wince }) => wince)).toEqual([3])
  const { value: other } = model.other.value as { value: { detail: WalkDetail } | null }
  expect(other?.detail.walk.startedAt).toBe(juneWalk().walk.startedAt)
})

test('it moves to and fro, stops at both ends, and one line alone says that it is the chosen one', async () => {
  const { model } = newPlayback(wifiWalk())
  await model.reload()
  const here = () =>
    model.state.value.status === 'ready'
      ? model.state.value.value.isHere.flatMap((mark, index) => (mark.value ? [index] : []))
      : []

  model.go(0)
  model.goBy(-1)
  expect(here()).toEqual([0])
  model.goBy(2)
  expect(here()).toEqual([2])
  model.goToEnd()
  model.goBy(1)
  expect(here()).toEqual([model.rows.value.length - 1])
})

test('played, it goes on by itself until the end; whoever chooses stops it', async () => {
  const { model, tick, ticking } = newPlayback(wifiWalk())
  await model.reload()
  model.goToEnd()

  // From the end it begins anew.
  model.togglePlay()
  expect([model.chosen.value, model.isPlaying.value]).toEqual([0, true])
  tick()
  tick()
  expect(model.chosen.value).toBe(2)
  model.goBy(1)
  expect([model.chosen.value, model.isPlaying.value, ticking.size]).toEqual([3, false, 0])

  model.togglePlay()
  model.rows.value.forEach(tick)
  expect([model.isPlaying.value, ticking.size]).toEqual([false, 0])
  expect(model.chosen.value).toBe(model.rows.value.length - 1)
})

test('a walk that is not there says so, and an empty one does nothing', async () => {
  const missing = newPlayback(wifiWalk())
  const none = new PlaybackModel({
    api: {
      getWalk: () => Promise.reject(new ApiError(404, 'not-found', 'Nothing')),
      listSteps: () => Promise.reject(new ApiError(404, 'not-found', 'Nothing')),
    },
    clock: { now: () => 0, every: () => () => undefined },
    walkId: 'x',
    readsRegister: false,
  })
  await none.reload()
  expect(none.state.value.status).toBe('missing')

  const empty = newPlayback({ ...wifiWalk(), steps: [], notes: [] })
  await empty.model.reload()
  empty.model.togglePlay()
  empty.model.goToEnd()
  expect([empty.model.row.value, empty.model.isPlaying.value]).toEqual([undefined, false])
  expect(missing.model.state.value.status).toBe('loading')
})

test('then and now tells what is less, more and the same, and judges neither', () => {
  const [now, then] = [wifiWalk(), juneWalk()].map((walked) => ({
    ...detailOf(walked, []),
    calls: callsOf(walked.steps),
  }))
  if (now === undefined || then === undefined) throw new Error('two walks are compared')

  expect(measuresOf(now, then)).toEqual([
    { name: 'Start to end', before: '38:20', now: '31:08', change: { way: 'less', by: '7:12' } },
    { name: 'Waiting', before: '18:36', now: '10:35', change: { way: 'less', by: '8:01' } },
    { name: 'Signed in', before: '0', now: '2', change: { way: 'more', by: '2' } },
    { name: 'Asked again', before: '0', now: '1', change: { way: 'more', by: '1' } },
    { name: 'Transfers', before: '1', now: '0', change: { way: 'less', by: '1' } },
    {
      name: 'Listening to the menu',
      before: '4:22',
      now: '1:32',
      change: { way: 'less', by: '2:50' },
    },
    { name: 'On hold', before: '14:26', now: '6:39', change: { way: 'less', by: '7:47' } },
    { name: 'Longest hold', before: '7:36', now: '6:39', change: { way: 'less', by: '0:57' } },
    { name: 'With a person', before: '0:00', now: '0:00', change: { way: 'same', by: 'same' } },
    { name: 'To a person', before: 'nobody', now: 'nobody', change: { way: 'same', by: 'same' } },
    {
      name: 'Keys to a person',
      before: 'nobody',
      now: 'nobody',
      change: { way: 'same', by: 'same' },
    },
    { name: 'Dead ends', before: '1', now: '1', change: { way: 'same', by: 'same' } },
    { name: 'Winces of 2 or 3', before: '8', now: '5', change: { way: 'less', by: '3' } },
    { name: 'Got it done', before: 'no', now: 'no', change: { way: 'same', by: 'same' } },
  ])
  expect(verdictOf(now, then)).toBe('Shorter, and still not done.')
  expect(
    measuresOf(now, null).every(({ before, change }) => before === null && change === null),
  ).toBe(true)
})

test('a moment in a call has its keys and its hold, and where they led another time', async () => {
  const { model } = newPlayback(wifiWalk())
  await model.reload()
  const { steps } = wifiWalk()
  const rows = model.rows.value
  const voicemail = rows.find(({ sinceMs }) => sinceMs === 21 * 60_000 + 13_000)
  if (voicemail === undefined) throw new Error('no voicemail')

  const call = callAt(callsOf(steps), voicemail)

  expect(call).toEqual({ number: '4357', path: ['1', '3', '0'], holdMs: 399_000 })
  if (call === null) return
  expect(sameKeysElsewhere(call, callsOf(juneWalk().steps))).toBe(
    '7:36 on hold, a transfer and then a dropped call',
  )
  expect(sameKeysElsewhere({ ...call, path: ['1', '4'] }, callsOf(juneWalk().steps))).toBeNull()
  expect(callAt(callsOf(steps), { at: voicemail.at, steps: [], on: 'portal' })).toBeNull()
})

test('both walks stand on one axis: a minute is as wide on one as on the other', async () => {
  const { model } = newPlayback(wifiWalk(), [juneWalk()])
  await model.reload()
  const { state, other } = model
  if (state.value.status !== 'ready' || other.value.status !== 'ready') throw new Error('not there')
  const [shown, beside] = [state.value.value, other.value.value]

  const { lanes, height } = stageOf(shown, beside, (ms) => `${ms} ms`)

  expect(lanes.map(({ right }) => right)).toEqual([928.1, 1108])
  expect(height).toBe(236)
  expect(lanes.map(({ ticks }) => ticks.map(({ words }) => words).join(' '))).toEqual([
    '0 5 10 15 20 25 30 35',
    '0 5 10 15 20 25 30 35',
  ])
  expect(lanes[0]?.spans.map(({ words }) => words)).toEqual(['Portal', 'Phone, 4357', 'Portal'])
  expect(stageInWords(shown, beside)).toContain('phone, 4357 11 min')
})

test('however many winces there are, their digits keep apart', async () => {
  const { model } = newPlayback(longWalk(2_000))
  await model.reload()
  if (model.state.value.status !== 'ready') throw new Error('not there')

  const [lane] = stageOf(model.state.value.value, null, String).lanes

  const labelled = (lane?.marks ?? []).filter(({ digit }) => digit !== '').map(({ x }) => x)
  expect(labelled.length).toBeGreaterThan(10)
  expect(
    Math.min(...labelled.slice(1).map((x, index) => x - (labelled[index] ?? 0))),
  ).toBeGreaterThanOrEqual(9)
})

test('a walk is told in one sentence, and who walked only where that was told', () => {
  const { walk } = detailOf(wifiWalk(), [])

  expect(walkInWords(walk)).toBe(
    'A leader, as new starter, first time here, Wi-Fi. Not done after 31 min.',
  )
  expect(walkInWords({ ...walk, leader: 'VP clinical systems', service: null })).toBe(
    'VP clinical systems, as new starter, first time here. Not done after 31 min.',
  )
})
