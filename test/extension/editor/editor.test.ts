import { beforeEach, describe, expect, test, vi } from 'vitest'

import { PictureEditorModel } from '../../../extension/editor/editor'
import { replacePicture } from '../../../extension/editor/keep-picture'
import type { PictureWorkDeps } from '../../../extension/editor/work'
import { findNote, findPicture } from '../../../extension/note/notes'
import type { CapturedPicture } from '../../../extension/picture/draw'
import { OpenShotsModel } from '../../../extension/picture/open-shots'
import type { Drawing } from '../../../extension/picture/paint'
import { proofOf } from '../../../extension/picture/proof'
import { emptyDevice, keptNote, surroundingsAt } from '../device'
import { COVERS, bitmapOf, shotOf } from '../picture/shots'

const surroundings = surroundingsAt()
let database: Awaited<ReturnType<typeof emptyDevice>>
beforeEach(async () => {
  database = await emptyDevice()
})

const OLD = 'a'.repeat(64)
const NEW = 'b'.repeat(64)
const attachment = {
  sha256: OLD,
  type: 'image/webp' as const,
  bytes: 3,
  width: 640,
  height: 400,
  covered: 3,
  uninspected: 1,
  everythingCovered: false,
}

/** The editor of a note's picture, on a real disk; only the painting is the browser tests'. */
async function openEditor({ everythingCovered = false, isHeld = true, isFull = false } = {}) {
  const kept = { ...attachment, everythingCovered }
  const proof = proofOf(kept, COVERS)
  await database.put('picture', { sha256: OLD, blob: new Blob(['old']), state: 'kept' })
  const note = await keptNote(database, surroundings, { attachments: [kept], proofs: [proof] })
  const shots = new OpenShotsModel()
  const shot = shotOf({ everythingCovered })
  if (isHeld) shots.hold(note.id, OLD, shot)
  const masked = bitmapOf(640, 400)
  const drawn: Drawing[] = []
  const used: string[] = []
  const deps: PictureWorkDeps = {
    noteId: note.id,
    attachment: kept,
    proof,
    shots,
    openMasked: async () => masked,
    burn: async (_bitmap, drawing, counts): Promise<CapturedPicture> => {
      drawn.push(drawing)
      return {
        blob: new Blob(['new!']),
        attachment: { ...kept, sha256: NEW, bytes: 4, ...counts },
      }
    },
    keep: async (made, next) => {
      if (isFull) throw new DOMException('no room', 'QuotaExceededError')
      return (await replacePicture(database, note.id, OLD, made, next)) !== undefined
    },
    onUsed: ({ sha256 }) => void used.push(sha256),
  }
  const editor = new PictureEditorModel(deps)
  await vi.waitFor(() => expect(editor.edited.value).not.toBeNull())
  return { editor, deps, note, shots, shot, masked, drawn, used }
}

