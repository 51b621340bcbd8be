import { useModel } from '@preact/signals'
import { useEffect } from 'preact/hooks'

import type { WalkApi, WalkRow } from '#shared/api/walk'

import { Icon } from '../parts/Icon'
import { Loading } from '../parts/Loading'
import { Tile } from '../parts/Tile'
import { Trouble } from '../parts/Trouble'
import { count, toDuration, toShortDay } from '../words'
import { Outcome } from './Outcome'
import { titleOf } from './walk-words'
import { type Walks, WalksModel } from './walks'

/** Every walk and shift, each a link to its playback. */
export function WalkList({ api, now }: { api: WalkApi; now: number }) {
  const walks = useModel(() => new WalksModel(api))
  useEffect(() => void walks.reload(), [walks])
  const state = walks.state.value
  if (state.status === 'loading') return <Loading />
  if (state.status !== 'ready') return <Trouble retry={() => void walks.reload()} />
  if (state.value.walks.length === 0) {
    return (
      <div class="sorted card">
        <p>No walk has been sent yet. They are walked and sent in the browser’s side panel.</p>
      </div>
    )
  }
  return (
    <>
      <ul class="walk-list card" aria-label="Walks">
        {state.value.walks.map((walk) => (
          <Item key={walk.id} walk={walk} now={now} />
        ))}
      </ul>
      {state.value.next !== null && <More walks={walks} />}
    </>
  )
}

function Item({ walk, now }: { walk: WalkRow; now: number }) {
  const { totals } = walk
  return (
    <li>
      {walk.worst === null ? (
        <span class="tile none" aria-hidden="true" />
      ) : (
        <Tile mood="embarrassed" wince={walk.worst} />
      )}
      <div>
        <a href={`/walks/${walk.id}`}>{titleOf(walk)}</a>
        <p class="meta">
          {[
            walk.leader ?? 'A leader',
            walk.persona === null ? null : `as ${walk.persona}`,
            walk.service,
            toShortDay(walk.startedAt),
            count(walk.notes, 'note'),
          ]
            .filter((part) => part !== null)
            .join(' · ')}
        </p>
      </div>
      <p class="took">
        <span class="num">{toDuration(totals.elapsedMs)}</span>
        <span class="meta">
          {totals.waitingMs > 0 ? `${toDuration(totals.waitingMs)} waiting` : 'no waiting'}
        </span>
      </p>
      <Outcome walk={walk} now={now} />
    </li>
  )
}

function More({ walks }: { walks: Walks }) {
  const more = walks.more.value
  return (
    <p>
      <button
        class="btn"
        type="button"
        disabled={more === 'loading'}
        aria-busy={more === 'loading'}
        onClick={() => void walks.showMore()}
      >
        <Icon name="down" /> {more === 'loading' ? 'Loading…' : 'Show more'}
      </button>
      {more === 'failed' && <span class="meta run"> We could not load more. Nothing is lost.</span>}
    </p>
  )
}
