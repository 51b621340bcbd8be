import { useModel } from '@preact/signals'
import { useEffect } from 'preact/hooks'

import type { ApiClient } from '#shared/api-client'

import { Icon } from '../parts/Icon'
import { Loading } from '../parts/Loading'
import { newId } from '../parts/new-id'
import { Trouble } from '../parts/Trouble'
import { ActDialog } from './ActDialog'
import { AddDialog } from './AddDialog'
import { FollowUpsModel } from './follow-ups'
import { PromiseTable } from './PromiseTable'
import { RecoveryToast } from './RecoveryToast'

interface PromisesSectionProps {
  api: ApiClient
  number: number
  mayChange: boolean
  now: number
  /** Something was done: the entry may have been opened again. */
  onDone: () => void
}

/** On the page of an entry: its customers, each seen through by one person. */
export function PromisesSection({ api, number, mayChange, now, onDone }: PromisesSectionProps) {
  const followUps = useModel(
    () => new FollowUpsModel({ api, entry: number, now: Date.now, newId, onDone }),
  )
  useEffect(() => void followUps.reload(), [followUps])
  const state = followUps.state.value
  const open = followUps.open.value
  const shown = state.status === 'ready' ? state.value : null
  return (
    <section aria-labelledby="h-promises">
      <div class="sechead">
        <h2 id="h-promises">Customers waiting to hear from us</h2>
        <span class="meta">One person sees each through to the end</span>
        {mayChange && (
          <button class="btn small quiet" type="button" onClick={followUps.startAdding}>
            <Icon name="plus" small /> Add customers
          </button>
        )}
      </div>
      {state.status === 'loading' && <Loading />}
      {(state.status === 'failed' || state.status === 'missing') && (
        <Trouble retry={followUps.reload} />
      )}
      {shown !== null &&
        (shown.followUps.length === 0 ? (
          <p class="soft">Nobody was promised an answer.</p>
        ) : (
          <PromiseTable
            label="Customers of this entry"
            followUps={followUps}
            shown={shown}
            namesEntry={false}
            mayChange={mayChange}
            now={now}
          />
        ))}
      {shown !== null && shown.next !== null && (
        <p>
          <button
            class="btn"
            type="button"
            disabled={followUps.isWorking.value}
            onClick={() => void followUps.showMore()}
          >
            Show more customers
          </button>
        </p>
      )}
      {open !== null && shown !== null && (
        <ActDialog key={open.id} followUp={open} followUps={followUps} people={shown.people} />
      )}
      {followUps.isAdding.value && <AddDialog followUps={followUps} />}
      <RecoveryToast followUps={followUps} />
    </section>
  )
}
