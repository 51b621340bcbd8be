import { pngOf } from '../worker/blobs/png'
import type { Attachment } from '#shared/attachment'
import type { Place } from '#shared/place'

import { blankNote } from '../../extension/note/blank-note'
import {
  attachPicture,
  keepNote,
  leaveOut,
  removeNote,
  restoreNote,
} from '../../extension/note/notes'
import { proofOf } from '../../extension/picture/proof'
import type { KeptNote, Pairing, WinceDatabase } from '../../extension/storage/database'
import { getMeta } from '../../extension/storage/meta'
import { disconnectBrowser } from '../../extension/sync/pairing'
import { parcelOfAll, parcelOfWalk } from '../../extension/sync/parcels'
import { isRecallable, isTimelineRecallable, takeBack } from '../../extension/sync/recall'
import { mintOps } from '../../extension/sync/send'
import {
  appendStep,
  endWalk,
  findActiveWalk,
  listWalks,
  setDebrief,
  startWalk,
} from '../../extension/walk/walks'
import { parkWalk, resumeWalk } from '../../extension/walk/waiting'
import type { Device } from './device'
import type { Person } from './server'

const THINGS = ['Wi-Fi', 'printer', 'badge', 'mailbox', 'laptop', 'licence']
const TROUBLES = [
  'took three tries',
  'said nothing at all',
  'asked me again',
  'sent me in a circle',
  'was called something else',
]

/** Letters that no stemmer takes off and no normalisation changes. */
const LETTERS = Array.from('bcfhjkmpqvwxz')

/** A word that occurs in one note or walk only, so that it can be looked for afterwards. */
function canaryFor({ chance }: Device): string {
  return `canary${Array.from({ length: 12 }, () => chance.pick(LETTERS)).join('')}`
}

function wordsFor(device: Device): string {
  const { chance } = device
  const canary = canaryFor(device)
  const odd = chance.pick(['', '', ' “naïve” 😀', ' \uD800', ' a\u0000b'])
  return `The ${chance.pick(THINGS)} ${chance.pick(TROUBLES)}${odd} ${canary}`
}

function placeFor({ chance }: Device): Place {
  if (chance.hit(0.2)) return { kind: 'desk', reason: chance.pick([null, 'my badge']) }
  if (chance.hit(0.2)) return { kind: 'call', number: '+46 8 123', keys: ['1', '2'] }
  return {
    kind: 'page',
    origin: 'https://help.example.org',
    route: chance.pick(['/search', '/requests/:id', '/']),
    title: null,
    anchor: chance.hit(0.5) ? { role: 'button', name: 'Search', selectors: [] } : null,
  }
}

/** Bytes whose reading is no wait; a browser's takes a while, but nothing can come between. */
class SimBlob extends Blob {
  readonly #bytes: Uint8Array<ArrayBuffer>
  constructor(bytes: Uint8Array<ArrayBuffer>) {
    super([bytes], { type: 'image/png' })
    this.#bytes = bytes
  }
  override async arrayBuffer(): Promise<ArrayBuffer> {
    return this.#bytes.slice().buffer
  }
}

