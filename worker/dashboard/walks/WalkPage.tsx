import { useModel } from '@preact/signals'
import { useEffect } from 'preact/hooks'

import type { WalkApi } from '#shared/api/walk'

import type { Clock } from '../clock'
import { Icon } from '../parts/Icon'
import { Loading } from '../parts/Loading'
import { Page } from '../parts/Page'
import { Trouble } from '../parts/Trouble'
import { toLongDay } from '../words'
import { CompareSelect } from './CompareSelect'
import { Figures } from './Figures'
import { Moment } from './Moment'
import { PlaybackModel, type PlaybackState, type Shown } from './playback'
import { Stage } from './Stage'
import { StepList } from './StepList'
import { usePlaybackKeys } from './use-playback-keys'
import { titleOf, walkInWords } from './walk-words'

interface WalkPageProps {
  api: WalkApi
  clock: Clock
  walkId: string
  /** The walk to lie beside it; null for the newest earlier one. */
  besideId: string | null
  /** The role may open entries and menus. */
  readsRegister: boolean
}

/** A walk played back, beside an earlier one of the same errand. */
export function WalkPage(props: WalkPageProps) {
  const playback = useModel(() => new PlaybackModel(props))
  useEffect(() => void playback.reload(), [playback])
  const state = playback.state.value
  const walk = state.status === 'ready' ? state.value.detail.walk : null
  return (
    <Page title={walk === null ? 'Walk' : titleOf(walk)} class="playback">
      <nav class="crumb" aria-label="Where you are">
        <a href="/walks">Walks</a>
        <span aria-hidden="true">›</span>
        <span>{walk === null ? 'A walk' : toLongDay(walk.startedAt)}</span>
      </nav>
      {state.status === 'ready' ? (
        <Played playback={playback} shown={state.value} />
      ) : (
        <>
          <h1 class="vh">A walk</h1>
          {state.status === 'loading' && <Loading />}
          {state.status === 'missing' && (
            <p>There is no such walk, or its timeline was taken back.</p>
          )}
          {state.status === 'failed' && <Trouble retry={() => void playback.reload()} />}
        </>
      )}
    </Page>
  )
}

function Played({ playback, shown }: { playback: PlaybackState; shown: Shown }) {
  const { walk } = shown.detail
  const hasClock = walk.kind === 'errand'
  usePlaybackKeys(playback)
  return (
    <>
      <header class="lead">
        <div>
          <h1>{walk.errand === null ? titleOf(walk) : `“${walk.errand}”`}</h1>
          <p class="soft">{walkInWords(walk)}</p>
        </div>
        <div class="acts">
          <CompareSelect playback={playback} shown={shown} />
          <a class="btn quiet" href={`/walks/${walk.id}/story`}>
            <Icon name="tell" /> Show in a meeting
          </a>
        </div>
      </header>
      {hasClock && <Stage playback={playback} shown={shown} />}
      <div class="cols">
        <StepList playback={playback} shown={shown} hasClock={hasClock} />
        <Moment playback={playback} shown={shown} hasClock={hasClock} />
        {hasClock && <Figures playback={playback} shown={shown} />}
      </div>
    </>
  )
}
