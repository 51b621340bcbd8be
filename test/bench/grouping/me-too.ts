import { type HashedEntry, nearbyFor } from '#shared/grouping/nearby'
import type { NoteFeatures } from '#shared/grouping/note-features'

import { hashedEntryOf } from './hashed-entries'
import type { LabelledNote, WeightsFor } from './labelled-notes'

export interface MeTooFigures {
  /** Of notes whose entry is there: the share to which it is offered, and offered first. */
  offered: number
  offeredFirst: number
  /** Of notes whose entry is not there: the share to which something is offered all the same. */
  offeredWrongly: number
}

/** What each note's walker is offered, on a register that people have sorted, from hashed rows. */
export function meTooFigures(notes: readonly LabelledNote[], weightsFor: WeightsFor): MeTooFigures {
  const members = new Map<string, NoteFeatures[]>()
  const rows = new Map<string, HashedEntry>()
  const counts = { joinable: 0, offered: 0, first: 0, new: 0, wrongly: 0 }
  for (const note of notes) {
    const { group, features } = note
    const found = nearbyFor(features, [...rows.values()], 'bench', weightsFor(note))
    const ids = found.map(({ row }) => row.id)
    if (rows.has(group)) {
      counts.joinable += 1
      if (ids.includes(group)) counts.offered += 1
      if (ids[0] === group) counts.first += 1
    } else {
      counts.new += 1
      if (ids.length > 0) counts.wrongly += 1
    }
    const own = members.get(group) ?? []
    // A group of mixed moods is one entry for each: mood is a hard wall.
    if (own[0] !== undefined && own[0].mood !== features.mood) continue
    members.set(group, [...own, features])
    const number = rows.get(group)?.number ?? rows.size + 1
    rows.set(group, hashedEntryOf({ id: group, number }, [...own, features], 'bench'))
  }
  return {
    offered: counts.offered / counts.joinable,
    offeredFirst: counts.first / counts.joinable,
    offeredWrongly: counts.wrongly / counts.new,
  }
}
