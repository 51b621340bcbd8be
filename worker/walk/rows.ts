import * as v from 'valibot'

import type { SameErrand, WalkDetail, WalkNote, WalkRow } from '#shared/api/walk'
import type { Place } from '#shared/place'
import { Step, withOwnFields } from '#shared/step'
import { Debrief, Totals } from '#shared/walk'

import { toPictures } from '../evidence/rows'

/** What queries.ts selects, and how it becomes the domain's words. */
interface SelectedWalk {
  id: string
  kind: WalkRow['kind']
  state: WalkRow['state']
  errand: string | null
  persona: string | null
  service: string | null
  first_time: number | null
  started_at: number
  ended_at: number | null
  totals: string
  debrief: string | null
  leader: string | null
  noted: string
}

interface SelectedNote {
  id: string
  at: number
  mood: WalkNote['mood']
  kind: WalkNote['kind']
  wince: WalkNote['wince']
  words: string
  first_words: string
  first_words_at: number | null
  expected: string | null
  place: string
  number: number | null
  title: string | null
  state: NonNullable<WalkNote['entry']>['state'] | null
}

/** A walk, and what its walker said at the end, as it stands in its row. */
export interface FoundWalk {
  walk: WalkRow
  debrief: Debrief | null
}

const StoredDebrief = v.nullable(v.pipe(v.string(), v.parseJson(), Debrief))
const StoredTotals = v.pipe(v.string(), v.parseJson(), Totals)
const Noted = v.pipe(
  v.string(),
  v.parseJson(),
  v.tuple([v.number(), v.nullable(v.picklist([0, 1, 2, 3]))]),
)
const StoredStep = v.pipe(v.string(), v.parseJson(), Step)

export function toWalk(selected: object): FoundWalk {
  const row = selected as SelectedWalk
  const debrief = v.parse(StoredDebrief, row.debrief)
  const [notes, worst] = v.parse(Noted, row.noted)
  return {
    debrief,
    walk: {
      id: row.id,
      kind: row.kind,
      state: row.state,
      errand: row.errand,
      persona: row.persona,
      service: row.service,
      firstTime: row.first_time === null ? null : row.first_time === 1,
      startedAt: row.started_at,
      endedAt: row.ended_at,
      leader: row.leader,
      done: debrief?.done ?? null,
      totals: v.parse(StoredTotals, row.totals),
      notes,
      worst,
    },
  }
}

/** Without the desk's own reference of what was left behind, which is for its walker alone. */
export function toDebrief(debrief: Debrief | null): WalkDetail['debrief'] {
  if (debrief === null) return null
  const { done, effort, line, fixFirst } = debrief
  return { done, effort, line, fixFirst }
}

/** Notes with their own pictures, in the order the notes came. */
export function toNotes(notes: object[], pictures: object[]): WalkNote[] {
  const picturesOf = toPictures(pictures)
  return (notes as SelectedNote[]).map((row) => ({
    id: row.id,
    at: row.at,
    mood: row.mood,
    kind: row.kind,
    wince: row.wince,
    words: row.words,
    firstWords: row.first_words === row.words ? null : row.first_words,
    wordedAt: row.first_words_at,
    expected: row.expected,
    place: JSON.parse(row.place) as Place,
    pictures: picturesOf.get(row.id) ?? [],
    entry:
      row.number === null || row.state === null
        ? null
        : { number: row.number, title: row.title ?? '', state: row.state },
  }))
}

export function toSameErrand(rows: object[]): SameErrand[] {
  return (rows as { id: string; started_at: number; done: SameErrand['done'] }[]).map(
    ({ id, started_at, done }) => ({ id, startedAt: started_at, done }),
  )
}

/** In the order of their numbers. What is no step is left out: a browser sent it. */
export function toSteps(rows: object[]): Step[] {
  return (rows as { data: string }[]).flatMap(({ data }) => {
    const step = v.safeParse(StoredStep, data)
    return step.success ? [withOwnFields(step.output)] : []
  })
}
