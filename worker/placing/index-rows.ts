import { featuresOf } from '#shared/grouping/decide'
import type { Note } from '#shared/note'

import type { Guard } from '../audit/queries'
import type { Db } from '../database/open'
import { type IndexRow, addIndexRows, takeIndexRows } from './queries'

/** A note, and the entry whose search indexes it enters or leaves. */
export interface IndexedNote extends Pick<
  Note,
  'mood' | 'service' | 'place' | 'words' | 'expected'
> {
  entryId: string
}

/** Statements by which notes can be found through the entries that they are in from now on. */
export function indexNotes(
  db: Db,
  workspaceId: string,
  notes: readonly IndexedNote[],
  guard: Guard,
) {
  return addIndexRows(db, workspaceId, rowsOf(notes), guard)
}

/** Takes out again what `indexNotes`, or grouping, put in. It stands behind the change of `entry_note`. */
export function unindexNotes(
  db: Db,
  workspaceId: string,
  notes: readonly IndexedNote[],
  guard: Guard,
) {
  return takeIndexRows(db, workspaceId, rowsOf(notes), guard)
}

function rowsOf(notes: readonly IndexedNote[]): IndexRow[] {
  const rows = new Map<string, IndexRow>()
  const add = (table: IndexRow['table'], { mood, entryId }: IndexedNote, key: string) => {
    const name = `${table} ${mood} ${entryId} ${key}`
    const row = rows.get(name)
    if (row === undefined) rows.set(name, { table, mood, key, entryId, notes: 1 })
    else row.notes += 1
  }
  for (const note of notes) {
    const { placeKey, widePlaceKey, stems } = featuresOf(note)
    for (const key of new Set([placeKey, widePlaceKey])) add('entry_place', note, key)
    for (const stem of stems) add('entry_stem', note, stem)
  }
  return [...rows.values()]
}
