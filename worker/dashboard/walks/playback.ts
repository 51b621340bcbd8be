import { batch, computed, createModel, effect, type Signal, signal } from '@preact/signals'

import type { WalkApi, WalkDetail, WalkNote } from '#shared/api/walk'
import { type Call, callsOf } from '#shared/call'
import { lastKnownAt, type Playback, playbackOf } from '#shared/playback'
import { type Row, rowsOf } from '#shared/playback-rows'
import type { Step } from '#shared/step'

import type { Clock } from '../clock'
import { load, type Load } from '../load'

/** How long a moment stays while a walk is played, in ms. */
export const PACE_MS = 1_500

/** A walk as far as it is needed to draw it. */
export interface Drawn {
  detail: WalkDetail
  play: Playback & { rows: Row<WalkNote>[] }
  calls: readonly Call[]
}

/** The walk that is played. A line of the list says itself whether it is the chosen one. */
export interface Shown extends Drawn {
  isHere: readonly Signal<boolean>[]
  /** May open entries and menus. */
  readsRegister: boolean
}

interface PlaybackDeps {
  api: Pick<WalkApi, 'getWalk' | 'listSteps'>
  clock: Clock
  walkId: string
  /** The walk of the same errand to begin beside; null for the newest earlier one. */
  besideId?: string | null
  readsRegister: boolean
}

/** A walk being played back, line by line, beside an earlier one of the same errand. */
export const PlaybackModel = createModel((deps: PlaybackDeps) => {
  const { api, clock, walkId, besideId, readsRegister } = deps
  const state = signal<Load<Shown>>({ status: 'loading' })
  const other = signal<Load<Drawn | null>>({ status: 'ready', value: null })
  const chosen = signal(0)
  const isPlaying = signal(false)
  let stop: (() => void) | undefined
  effect(() => () => stop?.())

  const rows = computed<readonly Row<WalkNote>[]>(() =>
    state.value.status === 'ready' ? state.value.value.play.rows : [],
  )
  const row = computed(() => rows.value[chosen.value])

  function choose(index: number) {
    const shown = state.peek()
    if (shown.status !== 'ready') return
    const { isHere } = shown.value
    const next = Math.min(Math.max(0, index), isHere.length - 1)
    batch(() => {
      for (const [at, value] of [
        [chosen.peek(), false],
        [next, true],
      ] as const) {
        const mark = isHere[at]
        if (mark) mark.value = value
      }
      chosen.value = next
    })
  }

  function pause() {
    stop?.()
    stop = undefined
    isPlaying.value = false
  }

  function play() {
    if (rows.peek().length === 0) return
    // From the end it begins anew.
    if (chosen.peek() >= rows.peek().length - 1) choose(0)
    isPlaying.value = true
    stop = clock.every(PACE_MS, () => {
      choose(chosen.peek() + 1)
      if (chosen.peek() >= rows.peek().length - 1) pause()
    })
  }

  const compareWith = (id: string | null) =>
    load(other, async () => (id === null ? null : await draw(api, clock, id)))

  return {
    state,
    /** The walk beside it; `ready` with null where there is none. */
    other,
    rows,
    chosen,
    /** The line that is chosen; undefined for a walk of which nothing was recorded. */
    row,
    isPlaying,

    /** Ends with the walk at its worst moment, beside the newest earlier one; never rejects. */
    async reload() {
      await load(state, async () => {
        const drawn = await draw(api, clock, walkId)
        return { ...drawn, readsRegister, isHere: drawn.play.rows.map(() => signal(false)) }
      })
      const shown = state.peek()
      if (shown.status !== 'ready') return
      choose(worstOf(shown.value.play.rows))
      const { walk, sameErrand } = shown.value.detail
      const beside =
        sameErrand.find(({ id }) => id === besideId) ??
        sameErrand.find((each) => each.startedAt < walk.startedAt)
      await compareWith(beside?.id ?? null)
    },

    /** Never rejects. */
    compareWith,

    /** A person chose: it no longer plays by itself. */
    go(index: number) {
      pause()
      choose(index)
    },
    goBy(lines: number) {
      pause()
      choose(chosen.peek() + lines)
    },
    goToEnd() {
      pause()
      choose(rows.peek().length - 1)
    },
    togglePlay() {
      if (isPlaying.peek()) pause()
      else play()
    },
    pause,
  }
})
export type PlaybackState = InstanceType<typeof PlaybackModel>

/** Where somebody should look first: the first of the worst winces, or the start. */
function worstOf(rows: readonly Row<WalkNote>[]): number {
  const winces = rows.map(({ notes }) => Math.max(0, ...notes.map(({ wince }) => wince ?? 0)))
  return Math.max(0, winces.indexOf(Math.max(...winces)))
}

async function draw(api: PlaybackDeps['api'], clock: Clock, id: string): Promise<Drawn> {
  const [detail, steps] = await Promise.all([api.getWalk(id), listAllSteps(api, id)])
  const { walk, notes } = detail
  // While they have to answer, the customer's clock runs.
  const until = walk.state === 'waiting' ? clock.now() : lastKnownAt(walk, steps, notes)
  const drawn = playbackOf(walk, steps, notes, until)
  const rows = rowsOf(drawn.axis, steps, notes)
  return { detail, play: { ...drawn, rows }, calls: callsOf(steps) }
}

async function listAllSteps(api: PlaybackDeps['api'], id: string): Promise<Step[]> {
  const steps: Step[] = []
  for (let after: number | null = 0; after !== null;) {
    // oxlint-disable-next-line no-await-in-loop -- each page says where the next begins
    const page = await api.listSteps(id, after)
    steps.push(...page.steps)
    after = page.next
  }
  return steps
}
