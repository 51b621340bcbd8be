import type { Taken } from './waiting-notes'

/** What one press of Z takes back. */
export interface Undoable {
  /** In the order in which they were made; they are taken back in the other. */
  decisionIds: readonly string[]
  /** Notes that left the list with it, and come back to where they were. */
  taken: readonly Taken[]
}

/** So many can be taken back from memory; older ones are asked for. */
const MOST = 300

export function createUndoStack() {
  const stack: Undoable[] = []

  return {
    push(undoable: Undoable): void {
      stack.push(undoable)
      if (stack.length > MOST) stack.shift()
    },
    pop: () => stack.pop(),
    /** Whether Z would take this one back next. */
    isLast: (decisionId: string) => stack.at(-1)?.decisionIds.includes(decisionId) === true,
    /** It was refused, so there is nothing to take back. */
    drop(decisionId: string): void {
      const index = stack.findIndex(({ decisionIds }) => decisionIds.includes(decisionId))
      if (index !== -1) stack.splice(index, 1)
    },
  }
}
