import { type ReadonlySignal, computed, createModel, effect, signal } from '@preact/signals'

import { ComposerModel } from '../note/composer'
import { findFirstPlace } from '../gesture/first-place'
import { type MomentDeps, keepMomentHere } from '../gesture/moments'
import { type FinderDeps, FinderModel } from '../note/finder'
import { findNote, removeNote } from '../note/notes'
import { PictureTakerModel, type Taken } from '../note/picture-taker'
import { OpenShotsModel } from '../picture/open-shots'
import type { Place } from '#shared/place'

import type { MeToo, startMeToo } from '../me-too/start'
import { liveOwnWords } from '../policy/own-words'
import { NO_POLICY, type Policy } from '../policy/policy'
import type { KeptNote, KeptWalk, Meta } from '../storage/database'
import { getMeta } from '../storage/meta'
import { write } from '../storage/write'
import { findActiveWalk } from '../walk/walks'
import { endShots } from './end-shots'
import { live } from './live'
import { type Connection, watchConnection } from './online'
import type { Tabs } from './tabs'
import { ToastModel } from './toast'

/** Where in the panel somebody is. While an errand goes on, `home` is the walk. */
export type ScreenName =
  | { at: 'home' | 'start' }
  | { at: 'note'; from: ScreenName }
  | LaterScreenName

/** Screens of which the code comes after the panel's start. */
export type LaterScreenName =
  | { at: 'call' | 'shift' | 'someone-told' | 'connect' | 'settings' | 'told' | 'fates' }
  | { at: 'debrief' | 'answer'; walkId: string }
  /** Of one walk, or of everything that is ready. */
  | { at: 'review'; walkId: string | null }
  | { at: 'picture'; noteId: string; sha256: string; from: ScreenName }

export interface PanelDeps extends MomentDeps, Pick<FinderDeps, 'findOnPage'> {
  tabs: Tabs
  connection: Connection
  /** The window this panel belongs to; a moment of another window is that one's. */
  windowId: number | null
  takePicture(tab: { tabId: number; windowId: number }): Promise<Taken>
  hasRoomFor(bytes: number): Promise<boolean>
  findShortcut(): Promise<string>
  /** What the organisation set for this browser; never rejects. */
  findPolicy(): Promise<Policy>
  /** Calls back when that changes. Returns the way to stop. */
  watchPolicy(callback: () => void): () => void
  requestSync(): Promise<void>
  /** @param ended tabs whose trail is over */
  tellWalkChanged(ended?: readonly number[]): Promise<void>
}

/** A moment older than this is of a page that may have gone; it gets no picture any more, in ms. */
const FRESH_MS = 15_000

/** Screens that a moment may take the place of; on the others somebody is in the middle of something. */
const ROOMY: readonly ScreenName['at'][] = ['home', 'note', 'settings', 'told', 'fates']

/** Screens that a saved note leaves one on, where there is room for what others noted. */
const OFFERS: readonly ScreenName['at'][] = ['home', 'call', 'note']

