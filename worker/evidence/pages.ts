import type { EntryEvent, EvidenceNote, EvidencePage, HistoryPage } from '#shared/api/entry'

import { readCursor, writeCursor } from '../register/order'
import type { EventKey, NoteKey } from './queries'

export const NOTES_A_PAGE = 20
export const EVENTS_A_PAGE = 30

/** @param notes one more than fits, where there are more */
export function toEvidencePage(notes: readonly EvidenceNote[]): EvidencePage {
  const shown = notes.slice(0, NOTES_A_PAGE)
  const last = shown.at(-1)
  const next =
    notes.length > shown.length && last
      ? writeCursor('notes', [last.wince ?? -1, last.at, last.id])
      : null
  return { notes: shown, next }
}

/** @param events one more than fits, where there are more */
export function toHistoryPage(events: readonly EntryEvent[]): HistoryPage {
  const shown = events.slice(0, EVENTS_A_PAGE)
  const last = shown.at(-1)
  return {
    events: shown,
    next: events.length > shown.length && last ? writeCursor('history', [last.at, last.id]) : null,
  }
}

export function readNoteCursor(cursor: string): NoteKey | undefined {
  const [wince, at, id] = readCursor('notes', cursor) ?? []
  return isWhole(wince) && isWhole(at) && typeof id === 'string' ? [wince, at, id] : undefined
}

export function readEventCursor(cursor: string): EventKey | undefined {
  const [at, id] = readCursor('history', cursor) ?? []
  return isWhole(at) && typeof id === 'string' ? [at, id] : undefined
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value)
}
