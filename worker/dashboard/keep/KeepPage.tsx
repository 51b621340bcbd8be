import { useModel } from '@preact/signals'
import { useLocation } from 'preact-iso'
import { useEffect } from 'preact/hooks'

import type { KeepApi } from '#shared/api/keep'
import type { TriageApi } from '#shared/api/triage'

import { Icon } from '../parts/Icon'
import { Loading } from '../parts/Loading'
import { newId } from '../parts/new-id'
import { Page } from '../parts/Page'
import { Toast } from '../parts/Toast'
import { Trouble } from '../parts/Trouble'
import { KeepItem } from './KeepItem'
import { type Keep, KeepModel, type KeepShow } from './keep'
import { ThankDialog } from './ThankDialog'

interface KeepPageProps {
  api: KeepApi & TriageApi
  now: number
  /** The role may say that the team was thanked. */
  mayThank: boolean
}

const VIEWS = [
  ['all', 'All'],
  ['kept', 'Kept'],
  ['shared', 'Shared'],
] as const

/** What leaders liked: it has no impact and no effort, only somebody to thank. */
export function KeepPage({ api, now, mayThank }: KeepPageProps) {
  const { query } = useLocation()
  const show = VIEWS.find(([view]) => view === query['state'])?.[0] ?? 'all'
  const keep = useModel(() => new KeepModel({ api, newId }))
  useEffect(() => void keep.show(show), [keep, show])
  const state = keep.state.value
  const thanking = keep.thanking.value
  return (
    <Page title="Keep" class="keep-page">
      <header class="head">
        <h1>Keep</h1>
        <p class="soft">What leaders liked, newest first</p>
      </header>
      <nav class="views" aria-label="Views">
        {VIEWS.map(([view, words]) => (
          <a
            key={view}
            href={view === 'all' ? '/keep' : `/keep?state=${view}`}
            {...(view === show && { 'aria-current': 'page' as const })}
          >
            {words}
          </a>
        ))}
      </nav>
      {state.status === 'loading' && <Loading />}
      {(state.status === 'failed' || state.status === 'missing') && (
        <Trouble retry={() => void keep.show(show)} />
      )}
      {state.status === 'ready' &&
        (state.value.entries.length === 0 ? (
          <div class="sorted card">
            <p>{NOTHING[show]}</p>
          </div>
        ) : (
          <ul class="kept card">
            {state.value.entries.map((entry) => (
              <KeepItem
                key={entry.number}
                entry={entry}
                now={now}
                thank={mayThank ? () => keep.startThanking(entry) : null}
              />
            ))}
          </ul>
        ))}
      {state.status === 'ready' && state.value.next !== null && <More keep={keep} />}
      {thanking && (
        <ThankDialog
          entry={thanking}
          sharing={keep.sharing.value}
          share={(words) => void keep.share(words)}
          onClose={keep.stopThanking}
        />
      )}
      <ShareToast keep={keep} />
    </Page>
  )
}

const NOTHING: Record<KeepShow, string> = {
  all: 'Nothing here yet. What leaders like on a walk is kept here.',
  kept: 'Every team has been thanked.',
  shared: 'No team has been thanked yet.',
}

function More({ keep }: { keep: Keep }) {
  const more = keep.more.value
  return (
    <p>
      <button
        class="btn"
        type="button"
        disabled={more === 'loading'}
        aria-busy={more === 'loading'}
        onClick={() => void keep.showMore()}
      >
        <Icon name="down" /> {more === 'loading' ? 'Loading…' : 'Show more'}
      </button>
      {more === 'failed' && <span class="meta run"> We could not load more. Nothing is lost.</span>}
    </p>
  )
}

function ShareToast({ keep }: { keep: Keep }) {
  const sharing = keep.sharing.value
  if (sharing.status === 'shared') {
    return (
      <Toast
        sentence={`#${sharing.number} is shared: the team was thanked.`}
        act="Undo"
        onAct={() => void keep.undo()}
        onGone={keep.dismiss}
      />
    )
  }
  if (sharing.status === 'undone') {
    return <Toast sentence="Undone. It waits to be shared again." onGone={keep.dismiss} />
  }
  if (sharing.status === 'failed' && keep.thanking.value === null) {
    return <Toast sentence={sharing.sentence} onGone={keep.dismiss} />
  }
  return null
}
