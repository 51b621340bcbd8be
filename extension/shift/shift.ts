import { computed, createModel, effect, signal } from '@preact/signals'

import type { Contact } from '#shared/contact'

import { ticking } from '../panel/clock'
import { live } from '../panel/live'
import type { KeptWalk, WinceDatabase } from '../storage/database'
import type { Surroundings } from '../storage/device'
import { getMeta } from '../storage/meta'
import {
  type ContactCard,
  type OwedDraft,
  blankCard,
  cardOf,
  contactOf,
  isBlank,
  owedOf,
  withOnTop,
} from './card'
import { changeOfKey } from './card-keys'
import {
  type KeptContact,
  contactOfStep,
  endShift,
  keepCards,
  keepContact,
  listContacts,
  startShift,
  takeContactBack,
} from './contacts'
import { type KnownService, listKnownServices, suggestService } from './suggest-service'

/** A change waits this long for the next one before it is written, in ms; the promise is 500. */
const AUTOSAVE_MS = 250

export interface ShiftDeps {
  database: WinceDatabase
  surroundings: Surroundings
  /** The shift that goes on; null to start one. */
  walk: KeptWalk | null
  say(text: string, undo: (() => void) | null): void
}

/** A desk shift: one card after the other, each kept with one stroke. */
export const ShiftModel = createModel((deps: ShiftDeps) => {
  const { database, surroundings, say } = deps
  const shift = signal(deps.walk)
  /** The last one is open; those below come up again when it is done. Empty until they are read. */
  const cards = signal<readonly ContactCard[]>([])
  const status = signal<'kept' | 'writing' | 'failed'>('kept')
  /** Counts up with each card that comes into the form other than by keeping the one before. */
  const arrivals = signal(0)
  const contacts = live<KeptContact[]>(['step', 'note'], [], async () => {
    const id = shift.value?.id
    return id === undefined ? [] : listContacts(database, id)
  })
  // Of earlier days; read once, not with each contact.
  const earlier = live<KnownService[]>([], [], () => listKnownServices(database))
  const services = computed((): KnownService[] => [
    ...earlier.value,
    ...contacts.value.flatMap(({ step: { service, need } }) =>
      service === null ? [] : [{ service, words: need }],
    ),
  ])
  const open = computed(() => cards.value.at(-1) ?? null)
  const suggested = computed(() => {
    const card = open.value
    const known = services.value
    return card === null || card.isServiceSaid ? null : suggestService(card.contact.need, known)
  })
  const now = ticking(surroundings.now)
  let timer: ReturnType<typeof setTimeout> | undefined
  let lastWrite: Promise<unknown> = Promise.resolve()

  /** Writes follow each other, so that an older one never lands on a newer one. */
  function inTurn<Result>(work: (walkId: string) => Promise<Result>): Promise<Result> {
    const mine = lastWrite.then(() => work(shift.peek()?.id ?? ''))
    lastWrite = mine.catch(() => undefined)
    return mine
  }

  async function begin(): Promise<void> {
    const walk = shift.peek() ?? (await startShift(database, surroundings))
    if (walk === null) return
    const drafts = await getMeta(database, 'contactCards')
    const last = (await listContacts(database, walk.id)).at(-1)
    const kept = drafts?.walkId === walk.id ? drafts.cards : []
    cards.value = kept.length > 0 ? kept : [blankCard(last?.step.channel)]
    shift.value = walk
    arrivals.value += 1
  }
  begin().catch((error: unknown) => console.error('the shift could not be read', error))

  /** Writes now what waits to be written. */
  async function flush(): Promise<void> {
    if (timer !== undefined) {
      clearTimeout(timer)
      timer = undefined
      await inTurn((walkId) => keepCards(database, walkId, cards.peek())).then(
        () => (status.value = 'kept'),
        (error: unknown) => {
          console.error('card not kept', error)
          status.value = 'failed'
        },
      )
    }
    await lastWrite
  }
  effect(() => () => void flush())

  function setCards(next: readonly ContactCard[]): void {
    cards.value = next
    status.value = 'writing'
    timer ??= setTimeout(() => void flush(), AUTOSAVE_MS)
  }

  function bringUp(next: readonly ContactCard[]): void {
    setCards(next)
    arrivals.value += 1
  }

  function setOpen(changed: Partial<ContactCard>): void {
    const card = open.peek()
    if (card !== null) setCards([...cards.peek().slice(0, -1), { ...card, ...changed }])
  }

  function change(changed: Partial<Contact>): void {
    const card = open.peek()
    if (card !== null) setOpen({ contact: { ...card.contact, ...changed } })
  }

  /** One that could not be kept comes back, whatever was begun since. */
  async function keepAs(card: ContactCard): ReturnType<typeof keepContact> {
    const contact = contactOf(card, suggestFor(card))
    const ready = { seq: card.seq, contact, owed: owedOf(card.owed) }
    return inTurn((walkId) =>
      keepContact(database, surroundings, walkId, ready, () => cards.peek()),
    ).catch((error: unknown) => {
      console.error('contact not kept', error)
      return null
    })
  }

  function suggestFor({ contact, isServiceSaid }: ContactCard): string | null {
    return isServiceSaid ? null : suggestService(contact.need, services.peek())
  }

  function below(): readonly ContactCard[] {
    const left = cards.peek().slice(0, -1)
    return left.length > 0 ? left : [blankCard(open.peek()?.contact.channel)]
  }

  /** Takes a kept contact back into the form; what was begun there waits below it. */
  async function takeBack(seq: number, as?: ContactCard): Promise<void> {
    const taken = await inTurn((walkId) =>
      takeContactBack(database, walkId, seq, (card) => withOnTop(cards.peek(), asNew(card, as))),
    )
    if (taken === null) say('Sent already, so it stays', null)
    else bringUp(withOnTop(cards.peek(), asNew(taken, as)))
  }

  return {
    shift,
    open,
    status,
    arrivals,
    contacts,
    suggested,
    services,
    /** Since the shift began. */
    elapsedMs: computed(() => {
      const time = now.value
      return Math.max(0, time - (shift.value?.startedAt ?? time))
    }),
    /** The contact's number: that of the one it changes, else the next. */
    number: computed(() => {
      const all = contacts.value
      const seq = open.value?.seq ?? null
      return all.find((each) => each.step.seq === seq)?.number ?? all.length + 1
    }),

    change,
    flush,

    setService(service: string): void {
      const card = open.peek()
      if (card === null) return
      setOpen({ contact: { ...card.contact, service }, isServiceSaid: true })
    },

    /** The one thing of a contact that has a time: from then on somebody waits. */
    toggleOwed(): void {
      const card = open.peek()
      if (card === null) return
      const since = surroundings.now()
      setOpen({ owed: card.owed === null ? { reference: '', since, agreed: false } : null })
    },

    setOwed(changed: Partial<OwedDraft>): void {
      const owed = open.peek()?.owed
      if (owed != null) setOpen({ owed: { ...owed, ...changed } })
    },

    /** True where the key says something on the card. */
    press(key: string): boolean {
      const card = open.peek()
      const changed = card === null ? null : changeOfKey(key, card.contact)
      if (changed !== null) change(changed)
      return changed !== null
    },

    /** Keeps the open card and goes on to the next one at once: a fast hand types into that. */
    async keep(): Promise<void> {
      const card = open.peek()
      if (card === null) return
      if (isBlank(card)) {
        say('Say one thing about the contact first', null)
        return
      }
      const before = contacts.peek().find(({ step }) => step.seq === card.seq)
      setCards(below())
      const kept = await keepAs(card)
      if (kept === null) {
        bringUp([...cards.peek(), card])
        say('Not kept: it was sent already, or this device has no room', null)
        return
      }
      const undo =
        before === undefined
          ? () => void takeBack(kept.seq, card)
          : () =>
              void keepAs(cardOf(before.step.seq, contactOfStep(before.step), before.note?.owed))
      const isPromised = card.owed === null || card.owed.agreed
      say(
        `Contact ${kept.number} kept on this device${isPromised ? '' : ', without a promise: they did not agree'}`,
        undo,
      )
    },

    /** Opens a kept contact to be changed; what was begun waits below it. */
    edit({ step, note }: KeptContact): void {
      bringUp(withOnTop(cards.peek(), cardOf(step.seq, contactOfStep(step), note?.owed)))
    },

    /** Leaves a kept contact as it was. False where the open card is a new one. */
    leave(): boolean {
      if (open.peek()?.seq == null) return false
      bringUp(below())
      return true
    },

    /** Takes the last contact back into the form. */
    async takeLastBack(): Promise<void> {
      const last = contacts.peek().at(-1)
      if (last !== undefined) await takeBack(last.step.seq)
    },

    async remove({ step, number }: KeptContact): Promise<void> {
      const taken = await inTurn((walkId) =>
        takeContactBack(database, walkId, step.seq, () => cards.peek()),
      )
      if (taken === null) say('Sent already, so it stays', null)
      else say(`Contact ${number} removed`, () => void keepAs(taken))
    },

    /** Says whether there is a shift to tell of: not one of which nothing was kept. */
    async end(): Promise<boolean> {
      await flush()
      return inTurn((walkId) => endShift(database, surroundings, walkId))
    },
  }
})
export type ShiftModel = InstanceType<typeof ShiftModel>

/** A contact that was taken back is new again; `as` remembers what of it was not kept. */
function asNew(taken: ContactCard, as: ContactCard | undefined): ContactCard {
  return { ...taken, seq: null, owed: as?.owed ?? taken.owed }
}
