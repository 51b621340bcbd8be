import { subjectOf } from '#shared/op'

import type { Device } from './device'
import type { Bad, OpRow } from './findings'
import type { Recall } from './recalled'
import type { Minted, World } from './world'

/** Every op that Send let go is in the log with the words it had, and what follows from it is there. */
export async function findLost(
  { ledger, refused, wiped, restores, backend }: World,
  devices: readonly Device[],
  log: ReadonlyMap<string, OpRow>,
  recalls: readonly Recall[],
): Promise<Bad[]> {
  // Signed out since, so no replay brings what a restore lost.
  const isForgotten = (opId: string) => restores > 0 && wiped.has(opId)
  const isRecalled = (id: string, workspaceId?: string) =>
    recalls.some(
      (recall) => recall.id === id && (workspaceId ?? recall.workspaceId) === recall.workspaceId,
    )
  const bad: Bad[] = []
  const { results: notes } = await backend.d1
    .prepare('SELECT id, words, person_id FROM note')
    .all<{ id: string; words: string; person_id: string }>()
  const noteById = new Map(notes.map((note) => [note.id, note]))
  const { results: steps } = await backend.d1
    .prepare('SELECT walk_id, seq FROM step')
    .all<{ walk_id: string; seq: number }>()
  const { results: walks } = await backend.d1
    .prepare('SELECT id, person_id FROM walk')
    .all<{ id: string; person_id: string }>()
  const walkOwners = new Map(walks.map(({ id, person_id: owner }) => [id, owner]))
  const stepKeys = new Set(steps.map(({ walk_id: walkId, seq }) => `${walkId}/${seq}`))
  // Whoever asked for it back does not miss it, even where a restore lost the tombstone too.
  const isUnwanted = (id: string, { workspaceId }: Minted['receiver']) =>
    isRecalled(id, workspaceId) ||
    [...ledger.ops.values()].some(
      ({ op, receiver }) =>
        receiver.workspaceId === workspaceId &&
        ((op.kind === 'note.recall' && op.payload.noteId === id) ||
          (op.kind === 'walk.recall' && op.payload.walkId === id)),
    )
  // Of what a recall takes back, something was refused: it may have come when nothing was there.
  const isRefusedOnce = (recall: Minted) =>
    addsOf(recall, ledger.ops).some(
      (add) => refused.has(add.opId) || isWalkOfOthers(add, ledger.ops),
    )
  const isThere = ({ op, receiver }: Minted) =>
    (op.kind === 'note.recall'
      ? noteById.get(op.payload.noteId)?.person_id
      : walkOwners.get(subjectOf(op))) === receiver.personId
  const lose = (what: string) => bad.push({ kind: 'lost', what })
  for (const minted of ledger.ops.values()) {
    const { opId, op } = minted
    const row = log.get(opId)
    if (row === undefined) {
      if (isForgotten(opId)) continue
      const { personId } = minted.receiver
      const owners =
        op.kind === 'note.add'
          ? [
              noteById.get(op.payload.id)?.person_id,
              ...recalls.filter(({ id }) => id === op.payload.id).map((each) => each.personId),
            ]
          : []
      const isOthers =
        owners.some((owner) => owner !== undefined && owner !== personId) ||
        // Somebody else's when it came, and a restore took that back: it was sent again since.
        (restores > 0 && owners.includes(personId) && isNoteOfOthers(minted, ledger.ops))
      if (op.kind === 'note.add' && isUnwanted(op.payload.id, minted.receiver)) continue
      // There was nothing to take back, or not then.
      const isRecall = op.kind === 'note.recall' || op.kind === 'walk.recall'
      if (isRecall && (!isThere(minted) || isRefusedOnce(minted))) continue
      if (op.kind === 'walk.part' && isUnwanted(op.payload.walk.id, minted.receiver)) continue
      // Refused for a reason, and said so; the note itself is judged below.
      if (!refused.has(opId) && !isOthers && !isWalkOfOthers(minted, ledger.ops))
        lose(
          `${op.kind} ${opId} of ${minted.device} is not on the server: ${await sayOf(devices, opId)}`,
        )
      continue
    }
    if (row.person_id !== minted.receiver.personId)
      lose(`${op.kind} ${opId} of ${minted.device} arrived as somebody else's`)
    if (op.kind === 'note.add' && isRecalled(op.payload.id, row.workspace_id)) continue
    if (op.kind === 'walk.part' && isRecalled(op.payload.walk.id, row.workspace_id)) continue
    if (row.payload !== JSON.stringify(op.payload)) lose(`${op.kind} ${opId} is not what was sent`)
    if (op.kind === 'note.add') {
      const variants = wordsOf(op.payload.id, ledger.ops)
      const words = noteById.get(op.payload.id)?.words
      if (words === undefined || !variants.has(words)) lose(`note ${op.payload.id} has other words`)
    } else if (op.kind === 'walk.part') {
      for (const { seq } of op.payload.steps)
        if (!stepKeys.has(`${op.payload.walk.id}/${seq}`))
          lose(`step ${seq} of walk ${op.payload.walk.id} is not on the server`)
    }
  }
  bad.push(...(await findLostPictures({ ledger, backend }, log, isRecalled, isForgotten)))
  for (const device of devices) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other, as everything here
    for (const note of await device.observed.getAll('note'))
      if (note.state === 'sent' && !noteById.has(note.id) && !isRecalled(note.id)) {
        const adds = [...ledger.ops.values()].filter(
          ({ op }) => op.kind === 'note.add' && subjectOf(op) === note.id,
        )
        // Its recall was refused after the sign-out, so it counts as sent; a restore lost it.
        if (adds.length === 0 || adds.some(({ opId }) => !isForgotten(opId)))
          lose(`note ${note.id} was said to be sent`)
      }
  }
  return bad
}

