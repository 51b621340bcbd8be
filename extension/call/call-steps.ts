import { type Call, callsOf } from '#shared/call'

import type { WinceDatabase } from '../storage/database'
import { write } from '../storage/write'
import type { Step } from '#shared/step'
import type { StepChange } from './taps'

/**
 * Changes the last call of a walk, read and written at once, so that no tap overtakes another.
 * False where there is no call, the walk is over, or what is to be changed was sent already.
 */
export async function changeCall(
  database: WinceDatabase,
  walkId: string,
  decide: (call: Call, sentSeq: number) => StepChange[] | null,
): Promise<boolean> {
  return write(database, ['walk', 'step'], async (transaction) => {
    const walk = await transaction.objectStore('walk').get(walkId)
    if (walk === undefined || walk.state === 'done') return false
    const rows = await transaction
      .objectStore('step')
      .getAll(IDBKeyRange.bound([walkId, 1], [walkId, Infinity]))
    const call = callsOf(rows.map(({ step }) => step)).at(-1)
    const changes = call === undefined ? null : decide(call, walk.sentSeq)
    if (changes === null) return false
    let { nextSeq } = walk
    for (const change of changes) {
      if ('remove' in change) await transaction.objectStore('step').delete([walkId, change.remove])
      else if ('set' in change)
        await transaction.objectStore('step').put({ walkId, step: change.set })
      else {
        const step = { ...change.add, seq: nextSeq } as Step
        await transaction.objectStore('step').add({ walkId, step })
        nextSeq += 1
      }
    }
    if (nextSeq !== walk.nextSeq) await transaction.objectStore('walk').put({ ...walk, nextSeq })
    return true
  })
}
