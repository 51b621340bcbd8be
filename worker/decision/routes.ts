import { type Context, Hono } from 'hono'

import { type DecisionPage, NewDecision } from '#shared/api/triage'
import { Id } from '#shared/id'
import * as v from 'valibot'

import type { AppEnv, SessionSubject } from '../app-env'
import { allow } from '../doors/allow'
import { json } from '../doors/body'
import { notFound, refuse } from '../doors/refusal'
import { listDecisionsOf } from '../record/queries'
import { readCursor, writeCursor } from '../register/order'
import { type Decided, decide } from './decide'
import { takeBack } from './take-back'

const DECISIONS_A_PAGE = 30

type Asked = Context<AppEnv<SessionSubject>>

/** /app/decisions: what people decide about notes and entries, and how they take it back. */
export const decisions = new Hono<AppEnv<SessionSubject>>()

  .post('/', allow('triage.decide'), json(NewDecision), async (c) =>
    answer(c, await decide(depsOf(c), c.var.subject, c.req.valid('json'))),
  )

  .get('/mine', allow('triage.read'), async (c) => {
    const { workspaceId, personId } = c.var.subject
    const asked = c.req.query('after')
    const after = asked === undefined ? undefined : readDecisionCursor(asked)
    if (asked !== undefined && after === undefined)
      return refuse(c, 400, 'bad-cursor', 'That is not a page of this list. Start again.')
    const found = await listDecisionsOf(c.var.db, workspaceId, personId, {
      after,
      limit: DECISIONS_A_PAGE + 1,
    })
    const shown = found.slice(0, DECISIONS_A_PAGE)
    const last = shown.at(-1)
    const next =
      found.length > shown.length && last ? writeCursor('decisions', [last.at, last.id]) : null
    return c.json({ decisions: shown, next } satisfies DecisionPage)
  })

  .post('/:id/undo', allow('triage.decide'), json(v.strictObject({})), async (c) => {
    const id = c.req.param('id')
    if (!v.is(Id, id)) return notFound(c)
    return answer(c, await takeBack(depsOf(c), c.var.subject, id))
  })

function depsOf({ env, var: { db, platform } }: Asked) {
  return { d1: env.DB, db, now: platform.now, randomBytes: platform.randomBytes }
}

function answer(c: Asked, decided: Decided) {
  switch (decided.status) {
    case 'done':
      return c.json(decided.outcome)
    case 'unknown':
      return notFound(c)
    case 'refused':
      return refuse(c, 422, decided.code, decided.message)
    case 'changed':
      return c.json(
        {
          error: 'changed',
          message: 'Somebody changed this meanwhile. Look again, then decide.',
          entries: decided.entries,
        },
        409,
      )
  }
}

function readDecisionCursor(cursor: string): readonly [number, string] | undefined {
  const [at, id] = readCursor('decisions', cursor) ?? []
  return typeof at === 'number' && Number.isSafeInteger(at) && typeof id === 'string'
    ? [at, id]
    : undefined
}