async function takePicture(device: Device) {
  // Few of them: covered whole, two notes have one picture.
  const bytes = pngOf(`picture ${device.chance.hit(0.5) ? 0 : device.chance.below(3)}`)
  const digest = await crypto.subtle.digest('SHA-256', bytes)
  const sha256 = Array.from(new Uint8Array(digest), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')
  const attachment: Attachment = {
    sha256,
    type: 'image/png',
    bytes: bytes.byteLength,
    width: 24,
    height: 16,
    covered: 1,
    uninspected: 0,
    everythingCovered: true,
  }
  return { attachment, picture: { sha256, blob: new SimBlob(bytes), state: 'kept' as const } }
}

/** What a leader does with the panel, drawn by lot. */
export function userOf(device: Device) {
  const { chance, surroundings } = device

  async function writeNote(database: WinceDatabase, isPictured = chance.hit(0.5)): Promise<void> {
    const walk = await findActiveWalk(database)
    const liked = chance.hit(0.2)
    const note: KeptNote = {
      ...blankNote(surroundings, walk?.id ?? null, chance.pick([null, 'Wi-Fi']), placeFor(device)),
      mood: liked ? 'liked' : 'embarrassed',
      wince: liked ? null : chance.pick([null, 1, 2, 3] as const),
      money: liked ? null : chance.pick([null, 'free'] as const),
      words: chance.hit(0.1) ? '' : wordsFor(device),
      state: chance.hit(0.1) ? 'draft' : 'kept',
    }
    if (!isPictured) return void (await keepNote(database, surroundings, note))
    const { attachment, picture } = await takePicture(device)
    await keepNote(database, surroundings, { ...note, attachments: [attachment] }, [picture])
  }

  async function pickNote(database: WinceDatabase, ...states: KeptNote['state'][]) {
    const notes = (await database.getAll('note')).filter(({ state }) => states.includes(state))
    return notes.length === 0 ? undefined : chance.pick(notes)
  }

  async function editNote(database: WinceDatabase): Promise<void> {
    const note = await pickNote(database, 'draft', 'kept', 'refused')
    const words = wordsFor(device)
    if (note) await keepNote(database, surroundings, { ...note, words, state: 'kept' })
  }

  async function pictureNote(database: WinceDatabase): Promise<void> {
    const note = await pickNote(database, 'draft', 'kept')
    const { attachment, picture } = await takePicture(device)
    if (note && note.attachments.length < 4)
      await attachPicture(database, note.id, attachment, picture, proofOf(attachment, []))
  }

  async function leaveNoteOut(database: WinceDatabase): Promise<void> {
    const note = await pickNote(database, 'kept', 'refused')
    if (note) await leaveOut(database, note.id, !note.leftOut)
  }

  async function removeOrRestore(database: WinceDatabase): Promise<void> {
    const note = await pickNote(database, 'kept', 'removed', 'draft')
    if (note?.state === 'removed') await restoreNote(database, note.id)
    else if (note) await removeNote(database, note.id)
  }

  async function walkOn(database: WinceDatabase): Promise<void> {
    const active = await findActiveWalk(database)
    if (active === undefined) {
      const parked = (await listWalks(database)).find(({ state }) => state === 'waiting')
      if (parked && chance.hit(0.5))
        return void (await resumeWalk(database, surroundings, parked.id, []))
      const errand = `Get on the Wi-Fi ${canaryFor(device)}`
      const start = { errand, persona: null, service: null, firstTime: true }
      return void (await startWalk(database, surroundings, start, { tabIds: [], origins: [] }))
    }
    const turn = chance.next()
    if (turn < 0.15) return endWalk(database, surroundings, active.id)
    if (turn < 0.25) return parkWalk(database, surroundings, active.id)
    const length = 1 + chance.below(3)
    for (let step = 0; step < length; step += 1)
      // oxlint-disable-next-line no-await-in-loop -- steps come one after the other
      await appendStep(database, surroundings, active.id, {
        kind: 'click',
        role: 'button',
        name: `${chance.pick(THINGS)} ${canaryFor(device)}`,
      })
  }

  async function debriefWalk(database: WinceDatabase): Promise<void> {
    const done = (await listWalks(database)).find(({ state }) => state === 'done')
    const line = canaryFor(device)
    const debrief = { done: 'yes' as const, effort: 3, line, fixFirst: null }
    if (done) await setDebrief(database, done.id, debrief)
  }

  /** As the form does: the preview first, then what it showed. */
  async function letGo(database: WinceDatabase): Promise<boolean> {
    const walk = chance.hit(0.3) ? await findActiveWalk(database) : undefined
    const parcel = walk
      ? await parcelOfWalk(database, surroundings, walk)
      : await parcelOfAll(database, surroundings)
    const pairing: Pairing | null = await getMeta(database, 'pairing')
    if (pairing === null || pairing.disconnectedAt !== null) return false
    await mintOps(database, surroundings, pairing, parcel)
    return true
  }

  async function send(database: WinceDatabase): Promise<void> {
    if ((await letGo(database)) && chance.hit(0.8)) device.startDelivery(true)
  }

  async function writeAndSend(database: WinceDatabase): Promise<void> {
    await writeNote(database)
    if (await letGo(database)) device.startDelivery(true)
  }

  /** To another team, with something for the old one still on its way, and the like for the new one. */
  async function moveTo(person: Person, database: WinceDatabase): Promise<void> {
    if (chance.hit(0.5)) {
      await writeNote(database, true)
      await letGo(database)
    }
    await device.pair(person, database)
    if (chance.hit(0.5)) {
      await writeNote(database, true)
      await send(database)
    }
  }

  /** One of them, or what one Send let go. */
  async function takeNotesBack(database: WinceDatabase): Promise<void> {
    const notes = (await database.getAll('note')).filter((note) =>
      isRecallable(note, surroundings.now()),
    )
    if (notes.length === 0) return
    const first = chance.pick(notes)
    const chosen = chance.hit(0.3) ? notes.filter(({ sendId }) => sendId === first.sendId) : [first]
    await takeBack(database, surroundings, { noteIds: chosen.map(({ id }) => id) })
    if (chance.hit(0.8)) device.startDelivery(true)
  }

  /** Its timeline alone, or its notes with it. */
  async function takeWalkBack(database: WinceDatabase): Promise<void> {
    const active = await findActiveWalk(database)
    if (active?.sendId !== undefined) await parkWalk(database, surroundings, active.id)
    const walks = (await listWalks(database)).filter((walk) =>
      isTimelineRecallable(walk, surroundings.now()),
    )
    if (walks.length === 0) return
    const walkId = chance.pick(walks).id
    const notes = await database.getAllFromIndex('note', 'byWalk', walkId)
    const noteIds = chance.hit(0.5) ? notes.map(({ id }) => id) : []
    await takeBack(database, surroundings, { noteIds, walkIds: [walkId] })
    if (chance.hit(0.8)) device.startDelivery(true)
  }

  async function disconnect(database: WinceDatabase): Promise<void> {
    device.isSignedOut = true
    await disconnectBrowser({
      database,
      fetch: async () => {
        throw new TypeError('Failed to fetch')
      },
    })
  }

  const actions: [weight: number, what: string, (database: WinceDatabase) => Promise<unknown>][] = [
    [9, 'writes a note', (database) => writeNote(database)],
    [4, 'walks on', walkOn],
    [3, 'edits a note', editNote],
    [1.5, 'takes a picture', pictureNote],
    [1, 'leaves a note out', leaveNoteOut],
    [1, 'removes or restores a note', removeOrRestore],
    [1, 'debriefs', debriefWalk],
    [9, 'presses Send', send],
    [4, 'takes back', takeNotesBack],
    [2, 'takes a walk back', takeWalkBack],
    [0.4, 'disconnects', disconnect],
  ]
  const total = actions.reduce((sum, [weight]) => sum + weight, 0)

  return {
    letGo,
    writeAndSend,
    moveTo,
    /** Something of it, now. */
    doSomething(): void {
      let left = chance.next() * total
      for (const [weight, what, work] of actions) {
        left -= weight
        if (left < 0) return device.act(what, work)
      }
    },
  }
}
export type User = ReturnType<typeof userOf>
