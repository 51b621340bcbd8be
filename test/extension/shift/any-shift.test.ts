import fc from 'fast-check'
import { expect, test } from 'vitest'

import { type Contact, noteOfContact } from '#shared/contact'

import { exportUnsent } from '../../../extension/file/export-file'
import { contactOf, owedOf } from '../../../extension/shift/card'
import {
  contactOfStep,
  keepContact,
  listContacts,
  startShift,
  takeContactBack,
} from '../../../extension/shift/contacts'
import type { KeptWalk, Pairing } from '../../../extension/storage/database'
import { getMeta } from '../../../extension/storage/meta'
import { parcelOfWalk } from '../../../extension/sync/parcels'
import { mintOps } from '../../../extension/sync/send'
import { emptyDevice, pairTo, surroundingsAt } from '../device'
import { CONTACT, timesIn } from './contact-support'

let database: Awaited<ReturnType<typeof emptyDevice>>
let surroundings: ReturnType<typeof surroundingsAt>
let shift: KeptWalk

async function begun(): Promise<KeptWalk> {
  const walk = await startShift(database, surroundings)
  if (walk === null) throw new Error('another walk goes on')
  return walk
}
const keep = (
  change: Partial<Contact> = {},
  owed: Parameters<typeof owedOf>[0] = null,
  seq: number | null = null,
) =>
  keepContact(
    database,
    surroundings,
    shift.id,
    { seq, contact: { ...CONTACT, ...change }, owed: owedOf(owed) },
    () => [],
  )
const takeBack = (seq: number) => takeContactBack(database, shift.id, seq, () => [])
const send = async () => {
  const pairing = (await getMeta(database, 'pairing')) as Pairing
  const walk = (await database.get('walk', shift.id)) ?? shift
  await mintOps(database, surroundings, pairing, await parcelOfWalk(database, surroundings, walk))
}

const tags = ['locked', 'repetitive', 'free', 'exception'] as const
const anyContact = fc.record({
  need: fc.constantFrom('', 'I can’t see my rota', 'Wi-Fi'),
  solved: fc.constantFrom('yes', 'later', 'no', null),
  treatedWell: fc.constantFrom('yes', 'no', null),
  reaction: fc.constantFrom(-2, 0, 2, null),
  tags: fc.subarray([...tags]),
})
const anyOwed = fc.option(
  fc.record({ reference: fc.constantFrom('', 'INC1'), agreed: fc.boolean() }),
)
const anyAction = fc.oneof(
  fc.record({ do: fc.constant('keep' as const), contact: anyContact, owed: anyOwed }),
  fc.record({
    do: fc.constant('change' as const),
    which: fc.nat(),
    contact: anyContact,
    owed: anyOwed,
  }),
  fc.record({ do: fc.constantFrom('remove' as const, 'put back' as const), which: fc.nat() }),
  fc.record({ do: fc.constant('undo' as const) }),
  fc.record({ do: fc.constant('send' as const) }),
  fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 60_000, max: 3_600_000 }) }),
)

test('any sequence leaves steps, notes and counters in step, and no time of day in what leaves', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyAction, { maxLength: 14 }), async (actions) => {
      database = await emptyDevice()
      surroundings = surroundingsAt()
      await pairTo(database, surroundings)
      shift = await begun()
      const model: { seq: number; contact: Contact; owed: ReturnType<typeof owedOf> }[] = []
      const removed: typeof model = []
      let sentSeq = 0
      const sinces = new Set<number>()
      for (const action of actions) {
        // A clock of a real shift is never at its start again.
        surroundings.pass(61_000)
        const which =
          'which' in action ? model[action.which % Math.max(1, model.length)] : undefined
        if (action.do === 'keep' || (action.do === 'change' && which !== undefined)) {
          const contact = { ...CONTACT, ...action.contact } as Contact
          const draft = action.owed && { ...action.owed, since: surroundings.now() }
          if (draft) sinces.add(draft.since)
          const kept = await keep(contact, draft, which?.seq ?? null)
          const row = { contact, owed: owedOf(draft) }
          if (which === undefined) model.push({ ...row, seq: kept?.seq ?? -1 })
          else if (which.seq > sentSeq) Object.assign(which, row)
          expect(kept === null).toBe(which !== undefined && which.seq <= sentSeq)
        } else if (action.do === 'remove' || action.do === 'undo') {
          const gone = action.do === 'undo' ? model.at(-1) : which
          if (gone === undefined) continue
          const taken = await takeBack(gone.seq)
          expect(taken === null).toBe(gone.seq <= sentSeq)
          if (taken === null) continue
          expect(contactOf(taken, null)).toEqual(gone.contact)
          model.splice(model.indexOf(gone), 1)
          removed.push(gone)
        } else if (action.do === 'put back') {
          const back = removed.pop()
          if (back === undefined) continue
          const kept = await keepContact(database, surroundings, shift.id, back, () => [])
          model.push({ ...back, seq: kept?.seq ?? -1 })
          model.sort((one, other) => one.seq - other.seq)
        } else if (action.do === 'send') {
          await send()
          sentSeq = Math.max(sentSeq, ...model.map(({ seq }) => seq))
        }
      }

      const contacts = await listContacts(database, shift.id)
      expect(contacts.map(({ step }) => [step.seq, contactOfStep(step)])).toEqual(
        model.map(({ seq, contact }) => [seq, contact]),
      )
      for (const { step, note } of contacts) {
        const owed = model.find(({ seq }) => seq === step.seq)?.owed ?? null
        const told = noteOfContact(step, owed !== null)
        expect(
          note === undefined ? null : { kind: note.kind, money: note.money, words: note.words },
        ).toEqual(told)
        if (note !== undefined) expect(note.owed).toEqual(owed)
      }
      expect(await database.count('note')).toBe(contacts.filter(({ note }) => note).length)
      const kept = await database.get('walk', shift.id)
      expect(kept?.nextSeq).toBeGreaterThan(Math.max(0, ...model.map(({ seq }) => seq)))
      const { payloads } = await exportUnsent(database, shift.startedAt)
      const queued = (await database.getAll('outbox')).map(({ op }) => op.payload)
      // When Send was pressed is no contact's time.
      const onDisk = contacts.map(({ step, note }) => ({ step, note: { ...note, sendId: null } }))
      for (const time of timesIn([payloads, queued, onDisk]))
        expect(time < shift.startedAt + 1_000 || sinces.has(time) ? '' : new Date(time)).toBe('')
    }),
    { numRuns: 120 },
  )
})
