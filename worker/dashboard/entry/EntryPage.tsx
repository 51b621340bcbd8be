import { useModel } from '@preact/signals'
import { useEffect } from 'preact/hooks'

import type { ApiClient } from '#shared/api-client'
import type { EntryDetail } from '#shared/api/entry'

import { Loading } from '../parts/Loading'
import { Page } from '../parts/Page'
import { Toast } from '../parts/Toast'
import { Trouble } from '../parts/Trouble'
import { RecoverySections } from '../recovery/RecoverySections'
import { BeforeClosing } from './BeforeClosing'
import { Cause } from './Cause'
import { Elsewhere } from './Elsewhere'
import { type Entry, EntryModel } from './entry'
import { EntryTitle } from './EntryTitle'
import { Evidence } from './Evidence'
import { Facts } from './Facts'
import { History } from './History'
import { MergedIn } from './MergedIn'
import { Plan } from './Plan'

interface EntryPageProps {
  api: ApiClient
  number: number
  now: number
  /** The role may rename, judge and give an owner. */
  mayChange: boolean
}

export function EntryPage({ api, number, now, mayChange }: EntryPageProps) {
  const entry = useModel(() => new EntryModel({ api, number }))
  useEffect(() => void entry.reload(), [entry])
  const state = entry.state.value
  const saving = entry.saving.value
  return (
    <Page
      title={
        state.status === 'ready'
          ? `#${state.value.entry.number} ${state.value.entry.title}`
          : `#${number}`
      }
      class="entry"
    >
      <nav class="crumb" aria-label="Where you are">
        <a href="/register">Register</a>
        <span aria-hidden="true">›</span>
        <span>#{state.status === 'ready' ? state.value.entry.number : number}</span>
      </nav>
      {state.status === 'ready' ? (
        <Shown api={api} detail={state.value} entry={entry} now={now} mayChange={mayChange} />
      ) : (
        <>
          <h1>
            <span class="number">#{number}</span>
          </h1>
          {state.status === 'loading' && <Loading />}
          {state.status === 'missing' && <p>There is no entry with this number.</p>}
          {state.status === 'failed' && <Trouble retry={entry.reload} />}
        </>
      )}
      {saving.status === 'saved' && (
        <Toast
          sentence={saving.sentence}
          {...(saving.undo !== null && { act: 'Undo', onAct: entry.undo })}
          onGone={entry.dismiss}
        />
      )}
      {saving.status === 'failed' && <Toast sentence={saving.sentence} onGone={entry.dismiss} />}
    </Page>
  )
}

function Shown({
  api,
  detail,
  entry,
  now,
  mayChange,
}: {
  api: ApiClient
  detail: EntryDetail
  entry: Entry
  now: number
  mayChange: boolean
}) {
  return (
    <>
      <EntryTitle detail={detail} entry={entry} mayChange={mayChange} />
      {detail.mergedIn.length > 0 && (
        <MergedIn mergedIn={detail.mergedIn} entry={entry} mayChange={mayChange} />
      )}
      <div class="two">
        <div class="doc">
          <Evidence detail={detail} more={entry.moreNotes.value} showMore={entry.showMoreNotes} />
          {detail.entry.mood === 'embarrassed' && (
            <>
              <Cause detail={detail} mayChange={mayChange} judge={entry.judge} />
              <Plan detail={detail} mayChange={mayChange} judge={entry.judge} />
            </>
          )}
          <RecoverySections
            api={api}
            entry={detail.entry}
            mayChange={mayChange}
            now={now}
            onDone={() => void entry.reload()}
          />
          <History
            history={detail.history}
            more={entry.moreHistory.value}
            showMore={entry.showMoreHistory}
            now={now}
          />
        </div>
        <aside class="rail" aria-label="Facts">
          <Facts detail={detail} mayChange={mayChange} judge={entry.judge} />
          <BeforeClosing detail={detail} />
          <Elsewhere links={detail.work.links} mayChange={mayChange} judge={entry.judge} />
        </aside>
      </div>
    </>
  )
}
