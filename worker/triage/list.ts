import * as v from 'valibot'

import type { TriageEntry, TriageNote, TriagePage, TriageShow } from '#shared/api/triage'
import { foldService } from '#shared/grouping/service'

import type { Db } from '../database/open'
import { toEvidence } from '../evidence/rows'
import { toStepsBefore } from './steps'
import { type FoundEntry, type TriageRows, readEntries, readOne, readWaiting } from './queries'
import { toThoughts } from './suggestions'

const SUGGESTIONS = 3

interface Found extends Pick<TriagePage, 'notes' | 'counts'> {
  /** The place in the list of the last note. */
  last: number
}

/** A page of what waits behind a place in the list, in two calls. */
export async function readTriage(
  d1: D1Database,
  db: Db,
  workspaceId: string,
  asked: { show: TriageShow; after: number; limit: number },
): Promise<Found> {
  const { counts, ...rows } = await readWaiting(d1, db, workspaceId, asked)
  const { sure = 0, asked: open = 0, own = 0 } = counts
  return {
    notes: await withEntries(d1, db, workspaceId, rows),
    last: Number(rows.notes.at(-1)?.['position'] ?? 0),
    counts: { all: sure + open + own, sure, asked: open },
  }
}

/** One note, whether it waits or not; undefined for one that is not here, or has no entry yet. */
export async function findTriageNote(
  d1: D1Database,
  db: Db,
  workspaceId: string,
  noteId: string,
): Promise<TriageNote | undefined> {
  const rows = await readOne(d1, db, workspaceId, noteId)
  return (await withEntries(d1, db, workspaceId, rows))[0]
}

const Around = v.object({
  id: v.string(),
  why: v.string(),
  service: v.nullable(v.string()),
  service_id: v.nullable(v.string()),
  entry_id: v.string(),
  waiting: v.number(),
  proposed: v.nullable(v.string()),
  p: v.nullable(v.number()),
  engine: v.nullable(v.string()),
  asks: v.nullable(v.string()),
  steps: v.string(),
})

/** Puts to each note the entries around it: where it is, what is proposed, what else it could be. */
async function withEntries(
  d1: D1Database,
  db: Db,
  workspaceId: string,
  rows: TriageRows,
): Promise<TriageNote[]> {
  const around = rows.notes.map((row) => v.parse(Around, row))
  const thoughts = around.map(({ why }) => toThoughts(why))
  const { entries, apart, means } = await readEntries(d1, db, workspaceId, {
    noteIds: around.map(({ id }) => id),
    services: [...new Set(around.map(({ service }) => foldService(service ?? '')))],
    entryIds: [
      ...around.flatMap(({ entry_id, proposed }) => [entry_id, proposed ?? entry_id]),
      ...thoughts.flatMap((each) => each.map(({ entryId }) => entryId)),
    ],
  })
  return toEvidence(rows.notes, rows.pictures).map((note, index) => {
    const own = around[index]
    const entry = own && entries.get(own.entry_id)
    if (!own || !entry) throw new Error('a note without its entry')
    const proposed = own.proposed === null ? undefined : entries.get(own.proposed)
    const isAsked =
      proposed !== undefined && proposed.number !== entry.number && proposed.state !== 'withdrawn'
    const used = new Set([entry.number, ...(isAsked ? [proposed.number] : [])])
    const suggestions = (thoughts[index] ?? []).flatMap(({ entryId, reason }) => {
      const other = entries.get(entryId)
      const isFit = other !== undefined && other.mood === entry.mood && other.state !== 'withdrawn'
      if (!isFit || used.has(other.number) || apart.has(`${note.id} ${other.id}`)) return []
      used.add(other.number)
      return [{ entry: toTriageEntry(other), reason }]
    })
    return {
      ...note,
      stepsBefore: toStepsBefore(own.steps),
      service: own.service,
      serviceId: own.service_id,
      serviceMeans: means.get(foldService(own.service ?? '')) ?? null,
      waiting: own.waiting === 1,
      entry: toTriageEntry(entry),
      proposal: isAsked
        ? {
            entry: toTriageEntry(proposed),
            p: Math.min(1, Math.max(0, own.p ?? 0)),
            sentence: own.asks ?? '',
            engine: own.engine ?? '',
          }
        : null,
      suggestions: suggestions.slice(0, SUGGESTIONS),
    }
  })
}

function toTriageEntry({ id: _id, mood: _mood, ...entry }: FoundEntry): TriageEntry {
  return entry
}
