import { computed, createModel, effect, signal, untracked } from '@preact/signals'

import type { Attachment } from '#shared/attachment'

import type { CapturedPicture, CoverCounts } from '../picture/draw'
import type { OpenShotsModel } from '../picture/open-shots'
import type { Drawing } from '../picture/paint'
import type { PictureProof } from '../picture/proof'
import { isNoRoom } from '../storage/room'
import { type Source, countsOf, drawingOf, editedProof } from './drawing'
import { type Edit, type History, beginHistory, doEdit, redoEdit, undoEdit } from './edits'

export interface PictureWorkDeps {
  noteId: string
  /** The picture as it is kept. */
  attachment: Attachment
  proof: PictureProof | undefined
  shots: Pick<OpenShotsModel, 'held' | 'edits' | 'letGo'>
  /** The masked picture, for where its shot is gone. The model closes it. */
  openMasked(sha256: string): Promise<ImageBitmap | undefined>
  burn(bitmap: ImageBitmap, drawing: Drawing, counts: CoverCounts): Promise<CapturedPicture>
  /** Puts the new picture in place of the kept one; false where the note has gone by now. */
  keep(made: CapturedPicture, proof: PictureProof): Promise<boolean>
  /** It is used, or there was nothing to change. */
  onUsed(attachment: Attachment): void
}

/** What a picture is made of and what is being made of it, until it is used. */
export const PictureWorkModel = createModel((deps: PictureWorkDeps) => {
  const { attachment, shots } = deps
  const masked = signal<ImageBitmap | null>(null)
  const history = signal<History | null>(null)
  const space = signal({ width: attachment.width, height: attachment.height })
  const status = signal<'editing' | 'keeping' | 'no-room' | 'failed' | 'gone'>('editing')

  const source = computed<Source | null>(() => {
    const shot = shots.held.value
    const bitmap = masked.value
    const size = space.value
    if (shot?.noteId === deps.noteId && shot.sha256 === attachment.sha256) {
      const { plan } = shot
      return { bitmap: shot.bitmap, space: plan.viewport, covers: plan.covers, canReveal: true }
    }
    return bitmap && { bitmap, space: size, covers: [], canReveal: false }
  })

  // Where the shot has gone, also while it is worked on, the masked picture takes its place.
  effect(() => {
    if (source.value !== null) return undefined
    let isOver = false
    deps.openMasked(attachment.sha256).then(
      (bitmap) => {
        if (isOver) bitmap?.close()
        else if (bitmap === undefined) status.value = 'failed'
        else masked.value = bitmap
      },
      (error: unknown) => {
        console.error('picture not read', error)
        status.value = 'failed'
      },
    )
    return () => {
      isOver = true
    }
  })
  effect(() => () => masked.peek()?.close())

  effect(() => {
    const from = source.value
    if (from === null || untracked(() => history.value) !== null) return
    space.value = from.space
    const before = untracked(() => shots.edits.value)
    const isSame = before?.noteId === deps.noteId && before.sha256 === attachment.sha256
    if (isSame && before.history.coverCount === from.covers.length) {
      history.value = before.history
      return
    }
    const { width, height } = from.space
    const first = {
      everything: from.canReveal && attachment.everythingCovered,
      marks: [],
      uncovered: new Map(),
      crop: [0, 0, width, height] as const,
    }
    history.value = beginHistory(first, from.covers.length)
  })

  const edited = computed(() => history.value?.now ?? null)

  /** @returns whether anything came of it */
  function change(work: (history: History) => History): boolean {
    const before = history.peek()
    if (before === null || status.peek() === 'keeping') return false
    const after = work(before)
    history.value = after
    // Somebody who goes back to the note finds it as they left it.
    shots.edits.value = { noteId: deps.noteId, sha256: attachment.sha256, history: after }
    return after !== before
  }

  return {
    source,
    history,
    edited,
    space,
    status,
    drawing: computed(() => {
      const from = source.value
      const now = edited.value
      return from && now && drawingOf(from, now)
    }),
    /** The attachment as it would be if the picture were used now. */
    counts: computed(() => {
      const from = source.value
      const now = edited.value
      return from && now ? { ...attachment, ...countsOf(from, now, attachment) } : attachment
    }),
    apply: (edit: Edit) => change((before) => doEdit(before, edit)),
    undo: () => change(undoEdit),
    redo: () => change(redoEdit),

    /** Burns everything in. Ends with the picture used, or with a status that says why not. */
    async use(): Promise<void> {
      const from = source.peek()
      const past = history.peek()
      if (from === null || past === null || status.peek() === 'keeping') return
      if (past.done.length === 0) {
        shots.letGo(deps.noteId)
        deps.onUsed(attachment)
        return
      }
      status.value = 'keeping'
      try {
        const counts = countsOf(from, past.now, attachment)
        const made = await deps.burn(from.bitmap, drawingOf(from, past.now), counts)
        const proof = editedProof(from, past.now, made.attachment, deps.proof)
        if (!(await deps.keep(made, proof))) {
          status.value = 'gone'
          return
        }
        shots.edits.value = null
        shots.letGo(deps.noteId)
        deps.onUsed(made.attachment)
      } catch (error) {
        if (!isNoRoom(error)) console.error('picture not used', error)
        status.value = isNoRoom(error) ? 'no-room' : 'failed'
      }
    },
  }
})