/** The panel: which screen, which walk, the one composer, and the moments that come from outside. */
export const PanelModel = createModel((deps: PanelDeps) => {
  const { database, surroundings, tabs } = deps
  const screen = signal<ScreenName>({ at: 'home' })
  const shortcut = signal('')
  const policy = signal<Policy>(NO_POLICY)
  const toast = new ToastModel()
  const isOnline = watchConnection(deps.connection, () => void deps.requestSync())
  const walk: ReadonlySignal<KeptWalk | null | undefined> = live<KeptWalk | null | undefined>(
    ['walk', 'meta'],
    undefined,
    async () => (await findActiveWalk(database)) ?? null,
  )
  const ownWords = liveOwnWords(database)
  const moment = live<Meta['moment']>(['meta'], null, () => getMeta(database, 'moment'))

  const shots = new OpenShotsModel()
  endShots(shots, database, walk)

  const pictures: PictureTakerModel = new PictureTakerModel({
    take: deps.takePicture,
    attach: (...picture) => composer.attach(...picture),
    hold: shots.hold,
    hasRoomFor: deps.hasRoomFor,
  })

  const finder: FinderModel = new FinderModel(deps)

  const composer: ComposerModel = new ComposerModel({
    database,
    surroundings,
    place: placeInFront,
    takePicture: (noteId) => void takeInFront(noteId),
    say: toast.say,
    reopen: (id) => void finish(id),
    saving: (note) => {
      const offer = findOffers(note)
      return () => {
        shots.letGo(note.id)
        offer()
      }
    },
  })

  /** Goes away with the next note, and wherever somebody goes. */
  const meToo = signal<MeToo | null>(null)
  const show = (offers: MeToo | null) => {
    meToo.value = offers
  }
  let finding: Promise<ReturnType<typeof startMeToo>> | undefined
  effect(() => {
    if (composer.isOpen.value || !OFFERS.includes(screen.value.at)) show(null)
  })

  /**
   * Looks for entries of others that a note may be about while it is written to the disk, and
   * shows them after. What ranks them is loaded with the first Save.
   */
  function findOffers(note: KeptNote): () => void {
    finding ??= import('../me-too/start').then((loaded) =>
      loaded.startMeToo({ database, say: toast.say, close: () => show(null) }),
    )
    // Caught here, as it may fail before the note is on the disk.
    const found = finding
      .then((find) => find(note))
      .catch((error: unknown) => {
        console.error('what others noted cannot be looked for; the next Save tries again', error)
        finding = undefined
        return null
      })
    return () => void found.then((offers) => composer.isOpen.peek() || show(offers))
  }

  async function placeInFront(): Promise<Place> {
    const tabId = (await tabs.findInFront())?.id ?? -1
    const told = deps.askPage(tabId)
    const first = await firstPlaceOf(tabId)
    return first.kind === 'reply' ? first : ((await told) ?? first)
  }

  async function firstPlaceOf(tabId: number): Promise<Place> {
    return findFirstPlace(database, walk.peek() ?? undefined, tabId, await deps.addressOf(tabId))
  }

  async function takeInFront(noteId: string): Promise<void> {
    const tab = await tabs.findInFront()
    // Of an answer its text is never kept, and a picture would show it.
    if (tab === undefined || (await firstPlaceOf(tab.id)).kind === 'reply') return
    await pictures.take(noteId, { tabId: tab.id, windowId: tab.windowId })
  }

  /** Takes a moment over from the background: its picture at once, its words if there is room. */
  async function receive({
    noteId,
    tabId,
    windowId,
    at,
  }: NonNullable<Meta['moment']>): Promise<void> {
    if (deps.windowId !== null && windowId !== deps.windowId) return
    await write(database, ['meta'], (transaction) =>
      transaction.objectStore('meta').put(null, 'moment'),
    )
    const note = await findNote(database, noteId)
    if (note === undefined) return
    const isBusy = composer.isOpen.peek() || !ROOMY.includes(screen.peek().at)
    if (isBusy) toast.say('Moment kept', () => void removeNote(database, noteId))
    else {
      await composer.open(noteId)
      screen.value = onErrand() === null ? { at: 'note', from: { at: 'home' } } : { at: 'home' }
    }
    if (note.place.kind === 'reply') return
    if (surroundings.now() - at <= FRESH_MS) await pictures.take(noteId, { tabId, windowId })
  }

  /** The walk of which `home` is the screen. */
  function onErrand(): KeptWalk | null {
    const active = walk.peek()
    return active?.kind === 'errand' ? active : null
  }

  /** Opens a note to be finished: in the dock of its walk, else on a screen of its own. */
  async function finish(id: string): Promise<void> {
    await composer.open(id)
    const open = composer.note.peek()
    const active = onErrand()
    const from = screen.peek()
    const isInDock = active && open?.walkId === active.id && from.at !== 'call'
    screen.value = isInDock
      ? { at: 'home' }
      : { at: 'note', from: from.at === 'note' ? from.from : from }
  }

  effect(() => {
    const next = moment.value
    if (next !== null)
      receive(next).catch((error: unknown) => console.error('moment not taken over', error))
  })

  effect(() => {
    void deps.findShortcut().then((found) => {
      shortcut.value = found
    })
    void deps.requestSync()
  })

  effect(() => {
    const look = () =>
      void deps.findPolicy().then((found) => {
        policy.value = found
      })
    look()
    return deps.watchPolicy(look)
  })

  return {
    screen,
    shortcut,
    policy,
    isOnline,
    walk,
    toast,
    /** What the organisation listed, beside patterns. */
    ownWords,
    composer,
    pictures,
    finder,
    shots,
    meToo,
    isLoading: computed(() => walk.value === undefined),

    go(next: ScreenName): void {
      // What it said is behind them, and it would lie over what they are asked.
      if (next.at === 'debrief') toast.dismiss()
      screen.value = next
    },

    finish,

    /** The panel's own button for a moment: kept at once, with a picture where the browser allows one. */
    async mark(): Promise<void> {
      const tab = await tabs.findInFront()
      const { note } = await keepMomentHere(deps, tab?.id ?? -1)
      const undo = () => void removeNote(database, note.id)
      toast.say('Moment kept', undo)
      await takeInFront(note.id)
      const attempt = pictures.attempt.peek()
      if (attempt?.noteId !== note.id || attempt.state !== 'none') return
      const key = shortcut.peek()
      toast.say(
        attempt.reason === 'no-grant' && key !== ''
          ? `Moment kept without a picture. For one, press ${key} on the page`
          : 'Moment kept without a picture',
        undo,
      )
    },

    /** Takes a picture off its note; the note stays. */
    async removePicture(noteId: string, sha256: string): Promise<void> {
      shots.letGo(noteId)
      const before = await findNote(database, noteId)
      if (before === undefined) return
      const attachments = before.attachments.filter((each) => each.sha256 !== sha256)
      await composer.setAttachments(noteId, attachments)
      toast.say('Picture removed', () => void composer.setAttachments(noteId, before.attachments))
    },
  }
})
export type PanelModel = InstanceType<typeof PanelModel>
