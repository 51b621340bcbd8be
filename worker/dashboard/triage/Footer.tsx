import { useEffect, useRef } from 'preact/hooks'

import { Icon } from '../parts/Icon'
import { singleKeys } from '../parts/single-keys'
import { count } from '../words'
import { bulkInWords, fromInWords } from './triage-words'
import type { Said } from './desk'
import type { Triage } from './triage'

const SHOWN_MS = 10_000

/** What was done and the way back, what is chosen, and the keys. */
export function Footer({ triage, mayDecide }: { triage: Triage; mayDecide: boolean }) {
  return (
    <footer class="foot">
      {mayDecide && <BulkBar triage={triage} />}
      <div class="keys">
        <span>
          <span class="key">J</span> <span class="key">K</span> next, before
        </span>
        {mayDecide && (
          <>
            <span>
              <span class="key">1</span> accept
            </span>
            <span>
              <span class="key">Z</span> undo
            </span>
          </>
        )}
        <span>
          <span class="key">?</span> all keys
        </span>
        {!singleKeys.value && <span>Single keys are switched off.</span>}
        <Waiting triage={triage} />
        {/* It is there before anything is said, or screen readers would miss the first sentence. */}
        <output class="push">
          <SaidToast said={triage.said.value} triage={triage} />
        </output>
      </div>
    </footer>
  )
}

function SaidToast({ said, triage }: { said: Said | null; triage: Triage }) {
  const toast = useRef<HTMLSpanElement>(null)
  const { hush } = triage
  useEffect(() => {
    if (said === null) return undefined
    const timer = setInterval(() => {
      if (toast.current?.matches(':hover, :focus-within') !== true) hush()
    }, SHOWN_MS)
    return () => clearInterval(timer)
  }, [said, hush])
  if (said === null) return null
  const { act } = said
  return (
    <span class="toast" ref={toast}>
      <span class="grow">{said.sentence}</span>
      {act?.what === 'undo' && (
        <>
          {singleKeys.value && <span class="vh">Z to undo.</span>}
          <button class="btn small" type="button" onClick={() => void triage.undo()}>
            Undo{' '}
            <span class="key" aria-hidden="true">
              Z
            </span>
          </button>
        </>
      )}
      {act?.what === 'show' && (
        <button class="btn small" type="button" onClick={() => triage.list.choose(act.noteId)}>
          Show it
        </button>
      )}
    </span>
  )
}

/** Decisions that the server does not know yet; said only where they really wait. */
function Waiting({ triage: { queue } }: { triage: Triage }) {
  if (queue.status.value !== 'offline') return null
  const waiting = queue.waiting.value
  return (
    <span class="pill late" role="alert">
      <Icon name="offline" />
      {count(waiting, 'decision waits', 'decisions wait')} for a connection and{' '}
      {waiting === 1 ? 'goes' : 'go'} by {waiting === 1 ? 'itself' : 'themselves'}.
      <button class="inline" type="button" onClick={() => void queue.again()}>
        Try now
      </button>
    </span>
  )
}

function BulkBar({ triage }: { triage: Triage }) {
  const { ids, from, isCut } = triage.bulk.selection.value
  if (ids.length === 0) return null
  return (
    <section class="bulk" aria-label="Chosen notes">
      <p class="grow">
        <b class="num">{count(ids.length, 'note')}</b> chosen {fromInWords(from)}
        {isCut && ', the first of more'}
      </p>
      <button class="btn primary" type="button" onClick={() => triage.openBulk('bulk-accept')}>
        {bulkInWords('confirm', ids.length)}
      </button>
      <button class="btn" type="button" onClick={() => triage.openBulk('bulk-move')}>
        {bulkInWords('move', ids.length)}…
      </button>
      <button class="btn" type="button" onClick={() => triage.openBulk('bulk-later')}>
        {bulkInWords('later', ids.length)}
      </button>
      <button class="btn" type="button" onClick={() => triage.openBulk('bulk-decline')}>
        {bulkInWords('decline', ids.length)}…
      </button>
      <button class="btn quiet" type="button" onClick={triage.bulk.clear}>
        <Icon name="close" /> Let {ids.length === 1 ? 'it' : 'them'} go
      </button>
    </section>
  )
}
