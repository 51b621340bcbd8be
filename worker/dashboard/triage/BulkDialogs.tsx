import { Notice } from '../parts/Notice'
import { Sheet } from '../parts/Sheet'
import { count } from '../words'
import type { BulkDecision } from './bulk'
import { DeclineDialog } from './DeclineDialog'
import { EntryPicker } from './EntryPicker'
import { type BulkAct, bulkDoneInWords, bulkInWords, fromInWords } from './triage-words'
import type { Triage, TriageDialog } from './triage'

interface BulkDialogsProps {
  triage: Triage
  what: Extract<TriageDialog, { what: `bulk-${string}` }>['what']
}

/** One action on many notes: what it is about before, how it went after. */
export function BulkDialogs({ triage, what }: BulkDialogsProps) {
  const { bulk, close } = triage
  const { ids, from } = bulk.selection.value
  const mood = bulk.mood.value
  const act = (decision: BulkDecision) => {
    triage.openBulk('bulk-done')
    void bulk.act(decision)
  }
  switch (what) {
    case 'bulk-accept':
    case 'bulk-later':
      return (
        <Confirm
          triage={triage}
          act={what === 'bulk-accept' ? 'confirm' : 'later'}
          onYes={(each) => act({ act: each, target: null, reason: '' })}
        />
      )
    case 'bulk-move':
      return (
        <Sheet
          title={`Move ${count(ids.length, 'note')} ${fromInWords(from)} to…`}
          wide
          onClose={close}
        >
          <EntryPicker
            api={triage.desk.api}
            mood={mood}
            thoughts={[]}
            except={null}
            choose={(target) => act({ act: 'move', target, reason: '' })}
          />
          <p class="hint">
            {mood === 'liked' ? 'Complaints' : 'Liked notes'} stay where they are: they never share
            an entry with these.
          </p>
        </Sheet>
      )
    case 'bulk-decline':
      return (
        <DeclineDialog
          title={`Decline ${count(ids.length, 'note')} ${fromInWords(from)}`}
          action={bulkInWords('decline', ids.length)}
          decline={(reason) => act({ act: 'decline', target: null, reason })}
          onClose={close}
        />
      )
    case 'bulk-done':
      return <Result triage={triage} />
  }
}

const MEANS = {
  confirm: 'What joined an entry stays there, and what is asked is answered with yes.',
  later: 'They wait behind everything else that waits now.',
} as const

interface ConfirmProps {
  triage: Triage
  act: Extract<BulkAct, 'confirm' | 'later'>
  onYes: (act: Extract<BulkAct, 'confirm' | 'later'>) => void
}

function Confirm({ triage, act, onYes }: ConfirmProps) {
  const { ids, from, isCut } = triage.bulk.selection.value
  return (
    <Sheet title={`${bulkInWords(act, ids.length)} ${fromInWords(from)}?`} onClose={triage.close}>
      <form
        class="fields"
        onSubmit={(event) => {
          event.preventDefault()
          onYes(act)
        }}
      >
        <p>
          {MEANS[act]} These {count(ids.length, 'note')} were fixed when you chose them; what came
          since is not among them.
          {isCut && ' More wait than one action takes: these are the first.'}
        </p>
        <div class="wrap">
          {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- Enter goes on, Escape goes back */}
          <button class="btn primary" type="submit" autoFocus>
            {bulkInWords(act, ids.length)}
          </button>
          <button class="btn quiet" type="button" onClick={triage.close}>
            Leave them
          </button>
        </div>
      </form>
    </Sheet>
  )
}

function Result({ triage }: { triage: Triage }) {
  const status = triage.bulk.status.value
  const close = () => {
    triage.bulk.rest()
    triage.close()
  }
  if (status.status !== 'done') {
    return (
      <Sheet title="One moment" onClose={triage.close}>
        <output aria-busy="true">
          {status.status === 'working' &&
            `${status.done} of ${count(status.of, 'note')} done so far.`}
          {triage.queue.status.value === 'offline' &&
            ' No connection: it goes on as soon as there is one.'}
        </output>
      </Sheet>
    )
  }
  const failed = status.notDone.reduce((sum, { notes }) => sum + notes, 0)
  return (
    <Sheet title={bulkDoneInWords(status.act, status.done)} onClose={close}>
      {failed > 0 && (
        <Notice icon="warn" tone="late" live>
          <p>{count(failed, 'note was', 'notes were')} not. They are still chosen.</p>
          <ul>
            {status.notDone.map(({ message, notes }) => (
              <li key={message}>
                {count(notes, 'note')}: {message}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      <div class="wrap">
        {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- Enter goes on sorting */}
        <button class="btn primary" type="button" autoFocus onClick={close}>
          Go on
        </button>
        {status.done > 0 && (
          <button
            class="btn"
            type="button"
            onClick={() => {
              close()
              void triage.undo()
            }}
          >
            Undo all {status.done}
          </button>
        )}
      </div>
    </Sheet>
  )
}
