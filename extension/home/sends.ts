import { RECALL_WINDOW_MS } from '#shared/limits'

import type { KeptNote } from '../storage/database'
import { isRecallable } from '../sync/recall'

/** The notes of one Send, while something about them can still be taken back or just was. */
export interface LateSend {
  sendId: string
  notes: KeptNote[]
  /** Those that can be taken back now. */
  open: KeptNote[]
  /** Until when, Unix ms; null while the first of them waits here. */
  until: number | null
}

/** What was sent in the last 24 hours, the last Send first. */
export function lateSendsOf(notes: readonly KeptNote[], now: number): LateSend[] {
  const bySend = new Map<string, KeptNote[]>()
  for (const note of notes) {
    if (note.sendId === undefined || !isLate(note, now)) continue
    bySend.set(note.sendId, [...(bySend.get(note.sendId) ?? []), note])
  }
  return [...bySend]
    .map(([sendId, sent]) => {
      const open = sent.filter((note) => isRecallable(note, now))
      const arrivals = open.flatMap(({ sentAt }) => (sentAt === undefined ? [] : [sentAt]))
      const until = arrivals.length === 0 ? null : Math.min(...arrivals) + RECALL_WINDOW_MS
      return { sendId, notes: sent, open, until }
    })
    .toSorted((one, other) => (one.sendId < other.sendId ? 1 : -1))
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
