import { createModel, signal } from '@preact/signals'

import { DESIGN_MAX_BYTES, type DesignImport, type MenuApi, type MenuMap } from '#shared/api/menu'
import type { MenuPlaceNotes } from '#shared/api/menu'
import { menuKey } from '#shared/place-key'
import { utf8Length } from '#shared/text'

import { load, sentenceOf, type Load } from '../load'
import { count } from '../words'

type Problems = Extract<DesignImport, { problems: unknown }>['problems']

/** The dialog that imports a design, and what became of the last one. */
export type Importing =
  | { status: 'closed' }
  | { status: 'open' }
  | { status: 'working' }
  | { status: 'bad'; problems: Problems }
  | { status: 'failed'; sentence: string }
  | { status: 'done'; sentence: string }

/** The voice menu behind one number: its map, a place in it, and its design. */
export const MenuModel = createModel((api: MenuApi, key: string) => {
  const state = signal<Load<MenuMap>>({ status: 'loading' })
  /** The place whose notes are open; null while none is. */
  const place = signal<readonly string[] | null>(null)
  const notes = signal<Load<MenuPlaceNotes>>({ status: 'loading' })
  const more = signal<'resting' | 'loading' | 'failed'>('resting')
  const importing = signal<Importing>({ status: 'closed' })
  let version: number | undefined

  const show = (asked: number | undefined) => {
    version = asked
    place.value = null
    return load(state, () => api.getMenu(key, asked))
  }

  const askNotes = (path: readonly string[], after?: string) => {
    const shown = state.peek()
    const { notesFrom, notesBefore } =
      shown.status === 'ready' ? shown.value : { notesFrom: null, notesBefore: null }
    return api.listMenuNotes(key, {
      at: menuKey(path),
      ...(notesFrom !== null && { from: String(notesFrom) }),
      ...(notesBefore !== null && { before: String(notesBefore) }),
      ...(after !== undefined && { after }),
    })
  }

  const change = async (act: () => Promise<Importing>) => {
    importing.value = { status: 'working' }
    try {
      importing.value = await act()
    } catch (error) {
      importing.value = { status: 'failed', sentence: sentenceOf(error) }
    }
    if (importing.peek().status === 'done') await load(state, () => api.getMenu(key, version))
  }

  return {
    state,
    place,
    notes,
    more,
    importing,
    show,

    openPlace(path: readonly string[]): Promise<void> {
      place.value = path
      notes.value = { status: 'loading' }
      more.value = 'resting'
      return load(notes, () => askNotes(path))
    },
    closePlace(): void {
      place.value = null
    },
    async showMoreNotes(): Promise<void> {
      const before = notes.peek()
      const path = place.peek()
      if (before.status !== 'ready' || before.value.next === null || path === null) return
      more.value = 'loading'
      try {
        const page = await askNotes(path, before.value.next)
        more.value = 'resting'
        if (notes.peek() !== before) return
        const all = [...before.value.notes, ...page.notes]
        notes.value = { status: 'ready', value: { notes: all, next: page.next } }
      } catch (error) {
        console.error('not loaded', error)
        more.value = 'failed'
      }
    },

    startImport(): void {
      importing.value = { status: 'open' }
    },
    stopImport(): void {
      importing.value = { status: 'closed' }
    },
    /** Ends in `done`, `bad` or `failed`; never rejects. Of what is bad nothing was taken. */
    importDesign: (text: string) =>
      change(async () => {
        if (utf8Length(text) > DESIGN_MAX_BYTES)
          return {
            status: 'failed',
            sentence: `That is more than ${DESIGN_MAX_BYTES / 1_000} KB. Import the menu alone.`,
          }
        const answer = await api.importDesign(key, text)
        return 'problems' in answer
          ? { status: 'bad', problems: answer.problems }
          : { status: 'done', sentence: `The design has ${count(answer.options, 'option')}.` }
      }),
    removeDesign: () =>
      change(async () => {
        await api.removeDesign(key)
        return { status: 'done', sentence: 'The design is taken away.' }
      }),
  }
})
export type Menu = InstanceType<typeof MenuModel>
