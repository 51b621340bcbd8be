import { Icon } from '../parts/Icon'
import { toLongDay } from '../words'
import type { PlaybackState, Shown } from './playback'

/** Which walk of the same errand lies beside this one; nothing where there is none. */
export function CompareSelect({ playback, shown }: { playback: PlaybackState; shown: Shown }) {
  const other = playback.other.value
  const { sameErrand } = shown.detail
  if (sameErrand.length === 0) return null
  const beside = other.status === 'ready' ? (other.value?.detail.walk.id ?? '') : ''
  return (
    <div class="acts">
      {other.status === 'failed' && (
        <span class="meta" role="alert">
          It could not be loaded.
        </span>
      )}
      <label class="pick compare">
        <Icon name="again" />
        <span>Compared with</span>
        <select
          value={beside}
          aria-busy={other.status === 'loading'}
          onChange={({ currentTarget }) =>
            void playback.compareWith(currentTarget.value === '' ? null : currentTarget.value)
          }
        >
          <option value="">nothing</option>
          {sameErrand.map(({ id, startedAt }) => (
            <option key={id} value={id}>
              {toLongDay(startedAt)}
            </option>
          ))}
        </select>
        <Icon name="down" />
      </label>
    </div>
  )
}
