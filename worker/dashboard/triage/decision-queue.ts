import { createModel, signal } from '@preact/signals'

import { ApiError } from '#shared/api/call'
import type { DecisionOutcome } from '#shared/api/triage'

/** Something decided here that the server does not know yet. */
export interface Waiting {
  /** The decision's own id; sent twice, it is done once. */
  id: string
  send(): Promise<DecisionOutcome>
  done(outcome: DecisionOutcome): void
  /** The server answered, and it was no. */
  refused(error: ApiError): void
}

/** Too many at once, or nobody at home: neither is a no. */
const LATER = new Set([429, 503])

/**
 * Decisions on their way, one after the other in the order in which they were made. One that is
 * refused stops nobody; without an answer at all everything waits and is sent again.
 */
export const DecisionQueueModel = createModel(() => {
  const jobs: Waiting[] = []
  const waiting = signal(0)
  const status = signal<'resting' | 'sending' | 'offline'>('resting')

  function leave(job: Waiting): void {
    jobs.splice(jobs.indexOf(job), 1)
    waiting.value = jobs.length
  }

  /** @returns false where nobody answered */
  async function sendFirst(job: Waiting): Promise<boolean> {
    try {
      const outcome = await job.send()
      leave(job)
      job.done(outcome)
    } catch (error) {
      if (!(error instanceof ApiError) || LATER.has(error.status)) {
        console.error('no answer yet; it is sent again', error)
        return false
      }
      leave(job)
      job.refused(error)
    }
    return true
  }

  async function sendAll(): Promise<void> {
    if (status.peek() === 'sending') return
    status.value = 'sending'
    for (let job = jobs[0]; job !== undefined; job = jobs[0]) {
      // oxlint-disable-next-line no-await-in-loop -- their order is what the queue is for
      if (!(await sendFirst(job))) {
        status.value = 'offline'
        return
      }
    }
    status.value = 'resting'
  }

  return {
    /** How many the server has not answered. */
    waiting,
    status,

    add(job: Waiting): void {
      jobs.push(job)
      waiting.value = jobs.length
      // While nobody answers, one more changes nothing: it waits behind the others.
      if (status.peek() === 'resting') void sendAll()
    },

    /** Sends what waits. Never rejects. */
    again: sendAll,

    /** Takes back one that was surely never sent. @returns false where it may have been */
    callOff(id: string): boolean {
      const index = jobs.findIndex((job) => job.id === id)
      const job = jobs[index]
      // The first one may have arrived without its answer coming back.
      if (job === undefined || index === 0) return false
      leave(job)
      return true
    },
  }
})
export type DecisionQueue = InstanceType<typeof DecisionQueueModel>
