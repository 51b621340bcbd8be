import * as v from 'valibot'

import { Id } from '#shared/id'
import { Note } from '#shared/note'
import { Ms } from '#shared/text'
import { WalkPart } from '#shared/walk'

const envelope = {
  /** Minted once, with the op; the server acts on it once for ever (S-2). */
  opId: Id,
  /** Counts up by one on each device; ops of one device keep this order (S-4). */
  mid: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  /** When Send was pressed, Unix ms on the walker's clock. */
  at: Ms,
}

/** Takes a note back: its words and its picture go, everywhere. */
const NoteRecall = v.looseObject({ noteId: Id })

/** Takes back what was sent of a walk's timeline: its steps, and what its parts say of the walk. */
const WalkRecall = v.looseObject({ walkId: Id })

/** What leaves a device when a walker presses Send. New kinds may be added, none is ever changed. */
export const Op = v.variant('kind', [
  v.looseObject({ ...envelope, kind: v.literal('walk.part'), payload: WalkPart }),
  v.looseObject({ ...envelope, kind: v.literal('note.add'), payload: Note }),
  v.looseObject({ ...envelope, kind: v.literal('note.recall'), payload: NoteRecall }),
  v.looseObject({ ...envelope, kind: v.literal('walk.recall'), payload: WalkRecall }),
])
export type Op = v.InferOutput<typeof Op>
export type OpKind = Op['kind']
export type OpOf<Kind extends OpKind> = Extract<Op, { kind: Kind }>

/** Id of the note or the walk that an op is about; ops about the same one must arrive in order. */
export function subjectOf(op: Op): string {
  switch (op.kind) {
    case 'note.add':
      return op.payload.id
    case 'walk.part':
      return op.payload.walk.id
    case 'note.recall':
      return op.payload.noteId
    case 'walk.recall':
      return op.payload.walkId
  }
}

export const OP_KINDS: readonly OpKind[] = ['walk.part', 'note.add', 'note.recall', 'walk.recall']
