import { Hono } from 'hono'

import { ChangeWorkspace } from '#shared/api/people'

import type { AppEnv, SessionSubject } from '../app-env'
import { writeAudited } from '../audit/queries'
import { allow } from '../doors/allow'
import { json } from '../doors/body'
import { notFound, refuse } from '../doors/refusal'
import { setAllDue } from '../follow-up/queries'
import { findBySlug } from '../publication/queries'
import { findWorkspace, setWorkspace } from './queries'

/** /app/workspace */
export const workspace = new Hono<AppEnv<SessionSubject>>()

  .get('/', allow('workspace.read'), async (c) => {
    const found = await findWorkspace(c.var.db, c.var.subject.workspaceId)
    return found ? c.json(found) : notFound(c)
  })

  .patch('/', allow('workspace.change'), json(ChangeWorkspace), async (c) => {
    const { workspaceId, personId } = c.var.subject
    const change = c.req.valid('json')
    if (Object.keys(change).length === 0)
      return refuse(c, 400, 'malformed', 'There is nothing to change in that.')
    const holder = change.slug ? await findBySlug(c.var.db, change.slug) : undefined
    if (holder && holder.id !== workspaceId)
      return refuse(c, 422, 'slug-taken', 'Another page has this name. Choose another one.')
    await writeAudited(
      c.env.DB,
      c.var.db,
      {
        workspaceId,
        actor: personId,
        what: 'workspace.changed',
        detail: {
          ...(change.name === undefined ? {} : { renamed: true }),
          ...(change.coverEverything === undefined
            ? {}
            : { coverEverything: change.coverEverything }),
          // How many, never which: the log is read by more people than the list.
          ...(change.clocksOnWeekends === undefined
            ? {}
            : { clocksOnWeekends: change.clocksOnWeekends }),
          ...(change.slug === undefined ? {} : { publicPage: change.slug !== null }),
          ...(change.privateWords === undefined
            ? {}
            : { privateWords: change.privateWords.length }),
        },
        at: Date.now(),
      },
      [
        setWorkspace(c.var.db, workspaceId, change),
        // Every clock that runs is another one from here on.
        ...(change.clocksOnWeekends === undefined ? [] : [setAllDue(c.var.db, workspaceId)]),
      ],
    )
    const found = await findWorkspace(c.var.db, workspaceId)
    return found ? c.json(found) : notFound(c)
  })
