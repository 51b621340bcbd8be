import { createMiddleware } from 'hono/factory'

import type { PublicEnv } from '../app-env'

/** For the dashboard's page: everything from here, nothing inline, nobody frames it. */
const PAGE_CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "media-src 'self' blob:",
  "connect-src 'self'",
  // A walk's story, which is a page of its own without any script.
  "frame-src 'self'",
  "font-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "object-src 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ')

/** For answers that are data, should a browser ever be led to open one. */
const DATA_CSP = "default-src 'none'; frame-ancestors 'none'"

const EVERYWHERE = {
  'Strict-Transport-Security': 'max-age=63072000; includeSubDomains',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Permissions-Policy':
    'accelerometer=(), autoplay=(), camera=(), display-capture=(), fullscreen=(self), geolocation=(), gyroscope=(), hid=(), ' +
    'magnetometer=(), microphone=(), midi=(), payment=(), publickey-credentials-create=(self), ' +
    'publickey-credentials-get=(self), screen-wake-lock=(), serial=(), usb=(), xr-spatial-tracking=()',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
}

/**
 * On every answer, errors and static assets included. A route may be stricter about its own
 * content (a picture's `sandbox`), so a policy that is already there stays.
 */
export const secureHeaders = createMiddleware<PublicEnv>(async (c, next) => {
  await next()
  // A story may be framed, by our own page alone.
  const framing = c.res.headers.get('X-Frame-Options') ?? EVERYWHERE['X-Frame-Options']
  for (const [name, value] of Object.entries(EVERYWHERE)) c.header(name, value)
  c.header('X-Frame-Options', framing)
  c.header('X-Request-Id', c.var.requestId)
  const isData = /^\/(app|v1|public)(\/|$)/.test(c.req.path)
  if (!c.res.headers.has('Content-Security-Policy'))
    c.header('Content-Security-Policy', isData ? DATA_CSP : PAGE_CSP)
  if (isData && !c.res.headers.has('Cache-Control')) c.header('Cache-Control', 'no-store')
})
