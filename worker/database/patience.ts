/** How a write that ended by a passing error is tried again; a test brings its own clock and chance. */
export interface Patience {
  /** The first one included. */
  tries: number
  /** In [0, 1). */
  random(): number
  wait(ms: number): Promise<void>
}

export const patient: Patience = {
  tries: 4,
  random: Math.random,
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
}

/** For what must not be repeated unseen, because its answer tells what happened the first time. */
export const once: Patience = { ...patient, tries: 1 }

const FIRST_WAIT_MS = 250
const LONGEST_WAIT_MS = 2_000

/**
 * Errors after which Cloudflare says that a query may be sent again. Overload is not among them:
 * more of the same would make it worse, and the client waits longer than we may.
 *
 * @see https://developers.cloudflare.com/d1/observability/debug-d1/
 */
const PASSING =
  /Network connection lost|storage caused object to be reset|reset because its code was updated|Cannot resolve D1 DB due to transient issue|client disconnected/

/**
 * Does `work` until it succeeds, fails for good, or patience is out (D-4). The work may have
 * happened though it failed: it has to be safe to repeat.
 *
 * @throws the last error
 */
export async function withPatience<Result>(
  { tries, random, wait }: Patience,
  work: () => Promise<Result>,
): Promise<Result> {
  for (let failures = 0; ; failures += 1) {
    try {
      // oxlint-disable-next-line no-await-in-loop -- one try after the other is the point
      return await work()
    } catch (error) {
      if (failures + 1 >= tries || !isPassing(error)) throw error
      // oxlint-disable-next-line no-await-in-loop -- as above
      await wait(random() * Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures))
    }
  }
}

function isPassing(error: unknown): boolean {
  return error instanceof Error && PASSING.test(error.message)
}
