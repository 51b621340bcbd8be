import { useModel } from '@preact/signals'
import { useLocation } from 'preact-iso'
import { useEffect, useRef } from 'preact/hooks'

import type { ApiClient } from '#shared/api-client'
import type { DueList } from '#shared/api/follow-up'

import { Loading } from '../parts/Loading'
import { newId } from '../parts/new-id'
import { Page } from '../parts/Page'
import { Trouble } from '../parts/Trouble'
import { count } from '../words'
import { ActDialog } from './ActDialog'
import { type FollowUps, FollowUpsModel } from './follow-ups'
import { PromiseTable } from './PromiseTable'
import { RecoveryToast } from './RecoveryToast'

interface FollowUpsPageProps {
  api: ApiClient
  now: number
  mayChange: boolean
}

/** Every customer who waits, late ones first. */
export function FollowUpsPage({ api, now, mayChange }: FollowUpsPageProps) {
  const followUps = useModel(() => new FollowUpsModel({ api, entry: null, now: Date.now, newId }))
  const { query, route } = useLocation()
  const asked = useRef(query['of'])
  useEffect(() => {
    void followUps.reload().then(() => {
      if (asked.current === undefined) return
      if (mayChange) followUps.lookAt(asked.current)
      // Once: whoever loads the page again begins with the list.
      asked.current = undefined
      route('/follow-ups', true)
    })
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- what the address asked for when the page opened
  }, [followUps])
  const state = followUps.state.value
  return (
    <Page title="Follow-ups" class="recovery-page">
      {state.status === 'ready' ? (
        <Shown followUps={followUps} shown={state.value} now={now} mayChange={mayChange} />
      ) : (
        <>
          <h1>Follow-ups</h1>
          {state.status === 'loading' ? <Loading /> : <Trouble retry={followUps.reload} />}
        </>
      )}
      <RecoveryToast followUps={followUps} />
    </Page>
  )
}

interface ShownProps {
  followUps: FollowUps
  shown: DueList
  now: number
  mayChange: boolean
}

function Shown({ followUps, shown, now, mayChange }: ShownProps) {
  const open = followUps.open.value
  const { recovered } = shown
  return (
    <>
      <header>
        <p class="eyebrow">Follow-ups</p>
        <h1>
          <b>{findingOf(shown, now)}</b> One person sees each customer through to the end.
        </h1>
      </header>
      <section class="card" aria-labelledby="h-waiting">
        <header>
          <h2 id="h-waiting">Customers waiting to hear from us</h2>
          <span class="meta">What runs out first comes first</span>
        </header>
        {shown.followUps.length === 0 ? (
          <p class="foot">
            Nobody waits. A promise comes from a shift, from what somebody told a leader, or from
            the page of an entry.
          </p>
        ) : (
          <PromiseTable
            label="Customers waiting to hear from us"
            followUps={followUps}
            shown={shown}
            namesEntry
            mayChange={mayChange}
            now={now}
          />
        )}
        {shown.next !== null && (
          <p class="foot">
            <button
              class="btn"
              type="button"
              disabled={followUps.isWorking.value}
              onClick={() => void followUps.showMore()}
            >
              Show more
            </button>
          </p>
        )}
      </section>
      <p class="soft">
        {recovered === null
          ? 'How many customers were won back shows once five of them were asked in a quarter.'
          : `Won back: ${Math.round(recovered.fraction * 100)} % of ${count(recovered.asked, 'customer')} who were asked in the last quarter say it is solved.`}
      </p>
      <p>
        <a href="/playbooks">Playbooks for failures one can foresee</a>
      </p>
      {open !== null && (
        <ActDialog key={open.id} followUp={open} followUps={followUps} people={shown.people} />
      )}
    </>
  )
}

function findingOf({ followUps, next }: DueList, now: number): string {
  const late = followUps.filter(({ dueAt }) => dueAt !== null && dueAt < now).length
  if (followUps.length === 0) return 'Every customer has heard from us.'
  if (late === 0) return 'Nobody waits over 24 hours.'
  const isMore = late === followUps.length && next !== null
  return `${isMore ? 'At least ' : ''}${count(late, 'customer waits', 'customers wait')} over 24 hours.`
}
