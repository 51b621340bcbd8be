import { MORNING, newPart, newWalk, pageStep, partOp, topicNote } from '../../support/ops'
import { entriesOf, note } from '../grouping/support'
import { newMember } from '../support/workspace'
import { type Device, newSender, push, rows } from '../sync/support'

export const DAY = 86_400_000
/** Far from the numbers that `note` counts up. */
let mid = 1_000
export const nextMid = () => (mid += 1)
export const errand = {
  errand: 'My laptop won’t join the Wi-Fi',
  persona: 'A night nurse',
  service: 'Wi-Fi',
}

/** Somebody who walked an errand and noted it; their note opened entry 1. */
async function newLeader(given?: { workspace: Device['workspace'] }) {
  const device = await newSender(given)
  const walk = newWalk({ ...errand, state: 'done', endedAt: MORNING + 1_800_000 })
  const steps = [pageStep(1, '/wifi/join'), pageStep(2, '/requests/:id')]
  const totals = { ...newPart().totals, elapsedMs: 1_800_000, waitingMs: 600_000, pages: 2 }
  await push(device, [partOp(nextMid(), newPart({ walk, steps, totals }))])
  const noted = topicNote(0, { walkId: walk.id })
  await note(device, noted)
  return { device, walk, noted }
}

export async function newFixed(state = 'closed') {
  const leader = await newLeader()
  const reviewer = await newMember(leader.device.workspace, 'reviewer', 'Rita Reviewer')
  await setState(leader.device, state)
  return { ...leader, client: reviewer.client, entry: await entryOne(leader.device) }
}

export async function setState(device: Device, state: string) {
  await rows(
    'UPDATE entry SET state = ?, seq = 1 + (SELECT seq FROM workspace WHERE id = ?) WHERE workspace_id = ? AND number = 1',
    state,
    device.workspace.id,
    device.workspace.id,
  )
  await rows('UPDATE workspace SET seq = seq + 1 WHERE id = ?', device.workspace.id)
}

async function entryOne(device: Device) {
  const [entry] = await entriesOf(device)
  if (entry === undefined) throw new Error('no entry')
  return entry
}
