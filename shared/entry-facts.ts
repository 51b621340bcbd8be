import * as v from 'valibot'

import type { EntryRow } from '#shared/api/register'
import type { EntryFacts } from '#shared/entry-moves'
import type { EntryWork } from '#shared/work'

/** The newest texts for customers that an entry's end asks for. */
export const Told = v.object({ whatChanged: v.string(), whyNot: v.string() })
export type Told = v.InferOutput<typeof Told>

/** All that decides where an entry may go. */
export function factsOf(entry: EntryRow, work: EntryWork, told: Told): EntryFacts {
  const { state, owner, service, impact, effort, cost, followUps } = entry
  const { howItHappened, neverAgain, whyObvious, isSystemic, reviewOn, hold, closed } = work
  const lasting = work.actions.filter(({ kind }) => kind === 'good')
  return {
    state,
    owner: owner?.id ?? null,
    service,
    impact,
    effort,
    cost,
    howItHappened,
    neverAgain,
    whyObvious,
    isSystemic,
    processChange: lasting.map(({ words }) => words).join('\n'),
    reviewOn,
    holdUntil: hold.until,
    holdReason: hold.reason,
    areTold: hold.areTold,
    closeCode: closed.code,
    closeNote: closed.note,
    ...told,
    declineReason: '',
    reopenReason: '',
    openFollowUps: followUps.open,
  }
}
