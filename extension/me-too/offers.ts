import { nearbyFor } from '#shared/grouping/nearby'
import { noteFeaturesOf } from '#shared/grouping/note-features'
import { WEIGHTS } from '#shared/grouping/weights'
import type { NearbyEntry } from '#shared/nearby'

import type { KeptNote, WinceDatabase } from '../storage/database'
import { getMeta } from '../storage/meta'
import { watchWrites } from '../storage/write'
import { MeTooModel } from './me-too'
import { offerOf } from './offer-words'

interface MeTooOffers {
  /**
   * Null where nothing fits, and before there are words: first eyes are the point. Needs no
   * connection.
   */
  find(note: KeptNote): Promise<MeTooModel | null>
}

export interface OffersDeps {
  database: WinceDatabase
  say(text: string, undo: (() => void) | null): void
  /** Takes what is offered off the screen. */
  close(): void
}

/** Reads the entries on this device once, and again after they changed. */
export function createOffers({ database, say, close }: OffersDeps): MeTooOffers {
  let rows: Promise<NearbyEntry[]> | undefined
  watchWrites((stores) => {
    if (stores.includes('nearby')) rows = undefined
  })
  return {
    async find(note) {
      if (note.words.trim() === '' || note.sameAs != null) return null
      rows ??= database.getAll('nearby')
      const [pairing, entries] = await Promise.all([getMeta(database, 'pairing'), rows])
      if (pairing === null) return null
      const features = noteFeaturesOf({ ...note, walk: null, person: null, at: 0 })
      const offers = nearbyFor(features, entries, pairing.workspaceId, WEIGHTS).map((nearby) =>
        offerOf(note, nearby),
      )
      if (offers.length === 0) return null
      return new MeTooModel({ database, say, close, note, offers })
    },
  }
}
