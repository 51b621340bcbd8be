import type { CheckedAct } from '#shared/api/follow-up'
import { type ActRefusal, afterAct, REFUSAL_WORDS } from '#shared/follow-up'
import { uuidv7 } from '#shared/id'

import type { Asked, SessionSubject } from '../app-env'
import { writeAll } from '../database/write-all'
import { reopenEntry } from '../entry/queries'
import { isWritten, writeAct, writeCorrection, type WrittenAct } from '../follow-up/queries'
import { findEvent, findKeepers, type Found } from './queries'

/** Said in history where a customer's no opens an entry again. */
const SAID_NO = 'A customer says it is not solved'

export type ActResult =
  | { status: 'done' }
  /** Somebody else was faster. */
  | { status: 'overtaken' }
  | { status: 'refused'; code: string; sentence: string }

/** Does something about a promise; what cannot be done about it now is refused with a sentence. */
export async function act(
  { env, var: { db, platform } }: Pick<Asked, 'env' | 'var'>,
  { workspaceId, personId }: SessionSubject,
  { followUp, facts, entryId }: Found,
  asked: CheckedAct,
): Promise<ActResult> {
  if (entryId === null)
    return refused('not-grouped', 'Its note is still being grouped. Try again in a minute.')
  if (followUp.version !== asked.version) return { status: 'overtaken' }
  const now = platform.now()
  const before: WrittenAct = {
    id: followUp.id,
    version: followUp.version,
    facts,
    seenThroughBy: followUp.seenThroughBy?.id ?? null,
    reason: followUp.reason,
  }
  const newEventId = () => uuidv7(now, platform.randomBytes)
  const event = { id: newEventId(), actor: personId, at: now, before: null, reason: null }
  const send = async (statements: ReturnType<typeof writeAct>): Promise<ActResult> => {
    const written = await writeAll(env.DB, [...statements, findEvent(db, workspaceId, event.id)])
    return { status: written.at(-1)?.rows.length === 1 ? 'done' : 'overtaken' }
  }
  const write = (
    after: WrittenAct,
    said: { what: string; before?: string | null; after?: string | null; reason?: string | null },
  ): Promise<ActResult> => {
    const line = { after: followUp.customer || null, ...event, ...said }
    return send([
      ...writeAct(db, workspaceId, entryId, after, line),
      ...(said.what === 'promise-not-satisfied'
        ? reopenEntry(
            db,
            { workspaceId, entryId, eventId: newEventId(), actor: personId, reason: SAID_NO, now },
            isWritten(workspaceId, line.id),
          )
        : []),
    ])
  }

  if (asked.what === 'correct') {
    const { customer } = asked
    const reference = asked.reference || null
    if (customer === followUp.customer && reference === followUp.reference)
      return { status: 'done' }
    // Only what came with a note has nobody named.
    if (customer === '' && followUp.customer !== '')
      return refused('no-customer', 'Say who it is, as a role.')
    const { id, version } = followUp
    const line = { ...event, what: 'promise-corrected', after: null }
    return send(
      writeCorrection(db, workspaceId, entryId, { id, version, customer, reference }, line),
    )
  }
  if (asked.what === 'see-through') {
    if (facts.settledAt !== null) return refusedAs('settled')
    const keeper = (await findKeepers(db, workspaceId, [asked.personId])).get(asked.personId)
    if (keeper === undefined) return refused('no-such-owner', 'Nobody here could see this through.')
    const isHandedOver = followUp.seenThroughBy !== null
    if (isHandedOver && asked.reason === '')
      return refused('no-reason', 'Say why it passes to somebody else.')
    return write(
      { ...before, seenThroughBy: asked.personId },
      {
        what: 'promise-seen-through',
        before: followUp.seenThroughBy?.name ?? null,
        after: keeper,
        reason: asked.reason || null,
      },
    )
  }
  const at = asked.what === 'contact' ? (asked.at ?? now) : now
  const after = afterAct(facts, { what: asked.what, at }, now)
  if ('refused' in after) return refusedAs(after.refused)
  const reason = asked.what === 'contact' ? '' : asked.reason
  return write(
    {
      ...before,
      facts: after,
      reason: asked.what === 'contact' ? followUp.reason : reason,
      // Whoever acts on what nobody sees through, does.
      seenThroughBy: before.seenThroughBy ?? personId,
    },
    { what: `promise-${asked.what}`, reason: reason || null },
  )
}

function refused(code: string, sentence: string): ActResult {
  return { status: 'refused', code, sentence }
}

function refusedAs(code: ActRefusal): ActResult {
  return refused(code, REFUSAL_WORDS[code])
}
