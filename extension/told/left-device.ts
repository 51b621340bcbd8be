import { computed, createModel } from '@preact/signals'

import { live } from '../panel/live'
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
}

/** Proof of restraint, from the outbox itself: all that was ever let go, and when (C11). */
export const LeftDeviceModel = createModel((deps: { database: WinceDatabase }) => {
  const outbox = live<QueuedOp[]>(['outbox'], [], () =>
    deps.database.getAllFromIndex('outbox', 'byMid'),
  )
  const notes = live<KeptNote[]>(['note'], [], () => listNotes(deps.database))
  return {
    departures: computed(() => outbox.value.map(departureOf).toReversed()),
    /** Seen by nobody else so far. */
    staysHere: computed(() => notes.value.filter((note) => !isGone(note)).length),
  }
})

function departureOf({ opId, op, receiver, state, code, queuedAt }: QueuedOp): Departure {
  const common = { opId, at: queuedAt, server: receiver.server, state, code }
  if (state === 'taken-back') {
    const what = op.kind === 'walk.part' ? 'A timeline' : 'A note'
    return { ...common, what: `${what} that you took back`, pictures: 0 }
  }
  if (op.kind === 'note.add') {
    const { words, attachments } = op.payload
    return {
      ...common,
      what: words === '' ? 'A moment without words' : words,
      pictures: attachments.length,
    }
  }
  if (op.kind === 'note.recall') return { ...common, what: 'A note taken back', pictures: 0 }
  if (op.kind === 'walk.recall') return { ...common, what: 'A timeline taken back', pictures: 0 }
  const { walk, part, steps } = op.payload
  return {
    ...common,
    // Of a part that went long ago the steps are forgotten here, not their number there.
    what: `${walk.errand ?? 'A walk'}, part ${part}${state === 'past' ? '' : ` with ${steps.length} ${steps.length === 1 ? 'step' : 'steps'}`}`,
    pictures: 0,
  }
}
