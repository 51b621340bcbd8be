import { ICONS, type IconName } from '../../shared/style/icons'

/** Decoration only: the words beside it, or the control's label, say what it means. */
export function Icon({ name, small = false }: { name: IconName; small?: boolean }) {
  return (
    <svg class={small ? 'i s' : 'i'} viewBox="0 0 20 20" aria-hidden="true">
      <path d={ICONS[name]} />
      {name === 'moment' && <circle cx="10" cy="10" r="2.4" fill="currentColor" />}
      {name === 'mask' && <rect x="5.6" y="8" width="8.8" height="4" rx=".6" fill="currentColor" />}
    </svg>
  )
}
