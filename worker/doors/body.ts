import type { MiddlewareHandler } from 'hono'
import { createMiddleware } from 'hono/factory'
import * as v from 'valibot'

import { JSON_MAX_DEPTH } from '#shared/limits'

import type { PublicEnv } from '../app-env'
import { Refused } from './refusal'

const limited = new WeakSet<Request>()

/**
 * Counts the bytes that really arrive, however the handler reads them, and stops at the first
 * one too many; what Content-Length says is not believed. The first limit that a request meets
 * is the one that counts, so a wider one for one path stands before the general one.
 */
export function limitBody(maxBytes: number) {
  return createMiddleware<PublicEnv>(async (c, next) => {
    const { body } = c.req.raw
    if (body && !limited.has(c.req.raw)) {
      let seen = 0
      const counted = body.pipeThrough(
        new TransformStream<Uint8Array, Uint8Array>({
          transform(chunk, controller) {
            seen += chunk.byteLength
            if (seen > maxBytes)
              throw new Refused(413, 'too-large', 'That is more than fits in one request.')
            controller.enqueue(chunk)
          },
        }),
      )
      c.req.raw = new Request(c.req.raw, { method: c.req.method, body: counted })
      limited.add(c.req.raw)
    }
    await next()
  })
}

interface JsonOptions {
  /** Brackets within brackets; the outermost counts as one. */
  maxDepth?: number
}

/** A middleware that says which schema it checks a body with, for the tests that read `app.routes`. */
export type ChecksBody<Schema extends v.GenericSchema> = MiddlewareHandler<
  PublicEnv,
  string,
  { in: { json: v.InferInput<Schema> }; out: { json: v.InferOutput<Schema> } }
> & { bodySchema: Schema }

/**
 * The body as JSON that fits the schema, for `c.req.valid('json')`. Schemas of /app are strict
 * objects, so that an unknown key is refused; those of /v1 are loose and keep it (X-11, S-14).
 */
export function json<const Schema extends v.GenericSchema>(
  schema: Schema,
  { maxDepth = JSON_MAX_DEPTH }: JsonOptions = {},
): ChecksBody<Schema> {
  const middleware: MiddlewareHandler<PublicEnv> = async (c, next) => {
    const text = await c.req.text()
    if (jsonDepth(text) > maxDepth) throw new Refused(400, 'too-deep', 'That is nested too deeply.')
    const parsed = v.safeParse(schema, parseJson(text), { abortPipeEarly: true })
    if (!parsed.success) {
      throw new Refused(
        400,
        'malformed',
        `That is not what is expected here${whereOf(parsed.issues[0])}.`,
      )
    }
    c.req.addValidatedData('json', parsed.output as object)
    await next()
  }
  return Object.assign(middleware, { bodySchema: schema }) as ChecksBody<Schema>
}

/** How deep brackets are nested in a JSON text, found without parsing it. `1` is 0, `[{}]` is 2. */
export function jsonDepth(text: string): number {
  let depth = 0
  let deepest = 0
  let inString = false
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index]
    if (inString) {
      if (character === '\\') index += 1
      else if (character === '"') inString = false
    } else if (character === '"') inString = true
    else if (character === '{' || character === '[') deepest = Math.max(deepest, (depth += 1))
    else if (character === '}' || character === ']') depth -= 1
  }
  return deepest
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw new Refused(400, 'not-json', 'That is not JSON.')
  }
}

/** Names the field from the schema's side only: keys that somebody made up are not repeated. */
function whereOf(issue: v.BaseIssue<unknown>): string {
  const path = issue.path?.map((item) => String(item.key)) ?? []
  return issue.type !== 'strict_object' &&
    path.length > 0 &&
    path.every((key) => /^\w{1,40}$/.test(key))
    ? `: ${path.join('.')}`
    : ''
}
