import type { WalkPart } from '#shared/walk'
import type { Note } from '#shared/note'

import { newNote, newPart, newWalk, noteOp, partOp } from '../../support/ops'
import { type Device, newSender, push } from '../sync/support'
import { type Member, newMember, newWorkspace } from '../support/workspace'

/** A workspace in which two leaders walk, one of whom looks at the dashboard too. */
export async function newWalks() {
  const workspace = await newWorkspace()
  const leader: Member = await newMember(workspace, 'walker', 'Lena Leader')
  return {
    workspace,
    leader,
    owner: workspace.owner,
    viewer: await newMember(workspace, 'viewer'),
    lena: await newSender({ workspace, personId: leader.id }),
    dean: await newSender({ workspace }),
  }
}

let mid = 0

/** Sends a walk with its steps and notes; notes are of the walk. */
export async function sendWalk(
  device: Device,
  part: Partial<WalkPart> = {},
  notes: readonly Partial<Note>[] = [],
): Promise<{ walk: WalkPart['walk']; notes: Note[] }> {
  const whole = newPart({ walk: newWalk(), ...part })
  const noted = notes.map((note) => newNote({ walkId: whole.walk.id, ...note }))
  await push(device, [partOp((mid += 1), whole), ...noted.map((note) => noteOp((mid += 1), note))])
  return { walk: whole.walk, notes: noted }
}
