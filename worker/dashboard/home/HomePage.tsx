import { useModel } from '@preact/signals'
import { useEffect } from 'preact/hooks'

import type { Home, RegisterApi } from '#shared/api/register'

import { Loading } from '../parts/Loading'
import { Page } from '../parts/Page'
import { Trouble } from '../parts/Trouble'
import { count, toWeek } from '../words'
import { CoverageCard } from './CoverageCard'
import { EntriesCard } from './EntriesCard'
import { HomeModel, isEmpty } from './home'
import { NotesCard } from './NotesCard'
import { NothingYet } from './NothingYet'
import { WalksCard } from './WalksCard'

export function HomePage({ api, now }: { api: RegisterApi; now: number }) {
  const home = useModel(() => new HomeModel(api))
  useEffect(() => void home.reload(), [home])
  const state = home.state.value
  return (
    <Page title="This week" class="home">
      {state.status === 'ready' ? (
        isEmpty(state.value) ? (
          <NothingYet browsers={state.value.browsers} />
        ) : (
          <Week home={state.value} now={now} />
        )
      ) : (
        <>
          <h1 class="vh">This week</h1>
          {state.status === 'loading' ? <Loading /> : <Trouble retry={home.reload} />}
        </>
      )}
    </Page>
  )
}

function Week({ home, now }: { home: Home; now: number }) {
  return (
    <>
      <div class="lede">
        <div>
          <p class="eyebrow">{toWeek(now)}</p>
          <Finding home={home} />
        </div>
        <section class="figure" aria-label="Open entries">
          <span class="fig num">{home.open}</span>
          <p>
            {home.open === 1 ? 'customer problem is' : 'customer problems are'} open.{' '}
            {home.free > 0 && (
              <>
                <a href="/register?free=1">{home.free === home.open ? 'All' : home.free} of them</a>{' '}
                cost nothing to fix.
              </>
            )}
          </p>
        </section>
      </div>
      <div class="cols">
        <div>
          {home.quickWins.length > 0 && (
            <EntriesCard
              title="Quick wins"
              aside="High impact first, then low effort"
              entries={home.quickWins}
              judged
            />
          )}
          <EntriesCard title="Newest entries" aside="Opened last" entries={home.newEntries} />
          <NotesCard notes={home.newestNotes} week={home.week} now={now} />
        </div>
        <div>
          <CoverageCard coverage={home.coverage} servicesWalked={home.servicesWalked} now={now} />
          <WalksCard walks={home.lastWalks} browsers={home.browsers} now={now} />
        </div>
      </div>
    </>
  )
}

/** The page says what it found before it shows anything. */
function Finding({ home }: { home: Home }) {
  const { week, leadersWalking, waitingToBeGrouped } = home
  if (week.notes === 0) {
    return (
      <h1>
        <b>No new notes in seven days.</b>{' '}
        {leadersWalking > 0
          ? `${count(leadersWalking, 'leader')} walked in the last four weeks.`
          : 'Nobody has walked in the last four weeks.'}
      </h1>
    )
  }
  return (
    <h1>
      <b>{count(week.notes, 'new note')}</b> in seven days
      {week.liked > 0 && `, ${week.liked} of them liked`}.{' '}
      {week.entries > 0 ? (
        <>
          They opened{' '}
          <a href="/register?sort=newest">
            <b>{count(week.entries, 'new entry', 'new entries')}</b>
          </a>
          .
        </>
      ) : (
        'All of them joined entries we knew.'
      )}{' '}
      {leadersWalking > 0 && <>{count(leadersWalking, 'leader')} walked in the last four weeks.</>}
      {waitingToBeGrouped > 0 && (
        <> {count(waitingToBeGrouped, 'note waits', 'notes wait')} to be grouped.</>
      )}
    </h1>
  )
}