describe('the picture editor', () => {
  test('uses a picture with what was revealed and added, and forgets the one before', async () => {
    const { editor, note, shot, shots, drawn, used } = await openEditor()

    editor.ask(2)
    editor.uncover('it is a label, not data')
    editor.placeInMiddle()
    editor.nudge([8, 0], false)
    await editor.use()

    expect(used).toEqual([NEW])
    expect(drawn[0]?.ink).toEqual([
      [486, 14, 134, 24],
      [44, 178, 252, 30],
      [344, 254, 252, 30],
      [248, 176, 160, 48],
    ])
    expect(await findNote(database, note.id)).toMatchObject({
      attachments: [{ sha256: NEW, covered: 3, uninspected: 1, everythingCovered: false }],
      proofs: [
        {
          sha256: NEW,
          covered: { pattern: 1, field: 1, uninspected: 1 },
          uncovered: [{ what: 'Form field “Cost centre”', reason: 'it is a label, not data' }],
          added: 1,
        },
      ],
    })
    expect(await findPicture(database, OLD)).toBeUndefined()
    expect(await findPicture(database, NEW)).toMatchObject({ state: 'kept' })
    expect(shot.bitmap.isClosed()).toBe(true)
    expect(shots.held.value).toBeNull()
  })

  test('leaves the bytes of a picture that another note shows too', async () => {
    const { editor } = await openEditor()
    await keptNote(database, surroundings, { attachments: [attachment] })

    editor.placeInMiddle()
    await editor.use()

    expect(await findPicture(database, OLD)).toMatchObject({ state: 'kept' })
  })

  test('writes nothing where nothing was changed, and lets the shot go all the same', async () => {
    const { editor, shot, drawn, used } = await openEditor()

    await editor.use()

    expect([drawn, used]).toEqual([[], [OLD]])
    expect(shot.bitmap.isClosed()).toBe(true)
  })

  test('never replaces the picture of a note that was sent meanwhile', async () => {
    const { editor, note, used } = await openEditor()
    editor.placeInMiddle()
    await database.put('note', { ...note, state: 'queued' })

    await editor.use()

    expect(editor.status.value).toBe('gone')
    expect(used).toEqual([])
    expect(await findNote(database, note.id)).toMatchObject({ attachments: [{ sha256: OLD }] })
  })

  test('asks why before a cover comes off, and Esc leaves it on', async () => {
    const { editor } = await openEditor()

    editor.ask(1)
    expect(editor.asking.value).toBe(1)
    expect(editor.focus.value).toBe('why')
    editor.uncover('   ')
    expect(editor.asking.value).toBe(1)
    editor.drop()

    expect(editor.asking.value).toBeNull()
    expect(editor.focus.value).toBe('act-1')
    expect(editor.edited.value?.uncovered.size).toBe(0)
  })

  test('shows parts where everything is covered, and no cover inside them', async () => {
    const { editor, drawn } = await openEditor({ everythingCovered: true })
    expect(editor.counts.value.everythingCovered).toBe(true)

    editor.pick('reveal')
    editor.drawn([0, 150], [320, 300])
    await editor.use()

    expect(drawn[0]).toMatchObject({ shown: [[0, 150, 320, 150]], crop: null })
    expect(drawn[0]?.ink).toHaveLength(4)
  })

  test('without its shot there is nothing to reveal, and what was covered stays covered', async () => {
    const { editor, note, masked } = await openEditor({ isHeld: false })

    expect(editor.source.value).toMatchObject({ canReveal: false, covers: [] })
    editor.ask(0)
    expect(editor.asking.value).toBeNull()
    editor.placeInMiddle()
    await editor.use()

    expect(await findNote(database, note.id)).toMatchObject({
      attachments: [{ covered: 4, uninspected: 1 }],
      proofs: [{ sha256: NEW, covered: { field: 2 }, added: 1 }],
    })
    editor[Symbol.dispose]()
    expect(masked.isClosed()).toBe(true)
  })

  test('says so where the picture itself is gone from the disk', async () => {
    const { editor, deps } = await openEditor()
    editor[Symbol.dispose]()
    deps.shots.letGo()

    const blind = new PictureEditorModel({ ...deps, openMasked: async () => undefined })

    await vi.waitFor(() => expect(blind.status.value).toBe('failed'))
  })

  test('a shot that goes while it is worked on takes what was revealed with it', async () => {
    const { editor, shots, drawn } = await openEditor()
    editor.ask(1)
    editor.uncover('it is mine')
    editor.placeInMiddle()

    shots.letGo()
    await vi.waitFor(() => expect(editor.source.value?.canReveal).toBe(false))
    await editor.use()

    // The masked picture with the box: the cover is burned in there.
    expect(drawn[0]?.ink).toEqual([[240, 176, 160, 48]])
    expect(drawn[0]?.shown).toBeNull()
  })

  test('whoever goes back to the note and comes again goes on where they were', async () => {
    const { editor, deps, shots } = await openEditor()
    editor.ask(1)
    editor.uncover('it is mine')
    editor.placeInMiddle()
    editor[Symbol.dispose]()

    const again = new PictureEditorModel(deps)
    await vi.waitFor(() => expect(again.edited.value?.uncovered.get(1)).toBe('it is mine'))
    again.placeInMiddle()
    expect(again.edited.value?.marks.map(({ id }) => id)).toEqual([1, 2])
    again[Symbol.dispose]()
    shots.letGo()

    // Without its shot it begins anew: nothing can be revealed.
    const late = new PictureEditorModel(deps)
    await vi.waitFor(() => expect(late.edited.value).toMatchObject({ marks: [] }))
    expect(late.edited.value?.uncovered.size).toBe(0)
  })

  test('a full disk says so and leaves everything as it was', async () => {
    const { editor, note, shot } = await openEditor({ isFull: true })
    editor.placeInMiddle()

    await editor.use()

    expect(editor.status.value).toBe('no-room')
    expect(await findNote(database, note.id)).toMatchObject({ attachments: [{ sha256: OLD }] })
    expect(shot.bitmap.isClosed()).toBe(false)
  })
})

describe('drawing by keys and by pointer', () => {
  test('a box is moved and resized by keys, at most to the edge', async () => {
    const { editor } = await openEditor()
    editor.placeInMiddle()
    expect(editor.focus.value).toBe('mark-1')

    editor.nudge([8, 0], false)
    editor.nudge([0, 8], true)
    expect(editor.edited.value?.marks).toEqual([
      { id: 1, shape: 'cover', box: [248, 176, 160, 56] },
    ])
    editor.nudge([8_000, 0], false)

    expect(editor.edited.value?.marks).toMatchObject([{ box: [480, 176, 160, 56] }])
    expect(editor.undoWords.value).toBe('move box')
  })

  test('a crop is set by keys before it is made, and Esc leaves it', async () => {
    const { editor } = await openEditor()
    editor.pick('crop')
    editor.placeInMiddle()
    editor.nudgeDraft([8, 8], false)
    editor.drop()
    expect(editor.edited.value?.crop).toEqual([0, 0, 640, 400])

    editor.placeInMiddle()
    editor.nudgeDraft([-64, -40], true)
    editor.makeCrop()

    expect(editor.edited.value?.crop).toEqual([64, 40, 448, 280])
    expect(editor.focus.value).toBe('tool-crop')
  })

  test('a tap chooses what is there, and with Reveal asks why', async () => {
    const { editor } = await openEditor()

    editor.tap([100, 190])
    expect(editor.chosen.value).toEqual({ cover: 1 })
    editor.pick('reveal')
    expect(editor.asking.value).toBe(1)
    editor.drop()
    editor.tap([400, 260])

    expect(editor.asking.value).toBe(3)
  })

  test('undo and redo say what they undo', async () => {
    const { editor } = await openEditor()
    editor.pick('arrow')
    editor.drawn([300, 200], [200, 100])
    expect(editor.undoWords.value).toBe('draw arrow')

    editor.undo()
    expect([editor.undoWords.value, editor.redoWords.value]).toEqual([null, 'draw arrow'])
    editor.redo()

    expect(editor.edited.value?.marks).toMatchObject([{ shape: 'arrow', to: [200, 100] }])
  })
})