/** What the devices themselves think of an op. */
async function sayOf(devices: readonly Device[], opId: string): Promise<string> {
  const said = devices.map(async ({ name, observed }) => {
    const queued = await observed.get('outbox', opId)
    return queued && `${name} says ${queued.state} ${queued.code ?? ''}`
  })
  return (await Promise.all(said)).filter(Boolean).join(', ')
}

/**
 * One walk was sent to two people's registers: the first owns it, and the others are refused until
 * it is taken back there.
 */
export function isWalkOfOthers(
  { op, receiver }: Minted,
  ops: ReadonlyMap<string, Minted>,
): boolean {
  if (op.kind === 'note.recall') return false
  const walkId = op.kind === 'walk.part' ? op.payload.walk.id : op.payload.walkId
  if (walkId === null) return false
  for (const other of ops.values())
    if (
      other.op.kind === 'walk.part' &&
      other.op.payload.walk.id === walkId &&
      other.receiver.personId !== receiver.personId
    )
      return true
  return false
}

/** One note was sent to two people's registers, from copies of a profile. */
function isNoteOfOthers({ op, receiver }: Minted, ops: ReadonlyMap<string, Minted>): boolean {
  return [...ops.values()].some(
    (other) =>
      other.op.kind === 'note.add' &&
      subjectOf(other.op) === subjectOf(op) &&
      other.receiver.personId !== receiver.personId,
  )
}

/** What brought to the same receiver the thing that this op takes back. */
export function addsOf(
  { op: recall, receiver }: Minted,
  ops: ReadonlyMap<string, Minted>,
): readonly Minted[] {
  const kind = recall.kind === 'note.recall' ? 'note.add' : 'walk.part'
  return [...ops.values()].filter(
    (other) =>
      other.op.kind === kind &&
      subjectOf(other.op) === subjectOf(recall) &&
      other.receiver.personId === receiver.personId,
  )
}

/** A note may be sent twice with other words: from two copies of a profile. */
function wordsOf(noteId: string, ops: ReadonlyMap<string, Minted>): Set<string> {
  const words = new Set<string>()
  for (const { op } of ops.values())
    if (op.kind === 'note.add' && op.payload.id === noteId) words.add(op.payload.words)
  return words
}

async function findLostPictures(
  { ledger, backend }: Pick<World, 'ledger' | 'backend'>,
  log: ReadonlyMap<string, OpRow>,
  isRecalled: (noteId: string, workspaceId: string) => boolean,
  isForgotten: (opId: string) => boolean,
): Promise<Bad[]> {
  const { results } = await backend.d1
    .prepare('SELECT note_id, sha256, state FROM attachment')
    .all<{ note_id: string; sha256: string; state: string }>()
  const states = new Map(results.map((row) => [`${row.note_id}/${row.sha256}`, row.state]))
  const bucket = await backend.bucket()
  const bad: Bad[] = []
  for (const { opId, op, device } of ledger.ops.values()) {
    const row = log.get(opId)
    if (row === undefined || op.kind !== 'note.add') continue
    if (isRecalled(op.payload.id, row.workspace_id) || isForgotten(opId)) continue
    for (const { sha256, bytes } of op.payload.attachments) {
      const state = states.get(`${op.payload.id}/${sha256}`)
      const stored = bucket.get(`o/${row.workspace_id}/${sha256}`)
      const isFirst = [...ledger.ops.values()].every(
        (other) =>
          other.opId === opId ||
          other.op.kind !== 'note.add' ||
          other.op.payload.id !== op.payload.id,
      )
      if (state === undefined && !isFirst) continue
      if (state !== 'stored' || stored?.byteLength !== bytes)
        bad.push({
          kind: 'lost',
          what: `picture ${sha256.slice(0, 8)} of note ${op.payload.id} from ${device} is ${state}, ${stored?.byteLength} of ${bytes} bytes`,
        })
    }
  }
  return bad
}
