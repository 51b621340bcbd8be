import type { ComponentChildren } from 'preact'

import type { IconName } from '#shared/style/icons'

import { Icon } from './Icon'

interface NoticeProps {
  icon?: IconName
  /** `late`: it needs somebody. `done`: it worked. */
  tone?: 'plain' | 'late' | 'done'
  /** Read out when it appears: at once for what went wrong, politely for the rest. */
  live?: boolean
  children: ComponentChildren
}

/** A sentence with an icon, at the place it concerns. */
export function Notice({ icon = 'info', tone = 'plain', live = false, children }: NoticeProps) {
  const role = live ? { role: tone === 'late' ? ('alert' as const) : ('status' as const) } : {}
  return (
    <div class={tone === 'plain' ? 'notice' : `notice ${tone}`} {...role}>
      <Icon name={icon} />
      <div class="grow">{children}</div>
    </div>
  )
}
