import { createMiddleware } from 'hono/factory'
import { routePath } from 'hono/route'

import type { PublicEnv, Subject } from '../app-env'

/** One line a request: what was asked in general, never an address, a text or a body. */
export const logRequest = createMiddleware<PublicEnv>(async (c, next) => {
  const startedAt = Date.now()
  await next()
  const subject = c.get('subject' as never) as Subject | undefined
  console.log(
    JSON.stringify({
      level: 'info',
      requestId: c.var.requestId,
      workspace: subject?.workspaceId,
      method: c.req.method,
      route: routePath(c),
      status: c.res.status,
      ms: Date.now() - startedAt,
    }),
  )
})
