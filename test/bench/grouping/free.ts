import type { Choice } from '#shared/grouping/choose'
import type { EntryStats } from '#shared/grouping/entry-stats'
import type { Weights } from '#shared/grouping/weights'

import type { LabelledNote, WeightsFor } from './labelled-notes'
import { type Lesson, toLesson } from './learn'
import { MemoryRegister } from './memory-register'

export interface FreeStep {
  note: LabelledNote
  /** The entry it was put into. */
  entry: string
  choice: Choice
  /** The entry it is shown under in the end: the root of its entry's proposals. */
  shown: string
}

/** Notes as they come, and nobody ever corrects anything; in the end one sweep. */
export function replayFree(notes: readonly LabelledNote[], weightsFor: WeightsFor): FreeStep[] {
  const register = new MemoryRegister(weightsFor)
  const steps = notes.map((note) => ({ note, ...register.place(note) }))
  register.sweep()
  return steps.map((step) => ({ ...step, shown: register.rootOf(step.entry) }))
}

/**
 * What there is to learn from notes as they come: an entry is right when most of its notes are
 * of the note's group, be it a fragment or not.
 */
export function freeLessons(notes: readonly LabelledNote[], weights: Weights): Lesson[] {
  const register = new MemoryRegister(() => weights)
  return notes
    .map((note) => {
      const lessons: Lesson[] = []
      register.place(note, ({ note: features, candidates, corpus }) => {
        const isRight = ({ id }: EntryStats) => {
          const others = register.notesOf(id)
          return others.filter(({ group }) => group === note.group).length * 2 > others.length
        }
        lessons.push(toLesson(features, candidates, corpus, isRight))
      })
      return lessons
    })
    .flat()
}
