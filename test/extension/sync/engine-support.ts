import { createSyncApi } from '#shared/api/sync'

import { keepNote } from '../../../extension/note/notes'
import { proofOf } from '../../../extension/picture/proof'
import type {
  KeptNote,
  KeptPicture,
  Pairing,
  WinceDatabase,
} from '../../../extension/storage/database'
import { getMeta } from '../../../extension/storage/meta'
import { type EngineDeps, createEngine } from '../../../extension/sync/engine'
import type { Surroundings } from '../../../extension/storage/device'
import { createOutbox } from '../../../extension/sync/outbox'
import { parcelOfAll } from '../../../extension/sync/parcels'
import { mintOps } from '../../../extension/sync/send'
import { newId } from '../../support/ops'
import { type TestSurroundings, keptNote } from '../device'
import type { Server } from './server'

/** The production engine on the production store; the server, the clock and chance are the test's. */
export function engineOf(
  database: WinceDatabase,
  surroundings: TestSurroundings,
  server: Server,
  change: Partial<EngineDeps> = {},
) {
  return createEngine({
    store: createOutbox(database, surroundings),
    apiOf: ({ server: baseUrl, token }) => createSyncApi({ fetch: server.fetch, baseUrl, token }),
    now: surroundings.now,
    random: () => 0.5,
    newId: () => newId(surroundings.now()),
    alone: (work) => work(),
    ...change,
  })
}

/** Keeps so many notes and presses Send; returns them in the order they will arrive. */
export async function sendNotes(
  database: WinceDatabase,
  surroundings: TestSurroundings,
  length: number,
  change: Partial<KeptNote> = {},
): Promise<KeptNote[]> {
  const notes: KeptNote[] = []
  for (let index = 0; index < length; index += 1) {
    surroundings.pass(1_000)
    // oxlint-disable-next-line no-await-in-loop -- notes are kept one after the other
    notes.push(
      await keptNote(database, surroundings, {
        id: newId(surroundings.now()),
        words: `Note ${index}`,
        ...change,
      }),
    )
  }
  await pressSend(database, surroundings)
  return notes
}

export async function pressSend(
  database: WinceDatabase,
  surroundings: Surroundings,
): Promise<string[]> {
  const pairing = (await getMeta(database, 'pairing')) as Pairing
  return mintOps(database, surroundings, pairing, await parcelOfAll(database, surroundings))
}

/** A kept note with a picture whose bytes are these. */
export async function noteWithPicture(
  database: WinceDatabase,
  surroundings: TestSurroundings,
  sha256: string,
  change: Partial<KeptNote> = {},
): Promise<KeptNote> {
  const blob = new Blob([sha256], { type: 'image/webp' })
  const picture: KeptPicture = { sha256, blob, state: 'kept' }
  const attachment = {
    sha256,
    type: 'image/webp' as const,
    bytes: blob.size,
    width: 10,
    height: 10,
    covered: 1,
    uninspected: 0,
    everythingCovered: true,
  }
  const note = await keptNote(database, surroundings, { id: newId(surroundings.now()), ...change })
  const uncovered = [{ what: `Form field “canary ${sha256}”`, reason: 'it is mine' }]
  const proofs = [{ ...proofOf(attachment, []), uncovered }]
  const pictured = { ...note, attachments: [attachment], proofs }
  return keepNote(database, surroundings, pictured, [picture])
}

export const statesOf = async (database: WinceDatabase) => {
  const queued = (await database.getAll('outbox')).toSorted((one, other) => one.mid - other.mid)
  return queued.map(({ state, code }) => code ?? state)
}

export const noteStates = async (database: WinceDatabase, notes: readonly KeptNote[]) =>
  Promise.all(notes.map(async ({ id }) => (await database.get('note', id))?.state))
