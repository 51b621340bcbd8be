import type { Note } from '#shared/note'
import type { WalkPart } from '#shared/walk'

import type { KeptNote, KeptWalk, WinceDatabase } from '../storage/database'
import type { Surroundings } from '../storage/device'
import { write } from '../storage/write'
import type { FileContent } from './zip'

/** What came of a file. */
export interface Imported {
  notes: number
  walks: number
  /** Known here already, in whatever state; they stay as they are. */
  known: number
  /** Notes, parts of walks and pictures of notes that could not be read. */
  unread: number
}

/**
 * Brings back what a file holds, kept and not sent, in one transaction: all of it or nothing.
 * What is known here already stays as it is here, so a file may be brought back twice.
 *
 * @throws DOMException `QuotaExceededError` when the disk is full; then nothing was brought back
 */
export async function importFile(
  database: WinceDatabase,
  surroundings: Surroundings,
  { notes, parts, pictures, unread }: FileContent,
): Promise<Imported> {
  const walks = walksOf(parts)
  const result: Imported = { notes: 0, walks: 0, known: 0, unread }
  const bytesOf = new Map(pictures.map((picture) => [picture.sha256, picture]))
  await write(database, ['note', 'walk', 'step', 'picture'], async (transaction) => {
    for (const { walk, steps } of walks) {
      if ((await transaction.objectStore('walk').get(walk.id)) !== undefined) {
        result.known += 1
        continue
      }
      await transaction.objectStore('walk').add(walk)
      for (const step of steps) await transaction.objectStore('step').put({ walkId: walk.id, step })
      result.walks += 1
    }
    for (const note of notes) {
      if ((await transaction.objectStore('note').get(note.id)) !== undefined) {
        result.known += 1
        continue
      }
      // A picture that did not come along would be promised and never sent.
      const attachments = note.attachments.filter(({ sha256 }) => bytesOf.has(sha256))
      result.unread += note.attachments.length - attachments.length
      await transaction.objectStore('note').add(toKept(note, attachments, surroundings.now()))
      for (const { sha256 } of attachments) {
        const picture = bytesOf.get(sha256)
        if (picture === undefined) continue
        if ((await transaction.objectStore('picture').get(sha256)) !== undefined) continue
        const blob = new Blob([Uint8Array.from(picture.bytes)], { type: picture.type })
        await transaction.objectStore('picture').add({ sha256, blob, state: 'kept' })
      }
      result.notes += 1
    }
  })
  return result
}

/** The entry that a note was said to be the same as is a team's; which one, a file does not say. */
function toKept(note: Note, attachments: KeptNote['attachments'], now: number): KeptNote {
  const { id, walkId, source, at, mood, kind, wince, money, words, expected, service, place } = note
  return {
    id,
    walkId,
    source,
    at,
    mood,
    kind,
    wince,
    money,
    words,
    firstWords: note.firstWords === '' ? null : note.firstWords,
    firstWordsAt: note.firstWordsAt ?? null,
    expected,
    service,
    place,
    attachments,
    owed: note.owed ?? null,
    state: 'kept',
    refusedCode: null,
    leftOut: false,
    savedAt: now,
  }
}

interface ImportedWalk {
  walk: KeptWalk
  steps: WalkPart['steps']
}

/**
 * Parts of a walk as the walk that they were cut from. One that went on when it was saved waits
 * here: no tab is followed by what comes out of a file. A shift waits for nobody: it is over.
 */
function walksOf(parts: readonly WalkPart[]): ImportedWalk[] {
  const walks = new Map<string, ImportedWalk>()
  for (const part of parts.toSorted((one, other) => one.part - other.part)) {
    const { walk, debrief, steps, totals } = part
    const all = [...(walks.get(walk.id)?.steps ?? []), ...steps]
    const { id, kind, errand, persona, service, firstTime, startedAt, planId, againOf } = walk
    const isOver = walk.state === 'done' || kind === 'shift'
    walks.set(id, {
      steps: all,
      walk: {
        id,
        kind,
        state: isOver ? 'done' : 'waiting',
        errand,
        persona,
        service,
        firstTime,
        startedAt,
        endedAt: isOver ? (walk.endedAt ?? startedAt + totals.elapsedMs) : null,
        ...(planId == null ? {} : { planId }),
        ...(againOf == null ? {} : { againOf }),
        debrief,
        nextSeq: 1 + Math.max(0, ...all.map(({ seq }) => seq)),
        sentParts: 0,
        sentSeq: 0,
        tabIds: [],
        origins: [],
        unseenTabIds: [],
      },
    })
  }
  return [...walks.values()]
}
