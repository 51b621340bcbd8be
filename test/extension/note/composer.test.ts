import { beforeEach, describe, expect, test, vi } from 'vitest'

import { ComposerModel } from '../../../extension/note/composer'
import { findNote, listNotes } from '../../../extension/note/notes'
import { proofOf } from '../../../extension/picture/proof'
import type { KeptNote } from '../../../extension/storage/database'
import { SEARCH_PAGE, emptyDevice, keptNote, listener, surroundingsAt } from '../device'

const surroundings = surroundingsAt()
let database: Awaited<ReturnType<typeof emptyDevice>>
beforeEach(async () => {
  database = await emptyDevice()
})

const ATTACHMENT = {
  sha256: 'a'.repeat(64),
  type: 'image/png' as const,
  bytes: 3,
  width: 1,
  height: 1,
  covered: 2,
  uninspected: 0,
  everythingCovered: false,
}

const PICTURE = { sha256: ATTACHMENT.sha256, blob: new Blob(['abc']), state: 'kept' as const }

function composerOf(place = async () => SEARCH_PAGE) {
  const { told, say } = listener()
  const askedFor: string[] = []
  const saved: [KeptNote, KeptNote['state'] | undefined][] = []
  const composer = new ComposerModel({
    database,
    surroundings,
    place,
    takePicture: (noteId) => void askedFor.push(noteId),
    say,
    reopen: (noteId) => void composer.open(noteId),
    saving: (note) => () =>
      void findNote(database, note.id).then((found) => saved.push([note, found?.state])),
  })
  return { composer, told, askedFor, saved }
}

