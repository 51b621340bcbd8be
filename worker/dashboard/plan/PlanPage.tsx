import { useModel } from '@preact/signals'
import { useEffect } from 'preact/hooks'

import type { ApiClient } from '#shared/api-client'
import type { Me } from '#shared/api/sign-in'

import { Loading } from '../parts/Loading'
import { Page } from '../parts/Page'
import { Toast } from '../parts/Toast'
import { Trouble } from '../parts/Trouble'
import { CoverageTable } from './CoverageTable'
import { OwnWalks } from './OwnWalks'
import { type Plan, PlanModel } from './plan'
import { coverageFinding, lineWords } from './plan-words'
import { PlanCard } from './PlanCard'
import { ShiftsCard } from './ShiftsCard'

interface PlanPageProps {
  api: ApiClient
  me: Me
  now: number
  /** The role may plan for others. */
  mayPlan: boolean
}

/** What has been walked, what nobody has walked, and who goes next. */
export function PlanPage({ api, me, now, mayPlan }: PlanPageProps) {
  const today = toDay(now)
  const plan = useModel(() => new PlanModel({ api, today }))
  useEffect(() => void plan.reload(), [plan])
  const state = plan.state.value
  return (
    <Page title="Coverage and plan" class="plan-page">
      {state.status === 'ready' ? (
        <>
          <Finding {...coverageFinding(state.value.services, now)} />
          <div class="cols">
            <div>
              <CoverageTable
                services={state.value.services}
                now={now}
                planWalk={mayPlan ? (service) => planWalk(plan, service) : null}
              />
              <ShiftsCard log={state.value.shifts} />
            </div>
            <div>
              <PlanCard plan={plan} shown={state.value} today={today} mayPlan={mayPlan} />
              <OwnWalks api={api} me={me} people={state.value.people} now={now} />
            </div>
          </div>
        </>
      ) : (
        <>
          <h1 class="vh">Coverage and plan</h1>
          {state.status === 'loading' ? <Loading /> : <Trouble retry={plan.reload} />}
        </>
      )}
      <PlanToast plan={plan} />
    </Page>
  )
}

function Finding({ bold, rest }: { bold: string; rest: string }) {
  return (
    <header>
      <p class="eyebrow">Coverage and plan</p>
      <h1>
        <b>{bold}</b> {rest}
      </h1>
    </header>
  )
}

/** Fills the service in, and goes to the line that it is for. */
function planWalk(plan: Plan, service: string): void {
  plan.put({ service })
  document.getElementById('plan-who')?.focus()
}

function PlanToast({ plan }: { plan: Plan }) {
  const said = plan.said.value
  switch (said.what) {
    case 'nothing':
      return null
    case 'failed':
      return <Toast sentence={said.sentence} onGone={plan.dismiss} />
    case 'added':
    case 'dropped':
      return (
        <Toast
          sentence={`${lineWords(said.line)} ${said.what === 'added' ? 'is on the plan' : 'was taken off'}.`}
          act="Undo"
          onAct={() => void plan.undo()}
          onGone={plan.dismiss}
        />
      )
  }
}

/** The day it is where the reader is: `2026-11-28`. */
function toDay(now: number): string {
  const date = new Date(now)
  return new Date(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()))
    .toISOString()
    .slice(0, 10)
}
