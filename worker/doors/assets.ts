import { Hono } from 'hono'

import type { PublicEnv } from '../app-env'
import { anyone } from './allow'
import { notFound } from './refusal'

/**
 * The dashboard's files. An address that is no file but was opened as a page is one of the
 * dashboard's own routes, and gets its page.
 */
export const assets = new Hono<PublicEnv>().get('/*', anyone({ isCheap: true }), async (c) => {
  const file = await c.env.ASSETS.fetch(new Request(c.req.url, { headers: c.req.raw.headers }))
  if (file.status !== 404) return file
  const isPage = c.req.header('accept')?.includes('text/html') ?? false
  return isPage ? c.env.ASSETS.fetch(new Request(new URL('/', c.req.url))) : notFound(c)
})