describe('the composer', () => {
  test('keeps a draft on the disk as soon as a mood is tapped, and asks for a picture', async () => {
    const { composer, askedFor } = composerOf()

    await composer.begin('embarrassed', null, null)

    const [note] = await listNotes(database)
    expect(note).toMatchObject({ state: 'draft', mood: 'embarrassed', place: SEARCH_PAGE })
    expect(askedFor).toEqual([note?.id])
  })

  test('tells of a note once it is kept, and never before', async () => {
    const { composer, saved } = composerOf()
    await composer.begin('embarrassed', null, null)
    composer.change({ words: 'Typed wifi' })
    expect(saved).toEqual([])

    await composer.save()

    await expect.poll(() => saved).toMatchObject([[{ words: 'Typed wifi' }, 'kept']])
  })

  test('forgets what a note was the same as when its mood changes', async () => {
    const { composer } = composerOf()
    const sameAs = { entryId: 'e', number: 12 }
    const note = await keptNote(database, surroundings, { sameAs })
    await composer.open(note.id)
    composer.change({ words: 'Other words' })
    expect(composer.note.value).toMatchObject({ sameAs })

    composer.change({ mood: 'liked' })
    await composer.save()

    expect(await findNote(database, note.id)).toMatchObject({ mood: 'liked', sameAs: null })
  })

  test('has words on the disk within half a second, and says so only then', async () => {
    const { composer } = composerOf()
    await composer.begin('embarrassed', null, null)

    composer.change({ words: 'Typed wifi' })
    expect(composer.status.value).toBe('writing')
    composer.change({ words: 'Typed wifi, got nothing.' })
    await vi.waitFor(() => expect(composer.status.value).toBe('kept'), { timeout: 500 })

    expect((await listNotes(database))[0]).toMatchObject({
      state: 'draft',
      words: 'Typed wifi, got nothing.',
    })
  })

  test('says so when the disk is full, holds on to the words, and keeps them once there is room', async () => {
    let isFull = false
    database = new Proxy(database, {
      get(target, name) {
        if (name === 'transaction' && isFull)
          return () => {
            throw new DOMException('no room', 'QuotaExceededError')
          }
        const value: unknown = Reflect.get(target, name)
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
    const { composer, told } = composerOf()
    await composer.begin('liked', null, null)
    isFull = true

    composer.change({ words: 'They called back.' })
    await composer.save()
    expect(composer.status.value).toBe('failed')
    expect(composer.isOpen.value).toBe(true)
    expect(told).toEqual([])

    isFull = false
    await composer.save()
    expect(await listNotes(database)).toMatchObject([{ words: 'They called back.', state: 'kept' }])
  })

  test('a draft has no first wording yet: half a sentence is none', async () => {
    const { composer } = composerOf()
    await composer.begin('embarrassed', null, null)
    composer.change({ words: 'Typed' })
    await composer.flush()
    composer.change({ words: 'Typed wifi, got nothing.' })

    await composer.save()

    expect((await listNotes(database))[0]).toMatchObject({
      state: 'kept',
      firstWords: 'Typed wifi, got nothing.',
    })
  })

  test('keeps the first wording when words are changed after Save', async () => {
    const { composer } = composerOf()
    const { id } = await keptNote(database, surroundings, { words: 'Typed wifi.' })

    await composer.open(id)
    composer.change({ words: 'Typed wifi, found nothing.' })
    await composer.save()

    expect(await findNote(database, id)).toMatchObject({
      words: 'Typed wifi, found nothing.',
      firstWords: 'Typed wifi.',
    })
  })

  test('liked takes kind, wince and money away', async () => {
    const { composer } = composerOf()
    await composer.begin('embarrassed', null, null)
    composer.change({ kind: 'slow', wince: 3, money: 'free' })

    composer.change({ mood: 'liked' })
    await composer.save()

    expect((await listNotes(database))[0]).toMatchObject({
      mood: 'liked',
      kind: null,
      wince: null,
      money: null,
    })
  })

  test('folding keeps a draft to go on with, and drops one that nobody wrote in', async () => {
    const { composer } = composerOf()
    await composer.begin('embarrassed', null, null)
    await composer.fold()
    expect(await listNotes(database)).toEqual([])

    await composer.begin('embarrassed', null, null)
    composer.change({ wince: 2 })
    await composer.fold()
    await composer.begin('liked', null, null)

    expect(composer.note.value).toMatchObject({ mood: 'liked', wince: null })
    expect(await listNotes(database)).toHaveLength(1)
  })

  test('a draft of an earlier walk is left to To finish, and a new note begins', async () => {
    const { composer } = composerOf()
    await composer.begin('embarrassed', null, null)
    composer.change({ words: 'Typed wifi' })
    await composer.close()

    await composer.begin('embarrassed', null, null)

    expect(composer.note.value).toMatchObject({ words: '' })
    expect(
      (await listNotes(database))
        .map(({ words }) => words)
        .toSorted((one, other) => one.length - other.length),
    ).toEqual(['', 'Typed wifi'])
  })

  test('a silent moment that is only looked at stays a silent moment', async () => {
    const { composer } = composerOf()
    const { id } = await keptNote(database, surroundings, { words: '' })

    await composer.open(id)
    await composer.fold()

    expect(await findNote(database, id)).toMatchObject({ state: 'kept', words: '' })
  })

  test('removing is undone by its toast', async () => {
    const { composer, told } = composerOf()
    const { id } = await keptNote(database, surroundings)
    await composer.open(id)

    await composer.remove()
    expect(await listNotes(database)).toEqual([])
    told.at(-1)?.undo?.()

    await vi.waitFor(async () =>
      expect(await findNote(database, id)).toMatchObject({ state: 'kept' }),
    )
  })

  test('a picture that comes while one types costs no words', async () => {
    const { composer } = composerOf()
    await composer.begin('embarrassed', null, null)
    composer.change({ words: 'Typed wifi' })
    const id = composer.note.value?.id ?? ''

    await composer.attach(id, ATTACHMENT, PICTURE, proofOf(ATTACHMENT, []))
    composer.change({ words: 'Typed wifi, got nothing.' })
    await composer.save()

    expect(await findNote(database, id)).toMatchObject({
      words: 'Typed wifi, got nothing.',
      attachments: [ATTACHMENT],
      proofs: [{ sha256: ATTACHMENT.sha256, added: 0 }],
    })
  })

  test('a picture and a slow page that answer at once both stay', async () => {
    const { composer } = composerOf(async () => {
      await new Promise((answer) => setTimeout(answer, 30))
      return SEARCH_PAGE
    })
    const begun = composer.begin('embarrassed', null, null)
    await vi.waitFor(() => expect(composer.note.value).not.toBeNull())
    const id = composer.note.value?.id ?? ''
    composer.change({ words: 'Typed' })

    await Promise.all([begun, composer.attach(id, ATTACHMENT, PICTURE, proofOf(ATTACHMENT, []))])
    await composer.flush()

    expect(await findNote(database, id)).toMatchObject({
      words: 'Typed',
      place: SEARCH_PAGE,
      attachments: [ATTACHMENT],
    })
  })

  test('a note that was sent is never written over', async () => {
    const { composer } = composerOf()
    const { id } = await keptNote(database, surroundings)
    await composer.open(id)
    const sent = { ...(await findNote(database, id)), state: 'sent' } as NonNullable<
      Awaited<ReturnType<typeof findNote>>
    >
    await database.put('note', sent)

    composer.change({ words: 'Something else' })
    await composer.save()

    expect(await findNote(database, id)).toMatchObject({
      state: 'sent',
      words: 'Typed wifi, got nothing.',
    })
  })
})
