import { seededRandom } from '../../support/seeded'
import type { LabelledNote, WeightsFor } from './labelled-notes'
import { MemoryRegister } from './memory-register'

export interface HistoryOutcome {
  decisions: number
  /** Sentences about what did not stand; empty is right. */
  broken: string[]
  /** Where every note ended, for comparing two runs. */
  ended: string[]
}

/**
 * Notes come in, and between them a reviewer decides at random: moves, merges, splits, rejects;
 * the sweep runs in between. Then whether everything decided still stands.
 */
export function replayWithPeople(
  notes: readonly LabelledNote[],
  weightsFor: WeightsFor,
  decisions: number,
  seed: number,
): HistoryOutcome {
  const random = seededRandom(seed)
  const register = new MemoryRegister(weightsFor)
  const pick = <Item>(items: readonly Item[]) => items[Math.floor(random() * items.length)]
  /** Where people put a note, last. */
  const put = new Map<string, string>()
  const apart: [string, string][] = []
  let made = 0

  function decide(): void {
    const entries = [...register.entries.keys()]
    const [one, other] = [pick(entries) ?? '', pick(entries) ?? '']
    const note = pick(register.notesOf(one))
    const luck = random()
    if (luck < 0.3 && note) {
      register.move(note.id, other)
      if (register.entryOf(note.id) === other) put.set(note.id, other)
    } else if (luck < 0.4) register.merge(one, other)
    else if (luck < 0.7) {
      const proposed = [...register.entries.values()].filter(({ id, root }) => id !== root)
      const entry = pick(proposed)
      if (!entry) return
      apart.push([entry.id, entry.root])
      register.reject(entry.id)
    } else {
      const large = pick([...register.entries.values()].filter(({ size }) => size > 1))
      const out = register.notesOf(large?.id ?? '').filter(() => random() < 0.5)
      const half =
        large &&
        register.split(
          large.id,
          out.map(({ id }) => id),
        )
      if (!large || half === undefined) return
      apart.push([large.id, half])
      for (const { id } of out) put.set(id, half)
    }
    made += 1
  }

  for (const [index, note] of notes.entries()) {
    register.place(note)
    while (made < Math.floor((decisions * (index + 1)) / notes.length) && random() < 0.9) decide()
    if (index % 50 === 49) register.sweep()
  }
  while (made < decisions) decide()
  register.sweep()
  return {
    decisions: made,
    broken: brokenOf(register, put, apart),
    ended: endedOf(register, notes),
  }
}

function brokenOf(
  register: MemoryRegister,
  put: ReadonlyMap<string, string>,
  apart: readonly [string, string][],
): string[] {
  const moved = [...put]
    .filter(([note, entry]) => register.entryOf(note) !== register.resolve(entry))
    .map(([note]) => `${note} is not where a person put it`)
  const together = apart
    .map(([one, other]) => [register.resolve(one), register.resolve(other)] as const)
    .filter(([one, other]) => register.entries.has(one) && register.entries.has(other))
    .filter(([one, other]) => register.rootOf(one) === register.rootOf(other))
    .map(([one, other]) => `${one} and ${other} are together again`)
  return [...moved, ...together]
}

function endedOf(register: MemoryRegister, notes: readonly LabelledNote[]): string[] {
  return notes.map(({ id }) => {
    const entry = register.entryOf(id) ?? ''
    return `${id} ${entry} ${register.rootOf(entry)}`
  })
}
