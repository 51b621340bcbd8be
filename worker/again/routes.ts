import { type Context, Hono } from 'hono'
import * as v from 'valibot'

import { mayBeWalkedAgain } from '#shared/api/again'
import { uuidv7 } from '#shared/id'

import type { AppEnv, SessionSubject } from '../app-env'
import { writeAll } from '../database/write-all'
import { allow } from '../doors/allow'
import { json } from '../doors/body'
import { notFound, refuse } from '../doors/refusal'
import { toEntryNumber } from '../entry/number'
import { findEntryByNumber } from '../entry/queries'
import { ASKED_AT_ONCE, askAuthors, dropAsks, readAgain } from './queries'

/** /app/entries/:number/second-walks: asking leaders to walk an errand again, and what came of it. */
export const secondWalks = new Hono<AppEnv<SessionSubject>>()

  .get('/:number/second-walks', allow('entry.read'), async (c) => {
    const found = await findEntry(c)
    return found ? c.json(await readAgain(c.env.DB, c.var.db, ofEntry(c, found.id))) : notFound(c)
  })

  .post('/:number/second-walks', allow('entry.change'), json(v.strictObject({})), async (c) => {
    const found = await findEntry(c)
    if (!found) return notFound(c)
    const { mood, state } = found.entry
    if (mood === 'liked')
      return refuse(c, 422, 'not-for-liked', 'What to keep is not walked again.')
    if (!mayBeWalkedAgain(state))
      return refuse(c, 422, 'not-fixed', 'Ask once it is fixed: in check, or closed.')

    const { now, randomBytes } = c.var.platform
    const at = now()
    const newId = () => uuidv7(at, randomBytes)
    const written = await writeAll(
      c.env.DB,
      askAuthors(c.var.db, ofEntry(c, found.id), {
        personId: c.var.subject.personId,
        at,
        ids: Array.from({ length: ASKED_AT_ONCE }, newId),
        eventId: newId(),
      }),
    )
    if (written[2]?.rows.length === 0) {
      const words = 'Everybody who noted it is asked already, or is not here any more.'
      return refuse(c, 422, 'nobody-to-ask', words)
    }
    return c.json(await readAgain(c.env.DB, c.var.db, ofEntry(c, found.id)), 201)
  })

  .delete('/:number/second-walks', allow('entry.change'), async (c) => {
    const found = await findEntry(c)
    if (!found) return notFound(c)
    const { now, randomBytes } = c.var.platform
    const by = {
      personId: c.var.subject.personId,
      at: now(),
      eventId: uuidv7(now(), randomBytes),
    }
    await writeAll(c.env.DB, dropAsks(c.var.db, ofEntry(c, found.id), by))
    return c.json(await readAgain(c.env.DB, c.var.db, ofEntry(c, found.id)))
  })

type EntryContext = Context<AppEnv<SessionSubject>, '/:number/second-walks'>

async function findEntry(c: EntryContext) {
  const number = toEntryNumber(c.req.param('number'))
  return number
    ? findEntryByNumber(c.env.DB, c.var.db, c.var.subject.workspaceId, number)
    : undefined
}

function ofEntry(c: EntryContext, entryId: string) {
  return { workspaceId: c.var.subject.workspaceId, entryId }
}
