import { type RandomBytes, uuidv7 } from '#shared/id'
import type { Note } from '#shared/note'
import type { Op } from '#shared/op'
import type { CallPlace, PagePlace } from '#shared/place'
import type { Step } from '#shared/step'
import type { Walk, WalkPart } from '#shared/walk'

import { seededRandom } from './seeded'

/** Monday morning; tests that need another time say so. */
export const MORNING = Date.UTC(2026, 8, 7, 9)

const random: RandomBytes = (length) => crypto.getRandomValues(new Uint8Array(length))

export function newId(at = MORNING): string {
  return uuidv7(at, random)
}

export function pagePlace(change: Partial<PagePlace> = {}): PagePlace {
  return {
    kind: 'page',
    origin: 'https://help.example.org',
    route: '/requests/:id',
    title: 'Request',
    anchor: {
      role: 'button',
      name: 'Submit request',
      selectors: [{ kind: 'structure', path: ['main > button'] }],
    },
    ...change,
  }
}

export function callPlace(number: string, ...keys: string[]): CallPlace {
  return { kind: 'call', number, keys }
}

export function newNote(change: Partial<Note> = {}): Note {
  const words = change.words ?? 'It lost everything I typed.'
  return {
    id: newId(),
    walkId: null,
    source: 'walk',
    at: MORNING,
    mood: 'embarrassed',
    kind: change.mood === 'liked' ? null : 'broken',
    wince: change.mood === 'liked' ? null : 2,
    money: null,
    words,
    firstWords: words,
    expected: null,
    service: null,
    place: pagePlace(),
    attachments: [],
    ...change,
  }
}

export function newWalk(change: Partial<Walk> = {}): Walk {
  return {
    id: newId(),
    kind: 'errand',
    state: 'walking',
    errand: 'My laptop won’t join the Wi-Fi',
    persona: null,
    service: null,
    firstTime: null,
    startedAt: MORNING,
    endedAt: null,
    ...change,
  }
}

export const NO_TOTALS = {
  elapsedMs: 0,
  waitingMs: 0,
  longestHoldMs: 0,
  pages: 0,
  clicks: 0,
  keys: 0,
  signIns: 0,
  askedAgain: 0,
  backs: 0,
  transfers: 0,
  keysToHuman: null,
}

export function newPart(change: Partial<WalkPart> = {}): WalkPart {
  return { walk: newWalk(), part: 1, steps: [], totals: NO_TOTALS, debrief: null, ...change }
}

export function pageStep(seq: number, route = '/'): Step {
  return {
    kind: 'page',
    seq,
    at: MORNING + seq * 1_000,
    origin: 'https://help.example.org',
    route,
    title: null,
  }
}

export function noteOp(mid: number, note: Note = newNote(), change: Partial<Op> = {}): Op {
  return { opId: newId(), mid, at: MORNING, kind: 'note.add', payload: note, ...change } as Op
}

export function recallOp(mid: number, noteId: string, change: Partial<Op> = {}): Op {
  return {
    opId: newId(),
    mid,
    at: MORNING,
    kind: 'note.recall',
    payload: { noteId },
    ...change,
  } as Op
}

export function walkRecallOp(mid: number, walkId: string, change: Partial<Op> = {}): Op {
  return {
    opId: newId(),
    mid,
    at: MORNING,
    kind: 'walk.recall',
    payload: { walkId },
    ...change,
  } as Op
}

export function partOp(mid: number, part: WalkPart = newPart(), change: Partial<Op> = {}): Op {
  return { opId: newId(), mid, at: MORNING, kind: 'walk.part', payload: part, ...change } as Op
}

const TOPICS = [
  'The printer jams on every page',
  'My payslip shows last month',
  'Parking permits cost too much',
  'Wifi drops in the library',
  'Nobody answers the enrolment line',
  'Room booking forgets my seminar',
  'Exam timetable clashes again',
  'Laptop loans need two signatures',
  'Gym membership renews silently',
  'Canteen card reader is broken',
  'Travel claims want paper receipts',
  'Visa letters take six weeks',
] as const
const TOPIC_KINDS = ['jargon', 'confusing', 'slow', 'broken', 'dead-end', 'missing'] as const

/** A word of this topic alone, without three letters in a row that another one has. */
function topicWord(topic: number, which: number): string {
  const chance = seededRandom(topic * 10 + which)
  return Array.from({ length: 9 }, () => String.fromCharCode(97 + Math.floor(chance() * 26))).join(
    '',
  )
}

/** Notes of different topics have nothing in common: each opens an entry; of one topic, they join. */
export function topicNote(topic: number, change: Partial<Note> = {}): Note {
  const words = TOPICS[topic] ?? [1, 2, 3, 4].map((which) => topicWord(topic, which)).join(' ')
  return newNote({
    words,
    kind: change.mood === 'liked' ? null : (TOPIC_KINDS[topic % TOPIC_KINDS.length] ?? null),
    place: topicPlace(topic, words),
    ...change,
  })
}

function topicPlace(topic: number, words: string): Note['place'] {
  const [word = '', ...rest] = words.split(' ').slice(-2)
  return pagePlace({
    origin: `https://site-${topic}.example.org`,
    route: `/${word.toLowerCase()}`,
    title: null,
    anchor: { role: 'button', name: rest.join(' '), selectors: [] },
  })
}
