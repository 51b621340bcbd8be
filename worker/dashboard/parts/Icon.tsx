import { ICONS, SOLID_ICON_PARTS, type IconName } from '#shared/style/icons'

/** A drawing beside words that say the same; screen readers pass it by. */
export function Icon({ name, small }: { name: IconName; small?: boolean }) {
  const solid = SOLID_ICON_PARTS[name]
  return (
    <svg class={small ? 'i s' : 'i'} viewBox="0 0 20 20" aria-hidden="true">
      <path d={ICONS[name]} />
      {solid && <path d={solid} fill="currentColor" />}
    </svg>
  )
}
