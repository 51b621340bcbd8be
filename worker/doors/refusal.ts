import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'

type RefusalStatus = NonNullable<ConstructorParameters<typeof HTTPException>[0]>

/** What every refusal looks like: a code for programs, one plain sentence for people. */
interface Refusal {
  error: string
  message: string
}

/** Thrown by middleware only; a handler returns `refuse(…)` instead. */
export class Refused extends HTTPException {
  override readonly name = 'Refused'
  readonly code: string
  readonly retryAfterSeconds: number | undefined

  constructor(status: RefusalStatus, code: string, message: string, retryAfterSeconds?: number) {
    super(status, { message })
    this.code = code
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/** The answer of a handler that expected this to happen. */
export function refuse<Status extends RefusalStatus>(
  c: Context,
  status: Status,
  error: string,
  message: string,
) {
  return c.json({ error, message } satisfies Refusal, status)
}

/** One 404 for everything: not there, not yours, not for you (A-10: byte for byte the same). */
export function notFound(c: Context) {
  return refuse(c, 404, 'not-found', 'There is nothing here.')
}

/** Turns whatever was thrown into an answer; never with SQL, a stack or anybody's text. */
export function answerError(error: Error, c: Context): Response {
  if (error instanceof Refused) {
    if (error.retryAfterSeconds !== undefined)
      c.header('Retry-After', String(error.retryAfterSeconds))
    return refuse(c, error.status, error.code, error.message)
  }
  logSurprise(error, c)
  return refuse(c, 500, 'internal', 'Something went wrong here. It was noted.')
}

/** A message may quote what somebody typed, so only the error's name, SQLite's code and the frames are kept. */
function logSurprise(error: Error, c: Context): void {
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  console.error(
    JSON.stringify({
      level: 'error',
      requestId: c.get('requestId') as string | undefined,
      error: error.name,
      sqlite: /SQLITE_[A-Z_]+/.exec(error.message)?.[0],
      frames: frames.slice(0, 8).map((frame) => frame.trim()),
    }),
  )
}
