import { useModel } from '@preact/signals'
import { useEffect } from 'preact/hooks'

import type { EntryApi } from '#shared/api/entry'
import type { Home, HomeApi } from '#shared/api/home'
import type { EntryRow } from '#shared/api/register'

import { Loading } from '../parts/Loading'
import { Page } from '../parts/Page'
import { Toast } from '../parts/Toast'
import { Trouble } from '../parts/Trouble'
import { count, toWeek } from '../words'
import { CoverageCard } from './CoverageCard'
import { BetterCard } from './BetterCard'
import { EntriesCard } from './EntriesCard'
import { FollowUpsCard } from './FollowUpsCard'
import { GiveOwner } from './GiveOwner'
import { HomeModel, type HomeState, isEmpty } from './home'
import { figureOf, hasFinding, manyAtStart } from './home-words'
import { NotesCard } from './NotesCard'
import { NothingYet } from './NothingYet'
import { WalksCard } from './WalksCard'

interface HomePageProps {
  api: HomeApi & Pick<EntryApi, 'changeEntry'>
  now: number
  /** The role may give an owner. */
  mayChange: boolean
}

export function HomePage({ api, now, mayChange }: HomePageProps) {
  const home = useModel(() => new HomeModel(api))
  useEffect(() => void home.reload(), [home])
  const state = home.state.value
  const given = home.given.value
  return (
    <Page title="This week" class="home">
      {state.status === 'ready' ? (
        isEmpty(state.value) ? (
          <NothingYet browsers={state.value.browsers} />
        ) : (
          <Week home={state.value} model={home} now={now} mayChange={mayChange} />
        )
      ) : (
        <>
          <h1 class="vh">This week</h1>
          {state.status === 'loading' ? <Loading /> : <Trouble retry={home.reload} />}
        </>
      )}
      {given !== null && (
        <Toast
          sentence={given.sentence}
          {...(given.undo !== null && { act: 'Undo', onAct: given.undo })}
          onGone={home.dismiss}
        />
      )}
    </Page>
  )
}

interface WeekProps {
  home: Home
  model: HomeState
  now: number
  /** The role may give an owner. */
  mayChange: boolean
}

function Week({ home, model, now, mayChange }: WeekProps) {
  const give = mayChange
    ? (entry: EntryRow) => (
        <GiveOwner
          entry={entry}
          owners={home.owners}
          give={(each, owner) => void model.give(each, owner)}
        />
      )
    : null
  const shown = new Set(home.quickWins.map(({ number }) => number))
  return (
    <>
      <div class="lede">
        <div>
          <p class="eyebrow">{toWeek(now)}</p>
          <Finding home={home} />
        </div>
      </div>
      <div class="cols">
        <div>
          <FollowUpsCard followUps={home.followUps} now={now} mayChange={mayChange} />
          {home.quickWins.length > 0 && (
            <EntriesCard
              title="Quick wins"
              aside="High impact first, then low effort"
              entries={home.quickWins}
              judged
              give={give}
              foot={<OpenEntries home={home} />}
            />
          )}
          <EntriesCard
            title="Nobody owns these"
            aside="Opened last"
            entries={home.unowned.filter(({ number }) => !shown.has(number))}
            give={give}
            foot={
              home.quickWins.length > 0 ? (
                <a href="/register?owner=none">All that nobody owns</a>
              ) : (
                <OpenEntries home={home} />
              )
            }
          />
          <NotesCard notes={home.newestNotes} now={now} />
        </div>
        <div>
          <BetterCard better={home.better} week={home.week} />
          <CoverageCard coverage={home.coverage} servicesWalked={home.servicesWalked} now={now} />
          <WalksCard walks={home.lastWalks} browsers={home.browsers} now={now} />
        </div>
      </div>
    </>
  )
}

function OpenEntries({ home: { open, free } }: { home: Home }) {
  if (open === 0) return <a href="/register">The register</a>
  const entries = open === 1 ? 'open entry' : 'open entries'
  return (
    <>
      {free > 0
        ? `${figureOf(free)} of ${figureOf(open)} ${entries} cost nothing to fix. `
        : `${figureOf(open)} ${entries}. `}
      <a href={free > 0 ? '/register?free=1' : '/register'}>See them all</a>
    </>
  )
}

/** The page says what it found before it shows anything. */
function Finding({ home }: { home: Home }) {
  const { better, late, waitingForTriage: triage } = home
  if (!hasFinding(home)) return <NewsAlone home={home} />
  return (
    <h1>
      {better.length > 0 && <b>{manyAtStart(better.length, 'thing')} got better. </b>}
      {late > 0 && (
        <>
          <a href="/follow-ups">
            <b>{manyAtStart(late, 'customer')}</b>
          </a>{' '}
          {late === 1 ? 'has' : 'have'} waited longer than 24 hours to hear from us.{' '}
        </>
      )}
      {triage > 0 && (
        <>
          <a href="/triage">
            <b>{manyAtStart(triage, 'note')}</b>
          </a>{' '}
          {triage === 1 ? 'waits' : 'wait'} for triage.
        </>
      )}
    </h1>
  )
}

/** Where nothing waits and nothing was closed: what came in. */
function NewsAlone({ home: { week, leadersWalking } }: { home: Home }) {
  const walked =
    leadersWalking > 0
      ? `${count(leadersWalking, 'leader')} walked in the last four weeks.`
      : 'Nobody has walked in the last four weeks.'
  return (
    <h1>
      <b>
        {week.notes === 0
          ? 'No new notes in seven days.'
          : `${manyAtStart(week.notes, 'new note')} in seven days.`}
      </b>{' '}
      {walked}
    </h1>
  )
}
