import { type Clock, sayClock } from '#shared/clock'

import { Icon } from '../parts/Icon'

/** One 24-hour clock: icon and words, crimson only once it has run out. */
export function ClockPill({ clock, now }: { clock: Clock; now: number }) {
  const { look, words } = sayClock(clock, now)
  const tone = look === 'over' ? 'pill late' : look === 'done' ? 'pill done' : 'pill'
  return (
    <span class={tone}>
      <Icon name={look === 'done' ? 'check' : 'clock'} />
      {words}
    </span>
  )
}
