/** Types of the messages between a page's trail and the background. */
export const TRAIL_STEP = 'trail-step'
const TRAIL_STOP = 'trail-stop'

/** Sent with `tabs.sendMessage` to end a tab's trail. */
export const stopMessage = { type: TRAIL_STOP } as const

export function isTrailStop(message: unknown): boolean {
  return (
    typeof message === 'object' &&
    message !== null &&
    'type' in message &&
    message.type === TRAIL_STOP
  )
}
