import type { WalkRow } from '#shared/api/walk'

import { Icon } from '../parts/Icon'
import { toDuration } from '../words'
import { doneInWords } from './walk-words'

const ICONS = { yes: 'check', partly: 'minus', no: 'close' } as const

interface OutcomeProps {
  walk: Pick<WalkRow, 'state' | 'done' | 'startedAt'>
  /** Unix ms. */
  now: number
}

/** Whether the customer got it done; while they wait, for how long by now. */
export function Outcome({ walk, now }: OutcomeProps) {
  if (walk.state === 'waiting') {
    return (
      <span class="pill">
        <Icon name="hold" /> waiting {toDuration(Math.max(0, now - walk.startedAt))}
      </span>
    )
  }
  if (walk.done === null) return <span class="pill plain">{doneInWords(walk)}</span>
  return (
    <span class={walk.done === 'yes' ? 'pill done' : 'pill'}>
      <Icon name={ICONS[walk.done]} /> {doneInWords(walk)}
    </span>
  )
}
