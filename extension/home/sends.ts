import { RECALL_WINDOW_MS } from '#shared/limits'

import type { KeptNote, KeptWalk } from '../storage/database'
import { isRecallable, isTimelineRecallable } from '../sync/recall'

/** Notes, and walks that stand for their timelines. */
export interface Sent {
  notes: KeptNote[]
  walks: KeptWalk[]
}

/** What one Send let go, while something about it can still be taken back or just was. */
export interface LateSend extends Sent {
  sendId: string
  /** What can be taken back now. */
  open: Sent
  /** Until when, Unix ms; null while the first of it waits here. */
  until: number | null
}

/** What can be taken back of it now. */
export function openOf({ notes, walks }: Sent, now: number): Sent {
  return {
    notes: notes.filter((note) => isRecallable(note, now)),
    walks: walks.filter((walk) => isTimelineRecallable(walk, now)),
  }
}

/** What was sent in the last 24 hours, the last Send first. A walk is with the Send of its last part. */
export function lateSendsOf(sent: Sent, now: number): LateSend[] {
  const notes = sent.notes.filter((note) => isLate(note, now))
  const walks = sent.walks.filter((walk) => isLateWalk(walk, now))
  const sendIds = new Set([...notes, ...walks].flatMap(({ sendId }) => sendId ?? []))
  return [...sendIds]
    .map((sendId) => {
      const own = {
        notes: notes.filter((note) => note.sendId === sendId),
        walks: walks.filter((walk) => walk.sendId === sendId),
      }
      const open = openOf(own, now)
      const arrivals = [...open.notes, ...open.walks].flatMap(({ sentAt }) => sentAt ?? [])
      const until = arrivals.length === 0 ? null : Math.min(...arrivals) + RECALL_WINDOW_MS
      return { sendId, ...own, open, until }
    })
    .toSorted((one, other) => (one.sendId < other.sendId ? 1 : -1))
}

function isLateWalk(walk: KeptWalk, now: number): boolean {
  if (walk.takenBack === 'asked') return true
  if (walk.takenBack === 'done') return now - (walk.sentAt ?? now) <= 2 * RECALL_WINDOW_MS
  return isTimelineRecallable(walk, now)
}

/** What has become of a timeline, in words. */
export function timelineWords({ errand, takenBack, recallCode }: KeptWalk): string {
  if (takenBack === 'done') return 'A timeline that you took back'
  const name = errand === null ? 'Timeline of the walk' : `Timeline of “${errand}”`
  if (takenBack === 'asked') return `${name}, being taken back`
  return recallCode == null ? name : `${name}. ${recallWords(recallCode)}`
}

function isLate(note: KeptNote, now: number): boolean {
  switch (note.state) {
    case 'recalling':
      return true
    case 'taken-back':
      return note.sentAt === undefined || now - note.sentAt <= 2 * RECALL_WINDOW_MS
    case 'sent':
    case 'queued':
      return isRecallable(note, now)
    case 'draft':
    case 'kept':
    case 'refused':
    case 'removed':
      return false
  }
}

/** Why a note could not be taken back, in words. */
export function recallWords(code: string): string {
  switch (code) {
    case 'too-late':
      return 'Not taken back: it was too late'
    case 'unknown-kind':
      return 'Not taken back: your team’s Wince is too old for it'
    default:
      return `Not taken back: the server said no (${code})`
  }
}
