import type { Signal } from '@preact/signals'

import { Notice } from '../parts/Notice'
import type { DecisionQueue } from './decision-queue'
import type { Deciding as State } from './entry-decisions'

interface DecidingProps {
  deciding: Signal<State>
  queue: DecisionQueue
  /** `Merge #7 into #12`. */
  action: string
  working: string
  isReady: boolean
  onClose: () => void
}

/** The end of a dialog: what it will do, how far it is, and why it did not work. */
export function Deciding({ deciding, queue, action, working, isReady, onClose }: DecidingProps) {
  const { value } = deciding
  const isWorking = value.status === 'working'
  return (
    <>
      {value.status === 'failed' && (
        <Notice icon="warn" tone="late" live>
          <p>{value.sentence}</p>
        </Notice>
      )}
      {isWorking && queue.status.value === 'offline' && (
        <Notice icon="offline" live>
          <p>No connection. It is done as soon as there is one.</p>
        </Notice>
      )}
      <div class="wrap">
        <button
          class="btn primary"
          type="submit"
          disabled={!isReady || isWorking}
          aria-busy={isWorking}
        >
          {isWorking ? working : action}
        </button>
        <button class="btn quiet" type="button" onClick={onClose}>
          Leave it
        </button>
      </div>
    </>
  )
}
