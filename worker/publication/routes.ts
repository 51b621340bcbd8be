import { type Context, Hono } from 'hono'
import * as v from 'valibot'

import { Id } from '#shared/id'
import { publicFeedXml, publicPageHtml } from '#shared/public-page'
import { PUBLIC_STYLE } from '#shared/public-style'

import type { PublicEnv } from '../app-env'
import { anyone } from '../doors/allow'
import { notFound } from '../doors/refusal'
import { readCursor, writeCursor } from '../register/order'
import { findBySlug, listPublic, type PublicKey } from './queries'

const ITEMS_A_PAGE = 20
/** A reader, and whatever keeps a copy on the way, asks again after this; what is withdrawn is gone by then. */
const FRESH_SECONDS = 300

/** /public/:slug: "you said, we did", for everybody; without a cookie, and the same for all. */
export const publications = new Hono<PublicEnv>()

  .get('/:slug', anyone(), async (c) => {
    const cursor = c.req.query('after')
    const after = cursor === undefined ? undefined : readKey(cursor)
    const workspace = after === null ? undefined : await findBySlug(c.var.db, c.req.param('slug'))
    if (!workspace || after === null) return notFound(c)
    const page = { after, limit: ITEMS_A_PAGE + 1 }
    const found = await listPublic(c.var.db, workspace.id, page)
    const items = found.slice(0, ITEMS_A_PAGE)
    const last = items.at(-1)
    const address = new URL(c.req.path, c.req.url).href
    const older =
      found.length > items.length && last
        ? `?after=${writeCursor('public', [last.at, last.entryId])}`
        : null
    const html = publicPageHtml({ organisation: workspace.name, address, items, older })
    return answer(c, html, 'text/html; charset=utf-8', await pagePolicy())
  })

  .get('/:slug/feed.xml', anyone(), async (c) => {
    const slug = c.req.param('slug')
    const workspace = await findBySlug(c.var.db, slug)
    if (!workspace) return notFound(c)
    const page = { after: undefined, limit: ITEMS_A_PAGE }
    const items = await listPublic(c.var.db, workspace.id, page)
    const address = new URL(`/public/${slug}`, c.req.url).href
    const xml = publicFeedXml({ organisation: workspace.name, address, items })
    return answer(
      c,
      xml,
      'application/rss+xml; charset=utf-8',
      "default-src 'none'; frame-ancestors 'none'",
    )
  })

/** The content, or 304 for who has it already. */
async function answer(c: Context<PublicEnv>, content: string, type: string, policy: string) {
  const tag = `"${(await sha256(content)).slice(0, 27)}"`
  const headers = {
    ETag: tag,
    'Cache-Control': `public, max-age=${FRESH_SECONDS}`,
    'Content-Security-Policy': policy,
  }
  const known = (c.req.header('if-none-match') ?? '').split(',').map((each) => each.trim())
  if (known.includes(tag) || known.includes(`W/${tag}`)) return c.body(null, 304, headers)
  return c.body(content, 200, { ...headers, 'Content-Type': type })
}

/** Its one style by its hash, and nothing else at all. */
async function pagePolicy(): Promise<string> {
  return (
    `default-src 'none'; style-src 'sha256-${await sha256(PUBLIC_STYLE)}'; base-uri 'none'; ` +
    "form-action 'none'; frame-ancestors 'none'"
  )
}

/** In base64. */
async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return btoa(String.fromCharCode(...new Uint8Array(digest)))
}

const Key = v.tuple([v.pipe(v.number(), v.safeInteger()), Id])

/** @returns null for what is no cursor of this page */
function readKey(cursor: string): PublicKey | null {
  const key = v.safeParse(Key, readCursor('public', cursor))
  return key.success ? key.output : null
}
