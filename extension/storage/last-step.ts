import type { Step } from '#shared/step'

import type { WinceDatabase } from './database'

/** The last of a walk's steps that is of one of these kinds; only what came after it is read. */
export async function findLastStep<Kind extends Step['kind']>(
  database: WinceDatabase,
  walkId: string,
  kinds: readonly Kind[],
): Promise<Extract<Step, { kind: Kind }> | undefined> {
  const steps = database.transaction('step').store
  const all = IDBKeyRange.bound([walkId, 1], [walkId, Infinity])
  for (let row = await steps.openCursor(all, 'prev'); row; row = await row.continue()) {
    const { step } = row.value
    if (kinds.some((kind) => kind === step.kind)) return step as Extract<Step, { kind: Kind }>
  }
  return undefined
}
