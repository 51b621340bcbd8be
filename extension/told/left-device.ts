import { computed, createModel } from '@preact/signals'

import { live } from '../panel/live'
import type { PictureProof } from '../picture/proof'
import type { KeptNote, QueuedOp, WinceDatabase } from '../storage/database'
import { isGone, listNotes } from '../note/notes'

/** One thing that left, or waits to. */
export interface Departure {
  opId: string
  what: string
  at: number
  server: string
  state: QueuedOp['state']
  code: string | null
  pictures: number
  /** What was covered in these pictures, as far as this device still knows. */
  proofs: PictureProof[]
}

/** Proof of restraint, from the outbox itself: all that was ever let go, and when (C11). */
export const LeftDeviceModel = createModel((deps: { database: WinceDatabase }) => {
  const outbox = live<QueuedOp[]>(['outbox'], [], () =>
    deps.database.getAllFromIndex('outbox', 'byMid'),
  )
  const notes = live<KeptNote[]>(['note'], [], () => listNotes(deps.database))
  return {
    departures: computed(() => {
      const proofs = new Map(notes.value.map((note) => [note.id, note.proofs ?? []]))
      return outbox.value.map((queued) => departureOf(queued, proofs)).toReversed()
    }),
    /** Seen by nobody else so far. */
    staysHere: computed(() => notes.value.filter((note) => !isGone(note)).length),
  }
})

function departureOf(
  { opId, op, receiver, state, code, queuedAt }: QueuedOp,
  proofs: ReadonlyMap<string, PictureProof[]>,
): Departure {
  const common = {
    opId,
    at: queuedAt,
    server: receiver.server,
    state,
    code,
    pictures: 0,
    proofs: [],
  }
  if (state === 'taken-back') {
    const what = op.kind === 'walk.part' ? 'A timeline' : 'A note'
    return { ...common, what: `${what} that you took back` }
  }
  if (op.kind === 'note.add') {
    const { id, words, attachments } = op.payload
    const sent = new Set(attachments.map(({ sha256 }) => sha256))
    return {
      ...common,
      what: words === '' ? 'A moment without words' : words,
      pictures: attachments.length,
      proofs: proofs.get(id)?.filter(({ sha256 }) => sent.has(sha256)) ?? [],
    }
  }
  if (op.kind === 'note.recall') return { ...common, what: 'A note taken back' }
  if (op.kind === 'walk.recall') return { ...common, what: 'A timeline taken back' }
  const { walk, part, steps } = op.payload
  return {
    ...common,
    // Of a part that went long ago the steps are forgotten here, not their number there.
    what: `${walk.errand ?? (walk.kind === 'shift' ? 'A desk shift' : 'A walk')}, part ${part}${state === 'past' ? '' : ` with ${steps.length} ${steps.length === 1 ? 'step' : 'steps'}`}`,
  }
}
