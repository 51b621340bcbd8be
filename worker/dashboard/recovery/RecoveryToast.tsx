import { Toast } from '../parts/Toast'
import type { FollowUps } from './follow-ups'

/** How the last thing went; a dialog that is open says it itself. */
export function RecoveryToast({ followUps }: { followUps: FollowUps }) {
  const said = followUps.said.value
  const isOpen = followUps.open.value !== null || followUps.isAdding.value
  if (said.what === 'nothing' || isOpen) return null
  return <Toast sentence={said.sentence} onGone={followUps.dismiss} />
}
