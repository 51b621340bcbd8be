import type { Channel } from '#shared/place'
import type { IconName } from '#shared/style/icons'

export const CHANNEL_ICONS = {
  portal: 'portal',
  phone: 'phone',
  desk: 'desk',
  chat: 'tell',
  email: 'inbox',
} as const satisfies Record<Channel, IconName>
